// socketio-connects.mjs URL COUNT: so many clients, as they come, connect, have something echoed, change to a WebSocket, have something echoed
// again, and leave; ten at a time. Prints how many did.
import { io } from 'socket.io-client';

const [url, count] = [process.argv[2], Number(process.argv[3])];
const failures = new Map();
let begun = 0;
let done = 0;
setTimeout(() => process.exit(1), 100_000).unref(); // what never comes is missing in the output

const webSocket = engine =>
  new Promise((resolve, reject) => {
    if (engine.transport.name === 'websocket') {
      resolve();
    }
    engine.on('upgrade', resolve);
    engine.on('upgradeError', reject);
  });

async function echo(socket, number) {
  const answer = await socket.timeout(60_000).emitWithAck('message-with-ack', number);
  if (answer !== number) {
    throw new Error(`echoed ${answer}`);
  }
}

async function visit(number) {
  const socket = io(url, { forceNew: true, reconnection: false });
  try {
    await new Promise((resolve, reject) => {
      socket.on('auth', resolve);
      socket.on('connect_error', reject);
      socket.on('disconnect', reason => reject(new Error(reason)));
    });
    await Promise.all([webSocket(socket.io.engine), echo(socket, number)]);
    await echo(socket, number + 1);
    done++;
  } catch (error) {
    failures.set(error.message, (failures.get(error.message) ?? 0) + 1);
  }
  socket.disconnect();
}

async function visitAll() {
  while (begun < count) {
    await visit(begun++);
  }
}

await Promise.all(Array.from({ length: 10 }, visitAll));
console.log(`done ${done}`);
failures.forEach((times, failure) => console.log(`${failure}: ${times}`));
process.exit();
