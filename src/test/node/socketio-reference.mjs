// The reference server with the namespaces that SocketIoTestNamespaces has in Java, for the transcripts of both to be compared, in three
// forms: of WebSockets alone, without pings, and of polling alone for pages and small bodies. Says on which ports they listen, and ends with
// its input.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const [pingInterval, pingTimeout, connectTimeout] = process.argv.slice(2).map(Number);

function serve(namespace) {
  namespace.on('connection', socket => {
    socket.emit('auth', socket.handshake.auth);
    socket.on('message', (...args) => socket.emit('message-back', ...args));
    socket.on('message-with-ack', (...args) => args.pop()(...args));
    socket.on('add', (a, b, ack) => ack(a + b));
    socket.on('1', text => socket.emit('one', text));
    socket.on('ask', text => socket.emit('question', text, answer => socket.emit('answered', answer)));
    socket.on('join', (room, ack) => { socket.join(room); ack([...socket.rooms].length); });
    socket.on('leave', (room, ack) => { socket.leave(room); ack([...socket.rooms].length); });
    socket.on('to-others', (room, text) => socket.to(room).emit('said', text));
    socket.on('to-room', (room, text) => namespace.to(room).emit('said', text));
    socket.on('to-either', (one, other, text) => namespace.to(one).to(other).emit('said', text));
    socket.on('to-all-but', (room, other, text) => namespace.to(room).except(other).emit('said', text));
    socket.on('picture-to-room', (room, picture) => namespace.to(room).emit('picture', { picture }));
    socket.on('volatile', text => socket.volatile.emit('said', text));
    socket.on('leave-me', () => socket.disconnect());
    socket.on('close-me', () => socket.disconnect(true));
  });
}

/** @returns its port */
function start(options) {
  let io;
  const server = createServer((request, response) => { // what is not for Socket.IO: whether a poll of a session waits
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    response.statusCode = pathname === '/waiting' ? 200 : 404;
    response.end(String(io.engine.clients[searchParams.get('sid')]?.transport.writable ?? false));
  });
  io = new Server(server, { maxHttpBufferSize: 1048576, ...options });
  serve(io);
  serve(io.of('/custom'));
  io.of(/^\/room-\d+$/).on('connection', socket => {
    socket.emit('in', socket.nsp.name);
    socket.on('to-all', text => socket.nsp.emit('said', text));
  });
  io.of('/guarded').use((socket, next) => {
    if (socket.handshake.auth.secret === 'open') {
      next();
    } else {
      const refusal = new Error('Not with that secret');
      refusal.data = { code: 7 };
      next(refusal);
    }
  });
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}

const times = { pingInterval, pingTimeout, connectTimeout };
const cors = { origin: ['https://app.example.com'], credentials: true };
console.log((await Promise.all([
  start({ ...times, transports: ['websocket'] }),
  start({ pingInterval: 3600000 }),
  start({ ...times, transports: ['polling'], maxHttpBufferSize: 10000, cors }),
])).join(' '));
process.stdin.resume();
process.stdin.on('end', () => process.exit());
