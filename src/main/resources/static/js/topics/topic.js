import { $, onSubmit } from '../dom.js';
import { change, shown } from '../shown.js';

const PRESET = 'demo.lobby';
const MARK = '#topic=';

/** Both clients, the back end's form and the code are about this one from now on. */
export function show(topic) {
  $('topic').value = topic;
  if (topic === shown.topic) return;
  document.title = `${topic} · Pushwire`;
  change({ topic, facts: undefined });
}

function choose(topic) {
  history.replaceState(null, '', MARK + encodeURIComponent(topic));
  show(topic);
}

function fromHash() {
  if (!location.hash.startsWith(MARK)) return undefined;
  try {
    return decodeURIComponent(location.hash.slice(MARK.length));
  } catch {
    return undefined; // not ours: a stray percent sign
  }
}

/** The field, the URL's hash, and the topics that others use. */
export function bindTopic() {
  onSubmit($('topic-form'), () => choose($('topic').value.trim()));
  $('topics').addEventListener('click', event => {
    const button = event.target.closest('button');
    if (button) choose(button.dataset.topic);
  });
  addEventListener('hashchange', () => fromHash() && show(fromHash()));
  show(fromHash() || PRESET);
}
