import { isAtEnd, make, toEnd } from '../dom.js';
import { clock, hexDump } from '../format.js';

const KEEP = 200; // entries; a flood must not fill the tab's memory
const LONGEST = 1000; // characters shown of a publication
const WORDS = { live: 'Received', own: 'Published here', history: 'From history', replayed: 'Replayed', note: '', reset: '' };

/** What came to one client, and what happened to it. */
export class Entries {
  #list;
  #scroller;
  #waiting = [];
  #frame = 0;
  #shown = [];

  constructor(list, scroller) {
    this.#list = list;
    this.#scroller = scroller;
  }

  /** @param kind `live`, `own`, `history` or `replayed` */
  publication(kind, { topic, data, position, offset }, withTopic) {
    const way = withTopic ? topic : '';
    this.#add({ kind, position, label: `#${offset}`, way, text: excerpt(data) });
  }

  /** @param kind `note`, or `reset` where something was missed */
  note(text, kind = 'note') {
    this.#add({ kind, text });
  }

  /** The publication with this position was the client's own: so it was not missed and is no replay. */
  markOwn(position) {
    const entry = [...this.#waiting, ...this.#shown].find(each => each.position === position);
    if (!entry) return;
    entry.kind = 'own';
    entry.element?.replaceWith(render(entry));
  }

  clear() {
    this.#waiting = [];
    this.#shown = [];
    this.#list.replaceChildren();
  }

  #add(entry) {
    entry.at = new Date();
    this.#waiting.push(entry);
    if (this.#waiting.length > 2 * KEEP) this.#waiting = this.#waiting.slice(-KEEP); // a hidden tab draws no frames
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  /** All that came since the last frame goes in at once. */
  #draw() {
    this.#frame = 0;
    const batch = this.#waiting.slice(-KEEP);
    this.#waiting = [];
    const follow = isAtEnd(this.#scroller);
    this.#scroller.ariaLive = batch.length > 5 ? 'off' : 'polite'; // a screen reader would never come to the end of a flood
    this.#list.append(...batch.map(render));
    this.#shown = [...this.#shown, ...batch].slice(-KEEP);
    while (this.#list.childElementCount > KEEP) this.#list.firstElementChild.remove();
    if (follow) toEnd(this.#scroller);
  }
}

function render(entry) {
  const item = make('li');
  item.dataset.kind = entry.kind;
  const meta = make('span', 'meta');
  const tag = { history: 'history', replayed: 'replayed', own: 'own' }[entry.kind];
  if (tag) meta.append(make('span', 'tag', tag));
  if (entry.way) meta.append(make('span', 'way-in', entry.way));
  if (entry.label) meta.append(make('span', '', entry.label));
  meta.append(make('time', '', clock(entry.at)));
  item.append(make('span', 'way', WORDS[entry.kind]), make('pre', 'payload', entry.text), meta);
  entry.element = item;
  return item;
}

function excerpt(data) {
  const text = data instanceof Uint8Array ? hexDump(data.subarray(0, 128), 8) : typeof data === 'string' ? data : JSON.stringify(data);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
