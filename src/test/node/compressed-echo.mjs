// compressed-echo.mjs URL OFFER: echoes messages of many sizes, whole and in fragments, over connections that offer
// permessage-deflate with these options of `ws` (JSON), and says of each size whether every message came back as it was.
import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';

const [url, offer] = process.argv.slice(2);
const ROUNDS = 6;
const SIZES = [0, 1, 16, 64, 256, 1024, 4096, 8192, 16384, 32768, 65536, 131072];
const FRAGMENTED = [[8192, 256], [32768, 256], [131072, 1024], [131072, 32768]];

// What repeats near by, what repeats far back (beyond a small window), and what does not repeat.
const noise = randomBytes(3000).toString('base64');
const prose = Array.from({ length: 6000 }, (_, i) => `{"order":${i * 7919},"state":"shipped",${noise.slice(i % 3900, (i % 3900) + 20)}}`).join('');
const contents = {
  repeating: (size, round) => prose.slice(round * 31, round * 31 + size),
  distant: size => noise.repeat(Math.ceil(size / noise.length) || 1).slice(0, size),
  random: size => randomBytes(size),
};

function send(socket, message, fragment) {
  if (!fragment) {
    socket.send(message);
    return;
  }
  for (let at = 0; at < message.length; at += fragment) {
    socket.send(message.slice(at, at + fragment), { fin: at + fragment >= message.length });
  }
}

function echo(kind, size, fragment) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: { threshold: 0, ...JSON.parse(offer) } });
    let round = 0;
    let sent;
    const next = () => {
      if (round === ROUNDS) {
        socket.close();
        return;
      }
      sent = contents[kind](size, round++);
      send(socket, sent, fragment);
    };
    socket.on('open', () => (socket.extensions.startsWith('permessage-deflate') ? next() : reject(Error('no compression'))));
    socket.on('message', (data, binary) => {
      if (binary !== Buffer.isBuffer(sent) || !Buffer.from(sent).equals(data)) {
        reject(Error(`message ${round} came back changed`));
        socket.terminate();
      } else {
        next();
      }
    });
    socket.on('close', code => (round === ROUNDS && code === 1005 ? resolve() : reject(Error(`closed with ${code}`))));
    socket.on('error', reject);
  });
}

for (const kind of Object.keys(contents)) {
  for (const [size, fragment] of [...SIZES.map(size => [size, 0]), ...FRAGMENTED]) {
    const name = `${kind} ${size}${fragment ? `/${fragment}` : ''}`;
    await echo(kind, size, fragment).then(
      () => console.log(`ok ${name}`),
      error => console.log(`failed ${name}: ${error.message}`));
  }
}
