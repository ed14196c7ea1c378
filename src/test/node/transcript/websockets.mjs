// Over a WebSocket from the beginning.
import { Connection } from './connection.mjs';
import { answer, bytes, placeholder, scenario, webSocketsOnly } from './scenarios.mjs';

async function opened(log, name, options) {
  const connection = new Connection(log, name, { url: webSocketsOnly, ...options });
  await connection.receive();
  return connection;
}

/** In the namespace /, after `sid` and `auth`. */
async function connected(log, name) {
  const connection = await opened(log, name);
  connection.send('40');
  await connection.receive(2);
  return connection;
}

/** A scenario of one client: messages to send, which may depend on the last that came, and how many come back. */
const dialogue = (name, ...steps) =>
  scenario(name, async log => {
    const client = await connected(log);
    for (const [messages, answers] of steps) {
      client.send(...[typeof messages === 'function' ? messages(client.last) : messages].flat());
      await client.receive(answers);
    }
  });

/** What ends the connection when it is sent before, or after, a namespace was joined. */
const ends = (name, open, ...messages) =>
  scenario(name, async log => {
    const client = await open(log);
    client.send(...messages);
    await client.end();
  });

// Handshakes
scenario('handshake', async log => void (await opened(log)));
for (const query of ['', 'EIO=4', 'transport=websocket', 'EIO=abc&transport=websocket', 'EIO=3&transport=websocket',
  'EIO=4&transport=abc', 'EIO=4&transport=websocket&sid=abc']) {
  scenario(`handshake with ${query}`, async log => void (await new Connection(log, '', { url: webSocketsOnly, query }).end()));
}

// Namespaces
for (const connect of ['40{"token":"123"}', '40/custom,', '40/custom,{"token":"abc"}', '40/custom', '40/room-12,']) {
  scenario(`connect by ${connect}`, async log => {
    const client = await opened(log);
    client.send(connect);
    await client.receive(2);
  });
}
for (const connect of ['40/random', '40/random,{"a":1}', '40/im?a=1,', '40/room-x', '40/guarded,', '40/guarded,{"secret":"x"}',
  '40/guarded,{"secret":"open"}']) {
  scenario(`connect by ${connect}`, async log => {
    const client = await opened(log);
    client.send(connect);
    await client.receive();
    client.send('40'); // whatever the answer, the connection goes on
    await client.receive(2);
  });
}
dialogue('leave and come back', ['40/custom,', 2], ['41', 0], ['42/custom,["message",1]', 1], ['40', 2], ['42["message",2]', 1]);
dialogue('leave one namespace and stay in the other', ['40/custom,', 2], ['41/custom,', 0], ['42["message","there"]', 1]);
dialogue('two namespaces', ['40/custom,', 2], ['42/custom,["message","a"]', 1], ['42["message","b"]', 1]);
scenario('a namespace of a pattern has its own sockets', async log => {
  const one = await opened(log, 'one');
  one.send('40/room-1,');
  await one.receive(2);
  const two = await opened(log, 'two');
  two.send('40/room-2,');
  await two.receive(2);
  two.send('42/room-2,["to-all","b"]');
  await two.receive();
  one.send('42/room-1,["to-all","a"]');
  await one.receive();
});

// Events
dialogue('events', ['42["message",1,"2",{"3":[true]}]', 1], ['42["message"]', 1], ['42["message",null,-1.5,""]', 1]);
dialogue('order of keys', ['42["message",{"z":1,"a":{"y":2,"b":3}}]', 1]);
dialogue('text of all kinds', ['42["message","ünï😀 \\"quoted\\" \\\\ \\n"]', 1]);
dialogue('a number for a name', ['42[1,"x"]', 1]);
dialogue('an event that nobody handles', ['42["unknown",1]', 0], ['42["error","x"]', 0], ['42["message",1]', 1]);
dialogue('acknowledgements', ['42456["message-with-ack",1,"2",{"3":[false]}]', 1], ['420["message-with-ack"]', 1], ['427["add",2,3]', 1]);
dialogue('acknowledgement by the client', ['42["ask","who?"]', 1], [answer('["me"]'), 1]);
dialogue('acknowledgements that nobody waits for', ['4399999["x"]', 0], ['42["ask","a"]', 1], [last => [answer('["b"]')(last), answer('["b"]')(last), '42["message",1]'], 2]);
dialogue('volatile', ['42["volatile","x"]', 1]);

// Binary data
dialogue('binary', [[`452-["message",${placeholder(0)},${placeholder(1)}]`, bytes(1, 2, 3), bytes(4, 5, 6)], 3]);
dialogue('binary within', [[`451-["message",{"a":[{"b":${placeholder(0)}}]}]`, bytes(9)], 2]);
dialogue('empty binary', [[`451-["message",${placeholder(0)}]`, bytes()], 2]);
dialogue('binary with acknowledgement', [[`452-789["message-with-ack",${placeholder(0)},${placeholder(1)}]`, bytes(1, 2, 3), bytes(4)], 3]);
dialogue('binary acknowledgement by the client', ['42["ask","data?"]', 1], [last => [answer(`[${placeholder(0)}]`)(last).replace('43', '461-'), bytes(7, 8)], 2]);
dialogue('binary in a namespace', ['40/custom,', 2], [[`451-/custom,["message",${placeholder(0)}]`, bytes(1)], 2]);

// Rooms
scenario('rooms', async log => {
  const one = await connected(log, 'one');
  const two = await connected(log, 'two');
  one.send('420["join","rooms-a"]');
  await one.receive();
  two.send('420["join","rooms-a"]');
  await two.receive();
  two.send('421["join","rooms-b"]');
  await two.receive();
  one.send('42["to-room","rooms-a","both"]');
  await one.receive();
  await two.receive();
  one.send('42["to-others","rooms-a","not me"]');
  await two.receive();
  one.send('42["to-either","rooms-a","rooms-b","once"]');
  await one.receive();
  await two.receive();
  one.send('42["to-all-but","rooms-a","rooms-b","only one"]');
  await one.receive();
  two.send(`451-["picture-to-room","rooms-a",${placeholder(0)}]`, bytes(1, 2));
  await one.receive(2);
  await two.receive(2);
  one.send('422["leave","rooms-a"]');
  await one.receive();
  two.send('42["to-room","rooms-a","two alone"]');
  await two.receive();
  one.send('42["message","quiet"]');
  await one.receive();
});

// The server ends it
dialogue('taken out of the namespace', ['42["leave-me"]', 1], ['40', 2]);
scenario('disconnected by the server', async log => {
  const client = await connected(log);
  client.send('42["close-me"]');
  await client.receive();
  await client.end();
});

// What may not come
for (const message of ['', 'abc', '7', '2', '2probe', '4', '4abc', '47', '40[]', '40"a"', '41', '42["message",1]', '43[]', '430[]', '44{}',
  '45', '450-["a"]', bytes(1)]) {
  ends(`before a namespace: ${Buffer.isBuffer(message) ? 'binary' : message}`, opened, message);
}
for (const message of ['abc', '2', '4', '4abc', '40', '41{}', '42{}', '42[]', '42[null]', '42[{"toString":"x"}]', '42["message"', '42abc["message-with-ack",1]',
  '42["connect"]', '42["connect_error"]', '42["disconnect"]', '42["disconnecting"]', '42["newListener"]', '42["removeListener"]',
  '42/custom,["message",1]', '41/custom,', '430{}', '44{}', '450-["message"]', '4511-["message"]', '45x-["message"]', '45-1-["message"]', bytes(1)]) {
  ends(`in a namespace: ${Buffer.isBuffer(message) ? 'binary' : message}`, connected, message);
}
ends('text instead of an attachment', connected, `451-["message",${placeholder(0)}]`, '42["message",1]');
ends('an attachment too many', connected, `461-99[${placeholder(0)}]`, bytes(1), bytes(2));
for (const num of ['1', '-1', '"splice"', 'null']) {
  ends(`a placeholder for ${num}`, connected, `451-["message",${placeholder(num)}]`, bytes(1));
}
dialogue('packets that mean nothing', [['5', '6', '0', '3', '42["message",2]'], 1]);

// Time
scenario('no answer to a ping', async log => {
  const client = await opened(log, '', { pongs: false });
  client.send('40');
  await client.receive(2);
  await client.end();
}, { waits: true });
scenario('no namespace in time', async log => {
  const client = await opened(log);
  await client.end();
}, { waits: true });
