// socketio-jitter.mjs CLIENTS MESSAGES INTERVAL_MS KEY URL URL: official clients that are cut off without a close every 15 s and stay away for
// 2 s, while messages are emitted to all of them over HTTP. Prints "ready" once all are connected, "half" in the middle, and at the
// end what was delivered, and how late.
import { io, NodeWebSocket, NodeXHR } from 'socket.io-client';

const [clients, messages, interval] = process.argv.slice(2, 5).map(Number);
const key = process.argv[5];
const urls = process.argv.slice(6);
const cutEvery = Number(process.env.CUT_MS ?? 15_000);
const away = Number(process.env.AWAY_MS ?? 2_000);
const relayed = Boolean(process.env.RELAYED); // half of the clients poll on one node, and open their WebSocket on the other
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
const latencies = [];
const counts = { doubled: 0, recovered: 0, anew: 0 };
const all = [];

/** Goes to another node than the polls before it. */
class ElsewhereWebSocket extends NodeWebSocket {
  doOpen() {
    const elsewhere = urls.map(url => new URL(url)).find(({ port }) => port !== String(this.opts.port));
    this.opts = { ...this.opts, hostname: elsewhere.hostname, port: elsewhere.port };
    super.doOpen();
  }
}

function client(n) {
  const seen = new Set();
  let turn = n;
  const socket = io(`${urls[n % urls.length]}/recovering`, {
    transports: relayed && n % 4 < 2 ? [NodeXHR, ElsewhereWebSocket] : ['websocket'], forceNew: true, reconnectionDelay: away, reconnectionDelayMax: away, randomizationFactor: 0.1,
  });
  let connects = 0;
  socket.on('connect', () => {
    if (connects++ > 0) counts[socket.recovered ? 'recovered' : 'anew']++;
  });
  socket.io.on('reconnect_attempt', () => { socket.io.uri = urls[turn++ % urls.length]; });
  socket.on('message', ({ id, at }) => {
    if (seen.has(id)) counts.doubled++;
    else { seen.add(id); latencies.push(Date.now() - at); }
  });
  const cut = () => {
    const transport = socket.io.engine?.transport;
    if (socket.connected && transport?.ws) transport.ws.terminate();
    setTimeout(cut, cutEvery * (0.8 + 0.4 * Math.random())).unref();
  };
  setTimeout(cut, cutEvery * Math.random()).unref();
  return { seen, hasConnected: () => connects > 0 };
}

async function emit(id) {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await fetch(`${urls[attempt % urls.length]}/api/emit`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
        body: JSON.stringify({ namespace: '/recovering', event: 'message', args: [{ id, at: Date.now() }] }),
      });
      if (answer.status === 202) return;
    } catch { /* the node has ended: the next one */ }
    await wait(20);
  }
}

for (let n = 0; n < clients; n++) {
  all.push(client(n));
  if (n % 50 === 49) await wait(50);
}
while (!all.every(each => each.hasConnected())) await wait(50); // some are away again by now
console.log('ready');
for (let id = 0; id < messages; id++) {
  if (id === Math.floor(messages / 2)) console.log('half');
  await emit(id);
  await wait(interval);
}
const whole = () => all.every(each => each.seen.size === messages);
for (let i = 0; i < 400 && !whole(); i++) await wait(50);
latencies.sort((a, b) => a - b);
const at = share => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
console.log(`delivered ${(100 * latencies.length / (clients * messages)).toFixed(3)} %`);
console.log(`latency ms p50 ${at(0.5)} p95 ${at(0.95)} p99 ${at(0.99)} max ${at(1)}`);
console.log(`returns ${JSON.stringify(counts)}`);
process.exit(0);
