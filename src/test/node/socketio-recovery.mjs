// socketio-recovery.mjs URL [URL]: the official client is cut off and comes back, in turn to each URL; prints what it sees.
import { io } from 'socket.io-client';

const urls = process.argv.slice(2);
const say = (...words) => console.log(words.map(word => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
setTimeout(() => process.exit(1), 60_000).unref(); // what never comes is missing in the output

const options = { transports: ['websocket'], forceNew: true, reconnectionDelay: 300, randomizationFactor: 0 };
const socket = io(`${urls[0]}/recovering`, options);
const other = io(`${urls[0]}/recovering`, options);
const seen = [];
socket.on('said', text => seen.push(text));
socket.on('picture', picture => seen.push(picture.length));
const next = event => new Promise(resolve => socket.once(event, resolve));
const until = async condition => { while (!condition()) await new Promise(resolve => setTimeout(resolve, 10)); };

await next('connect');
await until(() => other.connected);
const id = socket.id;
await socket.emitWithAck('join', 'r');
say('at first', socket.recovered);
for (let i = 0; i < 4; i++) {
  socket.io.uri = urls[i % urls.length];
  const gone = next('disconnect');
  socket.io.engine.close();
  await gone;
  other.emit('say', 'r', `missed ${i}`);
  other.emit('say', 'elsewhere', 'not for it');
  other.emit('show', 'r', new Uint8Array(5));
  await next('connect');
  say('again', socket.recovered, socket.id === id);
  await until(() => seen.length >= 3 * i + 2);
  other.emit('say', 'r', `live ${i}`);
  await until(() => seen.length >= 3 * i + 3);
}
say(seen);
process.exit(0);
