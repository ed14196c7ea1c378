import { $, make } from '../dom.js';

const still = matchMedia('(prefers-reduced-motion: reduce)');
const last = { in: 0, out: 0 };

/** A dot runs along the wire: left to right for a message sent, right to left for one received. */
export function pulse(direction) {
  const now = performance.now();
  if (still.matches || document.hidden || now - last[direction] < 120) return; // a flood shows as a steady stream
  last[direction] = now;
  const dot = make('span', `dot ${direction}`);
  $('line').append(dot);
  const path = [{ left: '0' }, { left: 'calc(100% - 10px)' }];
  dot.animate(direction === 'out' ? path : path.reverse(), { duration: 700, easing: 'ease-in-out' }).onfinish = () => dot.remove();
}
