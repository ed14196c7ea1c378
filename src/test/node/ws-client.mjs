import WebSocket from 'ws';
import { encode, obey, report } from './lines.mjs';

const [url, protocol] = process.argv.slice(2);
const socket = new WebSocket(url, protocol ? [protocol] : []);

socket.on('open', () => {
  report('open', encode(socket.protocol));
  obey({
    text: text => socket.send(text.toString()),
    binary: data => socket.send(data),
    fragments: (first, second) => {
      socket.send(first.toString(), { fin: false });
      socket.send(second.toString(), { fin: true });
    },
    ping: payload => socket.ping(payload),
    close: (code, reason) => socket.close(Number(code.toString()), reason.toString()),
  });
});
socket.on('message', (data, binary) => report(...(binary ? ['binary', data.toString('hex')] : ['text', encode(data)])));
socket.on('pong', payload => report('pong', encode(payload)));
socket.on('close', (code, reason) => report('close', code, encode(reason)));
socket.on('error', error => report('error', encode(error.message)));
