// node with the package ws. Arguments: the port on loopback, and the size of the largest message.
import http from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

const [port, largestMessage] = process.argv.slice(2).map(Number);

// A client that is this many bytes behind is disconnected.
const LARGEST_BACKLOG = 1 << 20;

const options = { noServer: true, maxPayload: largestMessage, perMessageDeflate: true };

const echo = new WebSocketServer({ ...options, clientTracking: false });
echo.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});

const chat = new WebSocketServer(options);
chat.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    for (const member of chat.clients) {
      if (member.bufferedAmount > LARGEST_BACKLOG) {
        member.terminate();
      } else if (member.readyState === WebSocket.OPEN) {
        member.send(data, { binary: isBinary });
      }
    }
  });
});

const endpoints = new Map([['/echo', echo], ['/chat', chat]]);

const server = http.createServer((request, response) => {
  if (request.url === '/gc' && globalThis.gc) {
    globalThis.gc();
    response.end(String(process.memoryUsage().heapUsed));
  } else {
    response.writeHead(404).end();
  }
});
server.on('upgrade', (request, socket, head) => {
  const endpoint = endpoints.get(request.url);
  if (endpoint) {
    endpoint.handleUpgrade(request, socket, head, (client) => endpoint.emit('connection', client, request));
  } else {
    socket.destroy();
  }
});
server.listen({ port, host: '127.0.0.1', backlog: 4096 });
