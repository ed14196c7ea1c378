import { $ } from '../dom.js';
import { closeName } from './closecodes.js';
import { message, note } from './log.js';
import { wsUrl } from '../origin.js';
import { onlyListens, path, protocols } from './settings.js';
import { showStatus } from './status.js';
import { pulse } from './wire.js';

let socket;
let closed;

/** Nothing tells a page that bufferedAmount fell: while there is some, look at each frame. */
export function refresh() {
  showStatus(socket, closed);
  if (socket?.readyState === WebSocket.OPEN && socket.bufferedAmount) requestAnimationFrame(refresh);
}

export function connect() {
  const start = performance.now();
  $('connection-error').textContent = '';
  try {
    socket = new WebSocket(wsUrl(path()), protocols());
  } catch (e) {
    $('connection-error').textContent = e.message;
    return;
  }
  closed = undefined;
  setBinaryType();
  note('connecting', `Connecting to ${socket.url}`);
  socket.onopen = () => {
    note('open', `Connected in ${Math.round(performance.now() - start)} ms${socket.protocol && `, subprotocol ${socket.protocol}`}`);
    refresh();
    focusOn(onlyListens() ? 'disconnect' : 'message');
  };
  socket.onmessage = event => {
    message('in', event.data);
    pulse('in');
  };
  socket.onerror = () => {
    note('error', 'The connection failed. The browser gives a page no more detail than this; its developer tools may.');
  };
  socket.onclose = event => {
    closed = event;
    const name = closeName(event.code);
    note('close', `Closed with ${event.code}${name && ` (${name})`}${event.reason && `, reason: ${event.reason}`}${event.wasClean ? '' : ', not clean'}`);
    $('connection-error').textContent = '';
    refresh();
    focusOn('connect');
  };
  refresh();
}

/** The button that was pressed is gone: on with the keyboard where the next step is (a phone's would cover the page). */
function focusOn(id) {
  if (matchMedia('(hover: hover)').matches && document.activeElement === document.body) $(id).focus({ preventScroll: true });
}

export function setBinaryType() {
  if (socket) socket.binaryType = $('binary-type').value;
}

export function send(data) {
  socket.send(data);
  message('out', data);
  pulse('out');
  refresh();
}

/** The browser itself judges code and reason; what it says is shown. */
export function close() {
  const code = $('close-code').value.trim();
  const reason = $('close-reason').value;
  $('connection-error').textContent = '';
  try {
    if (code || reason) socket.close(code ? Number(code) : undefined, reason);
    else socket.close();
  } catch (e) {
    $('connection-error').textContent = `${e.name}: ${e.message}`;
  }
  refresh();
}
