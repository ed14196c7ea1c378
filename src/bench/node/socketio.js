// node with the package socket.io. Argument: the port on loopback.
import http from 'node:http';
import { Server } from 'socket.io';

const server = http.createServer((request, response) => {
  if (request.url === '/gc' && globalThis.gc) {
    globalThis.gc();
    response.end(String(process.memoryUsage().heapUsed));
  }
});
const io = new Server(server, { serveClient: false });
io.on('connection', (socket) => {
  socket.on('join', (room, ack) => {
    socket.join(room);
    ack();
  });
  socket.on('echo', (text, ack) => ack(text));
  socket.on('say', (room, text) => io.to(room).emit('said', text));
});
server.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });
