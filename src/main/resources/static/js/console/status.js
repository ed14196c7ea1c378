import { $, setText } from '../dom.js';
import { closeName } from './closecodes.js';
import { count } from '../format.js';
import { wsUrl } from '../origin.js';
import { onlyListens, path } from './settings.js';

const STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];
const WORDS = { CONNECTING: 'Connecting', OPEN: 'Connected', CLOSING: 'Closing', CLOSED: 'Closed', FAILED: 'Connection failed', none: 'Not connected' };

function cell(id, value) {
  setText($(id), value === undefined || value === '' ? '–' : String(value));
  $(id).classList.toggle('none', value === undefined || value === '');
}

/** Shows what the socket says of itself right now; `closed` is the CloseEvent, once there is one. */
export function showStatus(socket, closed) {
  const state = STATES[socket?.readyState] ?? 'none';
  const shown = closed && !closed.wasClean ? 'FAILED' : state;
  const live = state !== 'none' && state !== 'CLOSED';
  $('connection').dataset.state = shown;
  $('connection').classList.toggle('ended', Boolean(closed));
  setText($('state-text'), WORDS[shown]);
  setText($('url'), live ? socket.url : wsUrl(path()));
  cell('ready-state', socket && state);
  cell('buffered-amount', socket && count(socket.bufferedAmount));
  cell('protocol', socket?.protocol);
  cell('extensions', socket?.extensions);
  cell('close-info-code', closed?.code);
  setText($('close-info-name'), closed ? closeName(closed.code) : '');
  cell('close-info-clean', closed?.wasClean);
  cell('close-info-reason', closed?.reason);
  $('connect-form').hidden = live;
  $('close-form').hidden = !live;
  $('disconnect').disabled = state === 'CLOSING';
  $('send').disabled = state !== 'OPEN' || onlyListens();
}
