// socketio-client.mjs URL OPTIONS: lets the official client, with these options as JSON, do what front ends do, and prints what it sees,
// a line for each.
import { io } from 'socket.io-client';

const url = process.argv[2];
const preset = JSON.parse(process.argv[3]);
const say = (...words) => console.log(words.map(word => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
const sockets = [];
setTimeout(() => process.exit(1), 90_000).unref(); // what never comes is missing in the output

function connect(namespace = '/', options = {}) {
  const socket = io(url + namespace, { forceNew: true, reconnectionDelay: 50, ...preset, ...options });
  sockets.push(socket);
  return socket;
}

const ascii = text => JSON.stringify(text).replace(/[^\x20-\x7e]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
const next = (socket, event) => new Promise(resolve => socket.once(event, (...args) => resolve(args)));
const socketOf = async (namespace, options) => {
  const socket = connect(namespace, options);
  const [auth] = await next(socket, 'auth');
  return { socket, auth };
};

// Connecting
{
  const { socket, auth } = await socketOf('/', { auth: { token: '123' } });
  say('auth', auth);
  say('id', typeof socket.id, socket.id.length > 10, socket.id !== socket.io.engine.id);
  if (socket.io.engine.transport.name === 'polling' && preset.upgrade !== false) {
    await new Promise(resolve => socket.io.engine.once('upgrade', resolve));
  }
  say('transport', socket.io.engine.transport.name);
}
{
  const socket = connect('/', { auth: done => done({ from: 'a function' }) });
  say('auth', (await next(socket, 'auth'))[0]);
}
{
  const socket = connect('/nowhere');
  const [error] = await next(socket, 'connect_error');
  say('connect_error', error.message, socket.active);
}
{
  const socket = connect('/guarded', { auth: { secret: 'wrong' } });
  const [error] = await next(socket, 'connect_error');
  say('connect_error', error.message, error.data);
  socket.auth = { secret: 'open' };
  socket.connect();
  await next(socket, 'connect');
  say('let in');
}

// Many namespaces over one connection
{
  const { socket } = await socketOf('/', { forceNew: false });
  const { socket: other } = await socketOf('/custom', { forceNew: false });
  say('one connection', socket.io === other.io, socket.id !== other.id);
  other.disconnect();
  say('the other namespace', await socket.emitWithAck('add', 1, 1));
  socket.disconnect();
}

// Events and acknowledgements
{
  const { socket } = await socketOf('/');
  socket.emit('message', 1, 'zwei', [3, null], { four: 4.5 }, new Date(0), undefined);
  say('message', ...(await next(socket, 'message-back')));
  say('ack', await socket.emitWithAck('add', 2, 3));
  say('ack in time', await socket.timeout(30_000).emitWithAck('add', 20, 30));
  say('no ack', await socket.timeout(100).emitWithAck('nobody-handles-this').catch(error => error.message));
  socket.on('question', (text, answer) => answer(text.toUpperCase()));
  socket.emit('ask', 'who?');
  say('answered', ...(await next(socket, 'answered')));
  socket.emit('message', 'ü😀 \u2028 \ud800'); // half a character, too: browsers send what people type
  say('text', ascii((await next(socket, 'message-back'))[0]));
}

// Binary data
{
  const { socket } = await socketOf('/');
  const data = Buffer.from([1, 2, 3]);
  socket.emit('message', data, { deep: [data, new Uint8Array([4]).buffer] });
  const [plain, { deep }] = await next(socket, 'message-back');
  say('binary', plain.toString('hex'), deep[0].toString('hex'), deep[1].toString('hex'));
  await socket.emitWithAck('join', 'pictures');
  socket.emit('picture-to-room', 'pictures', Buffer.alloc(100_000, 7));
  const [{ picture }] = await next(socket, 'picture');
  say('picture', picture.length, picture.every(byte => byte === 7));
  const [echo] = [await socket.emitWithAck('message-with-ack', data)];
  say('binary ack', echo.toString('hex'));
}

// Nothing comes between an event and its attachments
{
  const { socket } = await socketOf('/');
  await socket.emitWithAck('join', 'storm');
  let rain = 0;
  let wind = 0;
  const all = new Promise(resolve => {
    const look = () => rain + wind === 8 * 500 && resolve();
    socket.on('rain', (one, other) => { rain += one.length + other.length === 101; look(); });
    socket.on('wind', () => { wind++; look(); });
  });
  socket.emit('storm', 'storm', 500);
  await all;
  say('storm', rain, wind, socket.connected);
}

// Rooms
{
  const { socket: one } = await socketOf('/');
  const { socket: two } = await socketOf('/');
  await one.emitWithAck('join', 'a');
  await two.emitWithAck('join', 'a');
  const heard = [];
  one.on('said', text => heard.push(text));
  one.emit('to-others', 'a', 'for two');
  say('two', ...(await next(two, 'said')));
  two.emit('to-others', 'a', 'for one');
  await next(one, 'said');
  say('one', ...heard);
  one.emit('to-room', two.id, 'by the id');
  say('two', ...(await next(two, 'said')));
}

// Endings
{
  const { socket } = await socketOf('/');
  socket.emit('leave-me');
  say('disconnect', ...(await next(socket, 'disconnect')).slice(0, 1));
  say('comes back by itself', socket.active);
}
{
  const { socket } = await socketOf('/');
  const before = socket.id;
  const ending = next(socket, 'disconnect');
  socket.io.engine.close(); // as if the connection had broken
  say('disconnect', ...(await ending).slice(0, 1));
  await next(socket, 'connect');
  say('connected again', socket.id !== before);
}

// A client that polls says goodbye by a request, which takes its time
const over = engine => engine.readyState === 'closed' || new Promise(resolve => engine.once('close', resolve));
sockets.forEach(socket => socket.disconnect());
await Promise.all(sockets.map(socket => over(socket.io.engine)));
process.exit();
