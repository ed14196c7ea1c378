// socketio-upgrade.mjs URL CLIENTS EMITS: clients that begin with polling and go on over a WebSocket say and hear much meanwhile, alone
// and in a room, at random moments. Prints what did not come once and in order, and what became of the transports.
import { io, NodeWebSocket, NodeXHR } from 'socket.io-client';

const [url, clients, emits] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const pause = () => new Promise(resolve => setTimeout(resolve, Math.random() * 4));
const next = (socket, event) => new Promise(resolve => socket.once(event, resolve));

/** Opens some time after the polling, so that much is said before, meanwhile and afterwards. */
class LateWebSocket extends NodeWebSocket {
  doOpen() {
    setTimeout(() => super.doOpen(), Math.random() * 300);
  }
}

const connect = options => io(url, { forceNew: true, ...options });
setTimeout(() => process.exit(1), 120_000).unref(); // what never comes is missing in the output

/** Whether these are all numbers from one on. */
const inOrder = (numbers, from, count) => numbers.length === count && numbers.every((number, i) => number === from + i);

let toldToRoom = 0;
const speaker = connect({ transports: ['websocket'] });
await next(speaker, 'auth');
let speaking = true;
const speech = (async () => {
  while (speaking) {
    speaker.emit('to-room', 'all', toldToRoom++);
    await pause();
  }
})();

async function run() {
  const socket = connect({ transports: [NodeXHR, LateWebSocket] });
  const acks = [];
  const echoes = [];
  const room = [];
  socket.on('message-back', (number, bytes) => echoes.push(bytes[0] === number % 256 ? number : 'torn'));
  socket.on('said', number => room.push(Number(number)));
  await next(socket, 'auth');
  socket.on('disconnect', (reason, details) => console.log(`disconnected: ${reason} ${details?.context?.code ?? ''}`));
  const began = socket.io.engine.transport.name;
  const upgraded = began === 'websocket' || new Promise(resolve => socket.io.engine.once('upgrade', resolve));
  socket.emit('join', 'all', () => {});
  for (let i = 0; i < emits; ) {
    for (const end = Math.min(emits, i + Math.random() * 20); i < end; i++) {
      const number = i;
      socket.emit('add', number, 0, sum => acks.push(sum));
      socket.emit('message', number, Buffer.from([number]));
    }
    await pause();
  }
  await upgraded;
  const heard = room.length;
  while (acks.length < emits || echoes.length < emits || room.length === heard) {
    await pause();
  }
  const result = [socket.io.engine.transport.name, inOrder(acks, 0, emits), inOrder(echoes, 0, emits),
    inOrder(room, room[0], room.length)].join(' ');
  socket.off('disconnect').disconnect();
  return result;
}

const results = await Promise.all(Array.from({ length: clients }, run));
speaking = false;
await speech;
for (const result of new Set(results)) {
  console.log(result);
}
process.exit();
