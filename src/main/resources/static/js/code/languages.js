import { $ } from '../dom.js';
import { base, httpUrl, topicUrl, wsUrl } from '../origin.js';
import { isPattern, shown } from '../shown.js';

const text = JSON.stringify; // a string of JavaScript
const root = base.href.replace(/\/$/, '');
const lines = (...all) => all.filter(line => line !== undefined).join('\n');

export function client() {
  const topic = text(shown.topic);
  const options = shown.needsToken ? ', { token: () => fetchToken() }' : '';
  return lines(
    `import { connect } from ${text(httpUrl('/client/pushwire.mjs'))}`,
    '',
    `const push = connect(${text(root)}${options})`,
    `const topic = push.subscribe(${topic}, ({ ${isPattern(shown.topic) ? 'topic, ' : ''}data, position }) => console.log(${isPattern(shown.topic) ? 'topic, ' : ''}data, position))`,
    'topic.onReset = () => reload() // something was missed: fetch the state',
    isPattern(shown.topic) ? undefined : `await push.publish(${topic}, ${text($('publish-body').value)})`,
  );
}

export function webSocket() {
  return isPattern(shown.topic) ? protocolByHand() : rawTopic();
}

function rawTopic() {
  const offered = shown.needsToken ? ', ["pushwire.token", "pushwire.token." + token]' : '';
  return lines(
    `const socket = new WebSocket(${text(wsUrl(`/topics/${encodeURIComponent(shown.topic)}`))}${offered})`,
    'socket.onmessage = event => console.log(event.data)',
    'socket.onclose = event => console.log(event.code, event.reason)',
  );
}

/** Patterns are for `/push` alone. */
function protocolByHand() {
  const send = command => `  socket.send(JSON.stringify(${command}))`;
  return lines(
    `const socket = new WebSocket(${text(wsUrl('/push'))}, "pushwire.v1.json")`,
    'socket.onopen = () => {',
    shown.needsToken ? send('{ type: "authenticate", id: 1, token }') : undefined,
    send(`{ type: "subscribe", id: 2, topic: ${text(shown.topic)} }`),
    '}',
    'socket.onmessage = event => {',
    '  for (const line of event.data.split("\\n")) console.log(JSON.parse(line))',
    '}',
  );
}

/** Of several topics, or a pattern, each event says its topic. */
const streamUrl = () =>
  isPattern(shown.topic) ? httpUrl(`/topics?topic=${encodeURIComponent(shown.topic)}`) : topicUrl(shown.topic);

export function eventSource() {
  const url = streamUrl();
  if (!shown.needsToken) {
    return lines(`const events = new EventSource(${text(url)})`, 'events.onmessage = event => console.log(event.data, event.lastEventId)');
  }
  return lines(
    '// A ticket stands for the token, once: an EventSource sets no headers.',
    `const answer = await fetch(${text(httpUrl('/tickets'))}, {`,
    '  method: "POST", headers: { Authorization: "Bearer " + token },',
    '})',
    'const { ticket } = await answer.json()',
    `const events = new EventSource(${text(url + (url.includes('?') ? '&' : '?'))} + "ticket=" + ticket)`,
    'events.onmessage = event => console.log(event.data, event.lastEventId)',
    'events.onerror = () => events.close() // and begin anew, with another ticket',
  );
}

const quote = word => `'${word.replaceAll("'", `'\\''`)}'`; // for a shell

export function curl() {
  const body = $('publish-body').value;
  const type = $('publish-type').value;
  const parts = ['curl'];
  // The key itself stays out of what may be pasted into a chat.
  if (shown.needsKey) parts.push('-H "Authorization: Bearer $PUSHWIRE_KEY"');
  if (isPattern(shown.topic)) {
    return lines('# A pattern is for reading.', [...parts, "-N -H 'Accept: text/event-stream'", quote(streamUrl())].join(' '));
  }
  if (!type.startsWith('text/')) parts.push(`-H 'Content-Type: ${type}'`);
  parts.push(body.startsWith('@') ? '--data-raw' : '-d', quote(body)); // -d @x would send the file x
  parts.push(topicUrl(shown.topic));
  return parts.join(' ');
}

export function socketIo() {
  const topic = text(shown.topic);
  const options = ['transports: ["websocket"]'];
  if (base.pathname !== '/') options.push(`path: ${text(`${base.pathname}socket.io/`)}`);
  if (shown.needsToken) options.push('auth: { token }');
  return lines(
    `// <script src=${text(httpUrl('/socket.io/socket.io.js'))}></script>`,
    `const topics = io(${text(`${base.origin}/topics`)}, { ${options.join(', ')} })`,
    'topics.on("publication", ({ topic, offset, data }) => console.log(topic, offset, data))',
    'topics.on("connect", async () => {',
    `  console.log(await topics.emitWithAck("subscribe", ${topic}))`,
    '})',
    isPattern(shown.topic) ? undefined : `await topics.emitWithAck("publish", ${topic}, ${text($('publish-body').value)})`,
  );
}
