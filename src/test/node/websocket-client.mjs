import websocket from 'websocket';
import { encode, obey, report } from './lines.mjs';

const [url, protocol] = process.argv.slice(2);
const client = new websocket.client();

client.on('connect', connection => {
  report('open', encode(connection.protocol ?? ''));
  connection.on('message', message => report(...(message.type === 'utf8'
    ? ['text', encode(message.utf8Data)]
    : ['binary', message.binaryData.toString('hex')])));
  connection.on('pong', payload => report('pong', encode(payload)));
  connection.on('close', (code, reason) => report('close', code, encode(reason ?? '')));
  connection.on('error', error => report('error', encode(error.message)));
  obey({
    text: text => connection.sendUTF(text.toString()),
    binary: data => connection.sendBytes(data),
    fragments: (first, second) => {
      connection.fragmentationThreshold = first.length; // it cuts by itself what is longer
      connection.sendUTF(Buffer.concat([first, second]).toString());
    },
    ping: payload => connection.ping(payload),
    close: (code, reason) => connection.close(Number(code.toString()), reason.toString()),
  });
});
client.on('connectFailed', error => report('error', encode(error.message)));
client.connect(url, protocol ? [protocol] : null);
