// The official client, as the service hands it out and with its defaults, does what front ends do. Each function resolves to what it saw.
const next = (socket, event) => new Promise(resolve => socket.once(event, (...args) => resolve(args)));
const words = (...all) => all.map(word => (typeof word === 'string' ? word : JSON.stringify(word))).join(' ');
const hex = buffer => Array.from(new Uint8Array(buffer), byte => byte.toString(16).padStart(2, '0')).join('');
const data = new Uint8Array([1, 2, 3]);
const one = io({ forceNew: true, reconnectionDelay: 50 });
const other = io({ forceNew: true, reconnection: false });
const first = next(one, 'news');
let again;

async function untilTheCut() {
  const seen = [words('news', ...(await first))];
  one.emit('anotherNews', { my: 'data' });
  seen.push(words('echo', await one.emitWithAck('echo', 'zwei')));
  seen.push(words('binary echo', hex(await one.emitWithAck('echo', data.buffer))));
  await one.emitWithAck('join', 'dialogue');
  const said = next(one, 'said');
  other.emit('say', 'dialogue', 'to the room');
  seen.push(words('said', ...(await said)));

  const questions = one.io.socket('/questions', { auth: { token: '123' } });
  seen.push(words('auth', ...(await next(questions, 'auth'))));
  questions.emit('message', 1, 'zwei', [3, null], { four: 4.5 });
  seen.push(words('message', ...(await next(questions, 'message-back'))));
  questions.emit('message', { deep: [new Blob([data])] });
  seen.push(words('binary message', hex((await next(questions, 'message-back'))[0].deep[0])));
  questions.on('question', (text, answer) => {
    seen.push(words('asked', text));
    answer(text.toUpperCase());
  });
  questions.emit('ask', 'who?');
  seen.push(words('answered', ...(await next(questions, 'answered'))));
  const before = one.id;
  again = next(one, 'news').then(news => [words('again', ...news), words('another id', one.id !== before)]);
  return seen;
}

async function afterTheCut() {
  const seen = [...(await again), words('echo', await one.emitWithAck('echo', 'again'))];
  one.disconnect();
  return seen;
}
