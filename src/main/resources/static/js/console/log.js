import { $, make } from '../dom.js';
import { clock, count, hexDump, size } from '../format.js';

const KEEP = 250; // entries; a flood must not fill the tab's memory
const TEXT = 1000; // bytes shown of a message
const BINARY = 128;

const utf8 = new TextEncoder();
const totals = { in: 0, out: 0, inBytes: 0, outBytes: 0 };
let waiting = [];
let frame = 0;
let wide;

export const note = (kind, text) => enqueue({ direction: 'system', kind, text });

/** A message that came in or went out: a string, a Blob or an ArrayBuffer. Only an excerpt of it is kept. */
export function message(direction, data) {
  const entry = { direction, kind: typeof data === 'string' ? 'text' : 'binary', type: data.constructor.name };
  if (entry.kind === 'text') {
    entry.type = 'Text';
    const bytes = utf8.encode(data);
    entry.size = bytes.length;
    entry.text = bytes.length > TEXT ? start(bytes) : data;
  } else {
    entry.size = data.size ?? data.byteLength;
    entry.bytes = data instanceof Blob ? data : data.slice(0, BINARY); // to cut a Blob is slow: only once it is drawn
  }
  const shown = entry.bytes ? BINARY : TEXT;
  if (entry.size > shown) entry.more = `The first ${count(shown)} of ${count(entry.size)} bytes`;
  totals[direction]++;
  totals[`${direction}Bytes`] += entry.size;
  enqueue(entry);
}

/** Decoded anew, because a slice of the string would keep all of it in memory; `stream` leaves out a character cut in two. */
const start = bytes => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, TEXT), { stream: true });

function enqueue(entry) {
  entry.at = new Date();
  waiting.push(entry);
  // A hidden tab draws no frames, so what waits is bounded too.
  if (waiting.length > 2 * KEEP) waiting = waiting.slice(-KEEP);
  frame ||= requestAnimationFrame(draw);
}

/** All that came since the last frame goes in at once. */
function draw() {
  frame = 0;
  const batch = waiting.slice(-KEEP);
  waiting = [];
  const follow = atEnd();
  wide = $('scroller').clientWidth > 800;
  // A screen reader reads single messages; a flood would never let it finish.
  $('scroller').ariaLive = batch.length > 5 ? 'off' : 'polite';
  $('log').append(...batch.map(render));
  while ($('log').childElementCount > KEEP) $('log').firstElementChild.remove();
  if (follow) toEnd();
  else $('latest').hidden = false;
  showCounts();
}

function render(entry) {
  const item = make('li');
  item.dataset.direction = entry.direction;
  item.dataset.kind = entry.kind;
  const payload = make('pre', 'payload', entry.text);
  const meta = make('span', 'meta');
  if (entry.size !== undefined) meta.append(make('span', 'kind', entry.type), make('span', 'size', size(entry.size)));
  meta.append(make('time', '', clock(entry.at)));
  item.append(make('span', 'way', { in: 'Received', out: 'Sent', system: '' }[entry.direction]), payload, meta);
  if (entry.more) item.append(make('span', 'more note', entry.more));
  if (entry.bytes) showBytes(entry.bytes, payload);
  return item;
}

/** A Blob's bytes come later: empty lines keep their place, so that nothing moves then. */
async function showBytes(source, payload) {
  const perRow = wide ? 16 : 8;
  const part = source.size > BINARY ? source.slice(0, BINARY) : source;
  payload.textContent = '\n'.repeat(Math.ceil((part.size ?? part.byteLength) / perRow));
  const buffer = part instanceof Blob ? await part.arrayBuffer() : part;
  payload.textContent = hexDump(new Uint8Array(buffer), perRow);
}

const atEnd = () => $('scroller').scrollHeight - $('scroller').scrollTop - $('scroller').clientHeight < 60;
const toEnd = () => { $('scroller').scrollTop = $('scroller').scrollHeight; };

function showCounts() {
  const part = way => `${count(totals[way])} ${way} (${size(totals[`${way}Bytes`])})`;
  const full = $('log').childElementCount === KEEP ? `, last ${KEEP} shown` : '';
  $('counts').textContent = totals.in + totals.out ? `${part('in')}, ${part('out')}${full}` : '';
}

export function bindLog() {
  $('latest').addEventListener('click', toEnd);
  $('scroller').addEventListener('scroll', () => { if (atEnd()) $('latest').hidden = true; });
  $('clear').addEventListener('click', () => {
    waiting = [];
    $('log').replaceChildren();
    Object.keys(totals).forEach(key => { totals[key] = 0; });
    showCounts();
  });
}
