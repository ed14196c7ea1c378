// Sessions that poll.
import { Poller } from './poller.mjs';
import { answer, bytes, calm, placeholder, pollingOnly, scenario } from './scenarios.mjs';

const attachment = (...values) => `b${bytes(...values).toString('base64')}`;

async function opened(log, options) {
  const client = new Poller(log, '', { url: calm, ...options });
  await client.open();
  return client;
}

/** In the namespace /, after `sid` and `auth`. */
async function connected(log, options) {
  const client = await opened(log, options);
  await client.post('40');
  await client.receive(2);
  return client;
}

/** A scenario of one client: packets to post at once, which may depend on the last that came, and how many come back. */
const dialogue = (name, ...steps) =>
  scenario(`${name}, by polling`, async log => {
    const client = await connected(log);
    for (const [packets, answers] of steps) {
      await client.post(...[typeof packets === 'function' ? packets(client.last) : packets].flat());
      await client.receive(answers);
    }
  });

// Namespaces
for (const connect of ['40', '40{"token":"123"}', '40/custom,{"token":"abc"}', '40/room-12,']) {
  scenario(`connect by ${connect}, by polling`, async log => {
    const client = await opened(log);
    await client.post(connect);
    await client.receive(2);
  });
}
scenario('connect by 40/random, by polling', async log => {
  const client = await opened(log);
  await client.post('40/random');
  await client.receive();
  await client.post('40');
  await client.receive(2);
});
scenario('events right behind their connect', async log => {
  const client = await opened(log);
  await client.post('40', '42["message","ünï😀"]', '421["add",1,2]');
  await client.receive(4);
});
dialogue('leave and come back', ['40/custom,', 2], ['41', 0], ['42/custom,["message",1]', 1], ['40', 2], ['42["message",2]', 1]);

// Events
dialogue('events', ['42["message",1,"2",{"3":[true]}]', 1], ['42["message"]', 1]);
dialogue('several events', [['42["message",1]', '42["message",2]', '42["message",3]'], 3]);
dialogue('a long event', [`42["message","${'xü'.repeat(100_000)}"]`, 1]);
dialogue('text of all kinds', ['42["message","ünï😀 \\"quoted\\" \\\\ \\n \\u001e"]', 1]);
dialogue('acknowledgements', ['42456["message-with-ack",1,"2",{"3":[false]}]', 1], [['427["add",2,3]', '428["add",4,5]'], 2]);
dialogue('acknowledgement by the client', ['42["ask","who?"]', 1], [answer('["me"]'), 1]);
dialogue('packets that mean nothing', [['5', '6', '0', '3', '42["message",2]'], 1]);
scenario('many events while polls wait', async log => {
  const client = await connected(log);
  const received = client.receive(100);
  for (let i = 0; i < 100; i++) {
    await client.send('POST', { body: `42["message",${i}]` });
  }
  await received;
});

// Binary data
dialogue('binary', [[`452-["message",${placeholder(0)},${placeholder(1)}]`, attachment(1, 2, 3), attachment(4, 255, 6, 7)], 3]);
dialogue('binary in several posts', [`452-["message",${placeholder(0)},${placeholder(1)}]`, 0], [attachment(1), 0], [attachment(2), 3]);
dialogue('binary without padding', [[`451-["message",${placeholder(0)}]`, 'bAQI'], 2]);
dialogue('empty binary', [[`451-["message",${placeholder(0)}]`, 'b'], 2]);
dialogue('binary with acknowledgement', [[`451-789["message-with-ack",${placeholder(0)}]`, attachment(1)], 2]);
dialogue('binary acknowledgement by the client', ['42["ask","data?"]', 1], [last => [answer(`[${placeholder(0)}]`)(last).replace('43', '461-'), attachment(7, 8)], 2]);
dialogue('binary that cannot be read', [[`451-["message",${placeholder(0)}]`, 'b_-8='], 2]);
dialogue('text that is no UTF-8', [Buffer.from('42["message","\xff"]', 'latin1'), 1]);

// A poll that waits
scenario('a poll that waits gets what comes', async log => {
  const client = await connected(log);
  const poll = await client.waitingPoll();
  await client.post('42["message",1]');
  await poll.answer();
});
scenario('a packet and its attachments come in one answer', async log => {
  const client = await connected(log);
  const poll = await client.waitingPoll();
  await client.post(`452-["message",${placeholder(0)},${placeholder(1)}]`, attachment(1, 2), attachment(3));
  await poll.answer();
});
scenario('two polls at once', async log => {
  const client = await connected(log);
  const poll = await client.waitingPoll();
  await client.poll('second');
  await poll.answer('first');
  await client.poll('third');
});
scenario('a poll is given up', async log => {
  const client = await connected(log);
  let poll;
  await client.waitingPoll({ give: request => (poll = request).end() });
  poll.destroy();
  await client.unknown();
});

// Posts
for (const type of ['text/plain', 'text/plain;charset=UTF-8', 'application/json', 'application/x-www-form-urlencoded',
  'application/octet-stream']) {
  scenario(`a post of ${type}`, async log => {
    const client = await opened(log);
    await client.ask('post', 'POST', client.query, { body: '40', headers: { 'Content-Type': type } });
    await client.receive(2);
  });
}

/** A post of which the server knows, and whose body has not come to its end. */
function begunPost(client, begin) {
  let post;
  let answer;
  const begun = new Promise(resolve => {
    answer = client.send('POST', {
      headers: { Expect: '100-continue', 'Transfer-Encoding': 'chunked' },
      give: request => {
        post = request;
        request.on('continue', () => {
          request.write(begin);
          resolve();
        });
        request.flushHeaders();
      },
    });
  });
  return begun.then(() => ({ post, answer }));
}
scenario('a post in pieces', async log => {
  const client = await opened(log);
  const { post, answer } = await begunPost(client, '4');
  post.end('0');
  client.say(`post: ${(await answer).status}`);
  await client.receive(2);
});
scenario('two posts at once', async log => {
  const client = await connected(log);
  const { post, answer } = await begunPost(client, '42["message"');
  await client.postRefused('second', '0');
  post.end(',1]');
  client.say(`first: ${(await answer).status}`);
  await client.unknown();
});
scenario('a post is given up', async log => {
  const client = await connected(log);
  const { post } = await begunPost(client, '42["message"');
  post.destroy();
  await client.unknown();
});
for (const [size, form] of [[10_000, 'of its length'], [10_001, 'of its length'], [10_000, 'in chunks'], [10_001, 'in chunks']]) {
  scenario(`a post of ${size} bytes, ${form}, where 10000 may be`, async log => {
    const client = await opened(log, { url: pollingOnly });
    const body = `4${`0{"x":"${'x'.repeat(size)}`.slice(0, size - 3)}"}`;
    await client.ask('post', 'POST', client.query, { body, headers: form === 'in chunks' ? { 'Transfer-Encoding': 'chunked' } : {} });
    await client.receive(2);
  });
}

// What may not come
const bad = { '': [''], 'abc': ['abc'], '7': ['7'], '2': ['2'], '2probe': ['2probe'], '4': ['4'], '4abc': ['4abc'], 'a separator': ['', ''],
  'an empty packet in the middle': ['0', '', '0'], 'no packet at the end': ['0', 'x'],
  'an event without its array': ['42{}'], 'a second connect': ['40'], 'binary': [attachment(1)],
  'text instead of an attachment': [`451-["message",${placeholder(0)}]`, '42["message",1]'] };
for (const [name, packets] of Object.entries(bad)) {
  scenario(`a post of what may not come: ${name}`, async log => {
    const client = await connected(log);
    const poll = await client.waitingPoll();
    await client.post(...packets);
    await poll.answer();
    await client.unknown();
  });
  scenario(`a post of what may not come, while nobody polls: ${name}`, async log => {
    const client = await connected(log);
    await client.post(...packets);
    await client.receive();
    await client.poll();
  });
}

// The end
scenario('the client leaves', async log => {
  const client = await connected(log);
  const poll = await client.waitingPoll();
  await client.post('1');
  await poll.answer();
  await client.poll();
});
scenario('the client leaves, while nobody polls', async log => {
  const client = await connected(log);
  await client.post('1');
  await client.poll();
  await client.post('40');
});
scenario('the client leaves behind what it says', async log => {
  const client = await connected(log);
  await client.post('42["message",1]', '1', '42["message",2]');
  await client.poll();
});
scenario('taken out of the namespace, by polling', async log => {
  const client = await connected(log);
  await client.post('42["leave-me"]');
  await client.receive();
  await client.post('40');
  await client.receive(2);
});
scenario('disconnected by the server, by polling', async log => {
  const client = await connected(log);
  await client.post('42["close-me"]');
  await client.end();
  await client.poll();
});
scenario('disconnected by the server, while a poll waits', async log => {
  const client = await connected(log);
  const polls = client.end();
  await client.send('POST', { body: '42["close-me"]' });
  await polls;
});

// Time
scenario('pings by polling', async log => {
  const client = await opened(log, { url: pollingOnly, pongs: false });
  await client.post('40');
  await client.receive(2);
  for (let i = 0; i < 2; i++) {
    await client.poll();
    await client.post('3');
  }
  await client.post('42["message",1]');
  await client.receive();
}, { waits: true });
scenario('no answer to a ping, by polling', async log => {
  const client = await opened(log, { url: pollingOnly, pongs: false });
  await client.post('40');
  await client.end();
}, { waits: true });
scenario('no namespace in time, by polling', async log => {
  const client = await opened(log, { url: pollingOnly });
  await client.end();
}, { waits: true });
