import { $, make, onSubmit, setText, toEnd } from '../dom.js';
import { clock } from '../format.js';
import { base, httpUrl } from '../origin.js';

const KEEP = 100; // entries
const SCRIPT = httpUrl('/socket.io/socket.io.js');

let socket;

/** The official client, which most who look at the page do without. */
function load() {
  if (window.io) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = make('script');
    script.src = SCRIPT;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${SCRIPT} is not there`));
    document.head.append(script);
  });
}

function entry(direction, event, ...args) {
  const item = make('li');
  item.dataset.direction = direction;
  const meta = make('span', 'meta');
  meta.append(make('time', '', clock(new Date())));
  const words = { in: 'Received', out: 'Emitted', system: '' };
  item.append(make('span', 'way', words[direction]), make('pre', 'payload', [event, ...args.map(arg => JSON.stringify(arg))].join(' ')), meta);
  $('io-log').append(item);
  while ($('io-log').childElementCount > KEEP) $('io-log').firstElementChild.remove();
  toEnd($('io-scroller'));
}

function show(state, words) {
  $('io-state').dataset.state = state;
  setText($('io-state'), words);
  setText($('io-toggle'), state === 'none' ? 'Connect' : 'Disconnect');
  for (const button of document.querySelectorAll('.emits button')) button.disabled = state !== 'connected';
}

async function connect() {
  show('connecting', 'Connecting');
  try {
    await load();
  } catch (error) {
    show('none', error.message);
    return;
  }
  socket = window.io(base.origin, { path: `${base.pathname}socket.io/`, transports: ['websocket'], forceNew: true });
  socket.on('connect', () => show('connected', `Connected as ${socket.id}`));
  socket.on('connect_error', error => show('connecting', `Tries again: ${error.message}`));
  socket.on('disconnect', reason => {
    entry('system', `Disconnected: ${reason}`);
    show(socket.active ? 'connecting' : 'none', socket.active ? 'Tries again' : 'Not connected');
  });
  socket.onAny((event, ...args) => entry('in', event, ...args));
}

/** With an acknowledgement, where the namespace gives one. */
async function emit(event, acknowledged, ...args) {
  entry('out', event, ...args);
  if (!acknowledged) {
    socket.emit(event, ...args);
    return;
  }
  try {
    entry('in', `acknowledgement of ${event}`, await socket.timeout(10_000).emitWithAck(event, ...args));
  } catch (error) {
    entry('system', `No acknowledgement of ${event}: ${error.message}`);
  }
}

export function bindSocketIo() {
  show('none', 'Not connected');
  $('io-toggle').addEventListener('click', () => {
    if ($('io-state').dataset.state === 'none') connect();
    else {
      socket?.disconnect();
      show('none', 'Not connected');
    }
  });
  onSubmit($('io-emit'), button => emit(button?.value ?? 'echo', button?.value !== 'anotherNews', $('io-text').value));
  onSubmit($('io-rooms'), button => {
    const join = button?.value === 'join';
    emit(join ? 'join' : 'say', join, $('io-room').value, ...(join ? [] : [$('io-text').value]));
  });
}
