// What answers to requests without a WebSocket say besides packets.
import { Poller, exchange } from './poller.mjs';
import { calm, pollingOnly, scenario, webSocketsOnly } from './scenarios.mjs';

const POLLING = 'EIO=4&transport=polling';
const PAGE = 'https://app.example.com';
const ELSEWHERE = 'https://elsewhere.example.com';

const described = headers =>
  ['content-type', 'content-length', 'content-encoding', 'cache-control'].map(
    name => `${name}: ${headers[name]?.toLowerCase().replace(/; /g, ';')}`);

/** What a browser makes of the headers for a page of this origin, which sends credentials. */
const allows = (headers, origin) =>
  headers['access-control-allow-origin'] === origin && headers['access-control-allow-credentials'] === 'true';

// Requests that belong to no session
for (const [method, query] of [['GET', ''], ['GET', 'EIO=4'], ['GET', 'transport=polling'], ['GET', 'EIO=3&transport=polling'],
  ['GET', 'EIO=5&transport=polling'], ['GET', 'EIO=abc&transport=polling'], ['GET', 'EIO=4&transport=abc'], ['GET', 'EIO=4&transport=POLLING'],
  ['GET', 'EIO=4&transport=websocket'], ['GET', `${POLLING}&sid=abc`], ['GET', `${POLLING}&sid=constructor`], ['GET', 'transport=polling&sid=abc'],
  ['GET', 'EIO=4&transport=websocket&sid=abc'], ['GET', 'EIO=4&transport=abc&sid=abc'], ['HEAD', POLLING], ['POST', POLLING], ['POST', 'transport=abc'],
  ['POST', `${POLLING}&sid=abc`], ['PUT', POLLING], ['PUT', `${POLLING}&sid=abc`], ['PATCH', POLLING], ['DELETE', POLLING],
  ['DELETE', `${POLLING}&sid=abc`], ['OPTIONS', POLLING], ['OPTIONS', `${POLLING}&sid=abc`]]) {
  scenario(`${method} ${query}`, async log => void (await new Poller(log, '', { url: calm }).ask('answer', method, query, method === 'POST' ? { body: '4' } : {})));
}
for (const query of [POLLING, `${POLLING}&sid=`, `${POLLING}&t=1&b64=1&more=%20ü`]) {
  scenario(`open by ${query}`, async log => void (await new Poller(log, '', { url: calm, query }).open()));
}
scenario('open by polling, of which there is only', async log => void (await new Poller(log, '', { url: pollingOnly }).open()));
scenario('open by polling, of which there is none', async log => void (await new Poller(log, '', { url: webSocketsOnly }).ask('answer', 'GET', POLLING)));
scenario('open without the last slash of the path', async log => {
  const answer = await fetch(`${calm}/socket.io?${POLLING}`);
  log.push([`answer: ${answer.status}`]);
});

// Requests that a session does not expect, and goes on after
for (const [method, query] of [['GET', 'transport=polling'], ['GET', 'EIO=3&transport=polling'], ['POST', 'EIO=3&transport=polling'], ['GET', 'EIO=4&transport=websocket'],
  ['POST', 'EIO=4&transport=websocket'], ['GET', 'EIO=4&transport=abc'], ['HEAD', POLLING], ['PUT', POLLING], ['PATCH', POLLING], ['DELETE', POLLING], ['OPTIONS', POLLING]]) {
  scenario(`${method} ${query} with a session`, async log => {
    const client = new Poller(log, '', { url: calm });
    await client.open();
    await client.ask('answer', method, `${query}&sid=${client.sid}`, method === 'POST' ? { body: '40' } : {});
    await client.post('40');
    await client.receive(2);
  });
}

// Headers
scenario('headers', async log => {
  const client = new Poller(log, '', { url: calm });
  await client.open();
  const say = (name, answer) => [name, ...described(answer.headers)].forEach(client.say);
  say('post', await client.send('POST', { body: '40' }));
  await client.receive(2);
  const poll = await client.waitingPoll();
  await client.post('421["message-with-ack","ü"]');
  say('poll', await poll.raw);
  say('error', await exchange(calm, 'GET', 'EIO=4'));
});
scenario('a large answer to a client that takes gzip', async log => {
  const client = new Poller(log, '', { url: calm });
  await client.open();
  await client.post('40');
  await client.receive(2);
  await client.post(`421["message-with-ack","${'x'.repeat(2000)}"]`);
  const { headers } = await client.send('GET', { headers: { 'Accept-Encoding': 'gzip' } });
  client.say(`content-encoding: ${headers['content-encoding']}`);
});

// Pages of other origins
for (const [origin, place] of [[PAGE, 'an origin that may'], [ELSEWHERE, 'an origin that may not']]) {
  scenario(`a page of ${place}`, async log => {
    const client = new Poller(log, '', { url: pollingOnly });
    await client.open();
    const headers = { Origin: origin };
    for (const [name, answer] of [
      ['open', await exchange(pollingOnly, 'GET', POLLING, { headers })],
      ['post', await client.send('POST', { headers, body: '40' })],
      ['poll', await client.send('GET', { headers })],
      ['error', await exchange(pollingOnly, 'GET', 'EIO=4', { headers })],
      ['unknown session', await exchange(pollingOnly, 'GET', `${POLLING}&sid=abc`, { headers })],
    ]) {
      client.say(`${name}: ${answer.status} ${allows(answer.headers, origin)}`);
    }
  });
  scenario(`a preflight of ${place}`, async log => {
    const answer = await exchange(pollingOnly, 'OPTIONS', `${POLLING}&sid=abc`, {
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-of-the-application' },
    });
    const names = answer.headers['access-control-allow-headers'] ?? '';
    log.push([`answer: ${answer.status} ${allows(answer.headers, origin)} ${names.split(/, */).includes('x-of-the-application')}`]);
  });
}
