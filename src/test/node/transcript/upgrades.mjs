// Sessions that poll, and go on over a WebSocket.
import { Connection } from './connection.mjs';
import { Poller } from './poller.mjs';
import { bytes, calm, placeholder, pollingOnly, scenario, webSocketsOnly } from './scenarios.mjs';

const attachment = (...values) => `b${bytes(...values).toString('base64')}`;

/** In the namespace /, after `sid` and `auth`. */
async function polled(log, options) {
  const client = new Poller(log, 'polls', { url: calm, ...options });
  await client.open();
  await client.post('40');
  await client.receive(2);
  return client;
}

/** A WebSocket for the session. */
async function webSocketOf(client, log, name = 'WebSocket', query = 'EIO=4&transport=websocket') {
  const webSocket = new Connection(log, name, { url: client.url, query: `${query}&sid=${client.sid}`, edges: true });
  await webSocket.opened();
  return webSocket;
}

async function probed(client, log, name) {
  const webSocket = await webSocketOf(client, log, name);
  webSocket.send('2probe');
  await webSocket.receive();
  return webSocket;
}

async function upgraded(client, log) {
  const webSocket = await probed(client, log);
  webSocket.send('5');
  return webSocket;
}

/** Polling goes on: what the client says comes back. */
async function goesOn(client) {
  await client.post('42["message","by polling"]');
  await client.receive();
}

scenario('upgrade', async log => {
  const client = await polled(log);
  const poll = await client.waitingPoll();
  const webSocket = await probed(client, log);
  await poll.answer();
  webSocket.send('5', '42["message",1]', `451-["message",${placeholder(0)}]`, bytes(1, 2));
  await webSocket.receive(3);
  await client.poll();
  await client.post('42["message",2]');
  webSocket.send('42["message",3]'); // is not disturbed by that
  await webSocket.receive();
});
scenario('upgrade before a namespace', async log => {
  const client = new Poller(log, 'polls', { url: calm });
  await client.open();
  const webSocket = await upgraded(client, log);
  webSocket.send('40');
  await webSocket.receive(2);
});
scenario('two probes of one WebSocket', async log => {
  const client = await polled(log);
  const webSocket = await probed(client, log);
  webSocket.send('2probe');
  await webSocket.receive();
  webSocket.send('5', '42["message",1]');
  await webSocket.receive();
});
scenario('what comes before, meanwhile and afterwards', async log => {
  const client = await polled(log);
  const other = new Connection(log, 'other', { url: calm });
  await other.receive();
  other.send('40');
  await other.receive(2);
  const toRoom = text => `42["to-room","upgrading",${JSON.stringify(text)}]`;
  const say = async text => {
    other.send(toRoom(text));
    await other.receive();
  };
  await client.post('421["join","upgrading"]');
  await client.receive();
  other.send('421["join","upgrading"]');
  await other.receive();
  await say('before the WebSocket');
  const webSocket = await webSocketOf(client, log);
  await client.post(toRoom('by the client, before the probe'));
  await other.receive();
  await say('before the probe');
  webSocket.send('2probe');
  await webSocket.receive();
  await client.post(toRoom('by the client, behind the probe'), `451-["picture-to-room","upgrading",${placeholder(0)}]`, attachment(1));
  await other.receive(3);
  await say('behind the probe');
  webSocket.send('5');
  await webSocket.receive(7);
  webSocket.send(toRoom('by the client, afterwards'));
  await webSocket.receive();
  await other.receive();
  await say('afterwards');
  await webSocket.receive();
});
scenario('a packet in pieces, by polling and by WebSocket', async log => {
  const client = await polled(log);
  const webSocket = await probed(client, log);
  await client.post(`452-["message",${placeholder(0)},${placeholder(1)}]`, attachment(1));
  webSocket.send('5', bytes(2));
  await webSocket.receive(3);
});
scenario('acknowledgements asked for by polling, and given by WebSocket', async log => {
  const client = await polled(log);
  await client.post('42["ask","who?"]');
  await client.receive();
  const webSocket = await upgraded(client, log);
  webSocket.send(`43${client.last.match(/^42(\d+)/)[1]}["me"]`);
  await webSocket.receive();
});
scenario('polls between the probe and the upgrade', async log => {
  const client = await polled(log);
  const webSocket = await probed(client, log);
  await client.post('42["message",1]');
  await client.poll();
  webSocket.send('5', '42["message",2]');
  await webSocket.until(() => webSocket.last === '42["message-back",2]', 'the last event');
});

// WebSockets that do not take over: polling goes on, and another one may
const wrong = { 'another probe': ['2abc'], 'a ping': ['2'], 'a pong': ['3probe'], 'a message': ['4abc'], 'a close': ['1'], 'no packet': ['x'],
  'nothing': [''], 'binary': [bytes(1)] };
for (const [name, messages] of Object.entries(wrong)) {
  scenario(`no probe: ${name}`, async log => {
    const client = await polled(log);
    const webSocket = await webSocketOf(client, log);
    webSocket.send(...messages);
    await webSocket.end();
    await goesOn(client);
    const another = await upgraded(client, log);
    another.send('42["message",1]');
    await another.receive();
  });
}
for (const [name, messages] of Object.entries(wrong)) {
  scenario(`a probe, and then ${name}`, async log => {
    const client = await polled(log);
    const webSocket = await probed(client, log);
    webSocket.send(...messages);
    await webSocket.end();
    await goesOn(client);
  });
}
scenario('an upgrade without a probe', async log => {
  const client = await polled(log);
  const webSocket = await webSocketOf(client, log);
  webSocket.send('5', '42["message",1]');
  await webSocket.receive();
});
scenario('the WebSocket is closed before its probe', async log => {
  const client = await polled(log);
  const webSocket = await webSocketOf(client, log);
  webSocket.socket.close();
  await webSocket.end();
  await goesOn(client);
});
for (const how of ['close', 'terminate']) {
  scenario(`the WebSocket ends between its probe and the upgrade: ${how}`, async log => {
    const client = await polled(log);
    const webSocket = await probed(client, log);
    webSocket.socket[how]();
    await webSocket.end();
    await goesOn(client);
    const received = client.receive();
    await client.send('POST', { body: '42["message",2]' });
    await received;
  });
}
scenario('the WebSocket never takes over', async log => {
  const client = await polled(log);
  const webSocket = await probed(client, log);
  await webSocket.end();
  await goesOn(client);
}, { waits: true });

// Several WebSockets of one session
scenario('another WebSocket while one probes', async log => {
  const client = await polled(log);
  const webSocket = await probed(client, log);
  await (await webSocketOf(client, log, 'another')).end();
  webSocket.send('5', '42["message",1]');
  await webSocket.receive();
});
scenario('another WebSocket after the upgrade', async log => {
  const client = await polled(log);
  const webSocket = await upgraded(client, log);
  webSocket.send('42["message",1]');
  await webSocket.receive();
  await (await webSocketOf(client, log, 'another')).end();
  webSocket.send('42["message",2]');
  await webSocket.receive();
});
scenario('a WebSocket for the session of a WebSocket', async log => {
  const first = new Connection(log, 'first', { url: calm });
  first.socket.once('message', data => (first.sid = JSON.parse(data.toString().slice(1)).sid));
  await first.receive();
  const second = await webSocketOf({ url: calm, sid: first.sid }, log, 'second');
  second.socket.terminate();
  await second.end();
  first.send('40');
  await first.receive(2);
});
scenario('polls and posts for the session of a WebSocket', async log => {
  const webSocket = new Connection(log, 'WebSocket', { url: calm });
  webSocket.socket.once('message', data => (webSocket.sid = JSON.parse(data.toString().slice(1)).sid));
  await webSocket.receive();
  const client = new Poller(log, 'polls', { url: calm, query: `EIO=4&transport=polling&sid=${webSocket.sid}` });
  await client.poll();
  await client.post('40');
  webSocket.send('40');
  await webSocket.receive(2);
});

// WebSockets that are refused
for (const query of ['EIO=3&transport=websocket', 'transport=websocket', 'EIO=4&transport=abc', 'EIO=4&transport=polling']) {
  scenario(`a WebSocket with ${query} for a session that polls`, async log => {
    const client = await polled(log);
    await (await webSocketOf(client, log, 'WebSocket', query)).end();
    await goesOn(client);
  });
}
for (const sid of ['abc', 'constructor', 'node-0123456789abcdef0123456789abcdef']) {
  scenario(`a WebSocket for the session ${sid}`, async log => void (await webSocketOf({ url: calm, sid }, log, '')));
}
scenario('a WebSocket where there is only polling', async log => {
  const client = await polled(log, { url: pollingOnly });
  await webSocketOf(client, log);
  const first = new Connection(log, 'first', { url: pollingOnly, edges: true });
  await first.end();
  await goesOn(client);
});
scenario('a WebSocket of a session where there is nothing else', async log => void (await webSocketOf({ url: webSocketsOnly, sid: 'abc' }, log, '')));

// The session ends
scenario('the client leaves by polling while a WebSocket probes', async log => {
  const client = await polled(log);
  const webSocket = await probed(client, log);
  await client.post('1');
  await webSocket.end();
  await client.unknown();
});
scenario('the client posts what may not come while a WebSocket probes', async log => {
  const client = await polled(log);
  const webSocket = await probed(client, log);
  await client.post('4abc');
  await webSocket.end();
  await client.unknown();
});
scenario('the session ends before the probe', async log => {
  const client = await polled(log);
  const webSocket = await webSocketOf(client, log);
  await client.post('1');
  await webSocket.end();
});
scenario('the client is disconnected while a WebSocket probes', async log => {
  const client = await polled(log);
  const webSocket = await probed(client, log);
  await client.post('42["close-me"]');
  webSocket.send('5');
  await webSocket.end();
});
scenario('the WebSocket ends after the upgrade', async log => {
  const client = await polled(log);
  const webSocket = await upgraded(client, log);
  webSocket.send('42["message",1]');
  await webSocket.receive();
  webSocket.socket.terminate();
  await client.unknown();
});
scenario('disconnected by the server after the upgrade', async log => {
  const client = await polled(log);
  const webSocket = await upgraded(client, log);
  webSocket.send('42["close-me"]');
  await webSocket.end();
  await client.unknown();
});
