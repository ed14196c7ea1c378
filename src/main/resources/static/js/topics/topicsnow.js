import { $, make, setText } from '../dom.js';
import { httpUrl } from '../origin.js';
import { onChange, shown } from '../shown.js';
import { authorization } from './overhttp.js';

const EVERY = 2000; // ms
const MOST = 20;
const REFUSED = [401, 403];
const ASK = 'Only for those with a key or a token: type one in below, where a back end publishes.';

/** Asks again and again while somebody looks, until the service refuses the page, and anew once there is another key. */
export function bindTopicsNow() {
  let refused;
  let timer;
  const look = async () => {
    clearTimeout(timer);
    const who = authorization().Authorization ?? 'nobody';
    if (document.hidden || who === refused) return;
    const status = await list();
    refused = REFUSED.includes(status) ? who : undefined;
    clearTimeout(timer);
    timer = setTimeout(look, EVERY);
  };
  document.addEventListener('visibilitychange', look);
  onChange(look);
}

async function list() {
  try {
    const answer = await fetch(httpUrl(`/topics?limit=${MOST}`), { headers: { Accept: 'application/json', ...authorization() } });
    const { topics = [], next, detail } = await answer.json();
    show(topics);
    setText($('topics-note'), answer.ok ? remark(topics.length, next) : REFUSED.includes(answer.status) ? ASK : detail);
    return answer.status;
  } catch {
    show([]);
    setText($('topics-note'), 'The service does not answer.');
    return undefined;
  }
}

function remark(count, more) {
  if (more) return 'And more.';
  if (count) return '';
  return authorization().Authorization ? 'None that this key or token may see.' : 'None at the moment.';
}

/** Changes only what has changed, so that neither a focus nor a click is lost. */
function show(topics) {
  const known = new Map([...$('topics').children].map(item => [item.firstElementChild.dataset.topic, item]));
  for (const { topic, subscribers } of topics) {
    const item = known.get(topic) ?? add(topic);
    known.delete(topic);
    setText(item.querySelector('b'), String(subscribers));
    const button = item.firstElementChild;
    button.ariaLabel = `${topic}, ${subscribers} ${subscribers === 1 ? 'subscriber' : 'subscribers'}`;
    button.ariaCurrent = String(topic === shown.topic);
  }
  for (const gone of known.values()) gone.remove();
}

function add(topic) {
  const button = make('button', 'chip');
  button.type = 'button';
  button.dataset.topic = topic;
  button.append(make('span', '', topic), make('b'));
  const item = make('li');
  item.append(button);
  $('topics').append(item);
  return item;
}
