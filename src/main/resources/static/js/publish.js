import { $, make } from './dom.js';
import { httpUrl } from './settings.js';

export const publishUrl = () => httpUrl(`/topics/${encodeURIComponent($('publish-topic').value.trim())}`);

function showResult(ok, title, detail) {
  $('publish-result').className = ok ? 'done' : 'failed';
  $('publish-result').replaceChildren(make('strong', '', title), make('span', '', detail));
}

const parse = text => { try { return JSON.parse(text); } catch { return undefined; } };

/** The answer in two lines. Tomcat sends a status without its words, so a problem's title stands in for them. */
function describe(answer, text) {
  const json = parse(text);
  const words = json?.title || answer.statusText || (answer.status === 202 ? 'Accepted' : '');
  const reached = json?.subscribers === 1 ? '1 subscriber reached' : `${json?.subscribers} subscribers reached`;
  const detail = typeof json?.subscribers === 'number' ? reached : json?.detail ?? text.slice(0, 500);
  return [`${answer.status} ${words}`.trim(), detail];
}

export async function publish() {
  const headers = { 'Content-Type': $('publish-type').value };
  const key = $('publish-key').value;
  if (key) headers.Authorization = `Bearer ${key}`;
  $('publish').disabled = true;
  try {
    const answer = await fetch(publishUrl(), { method: 'POST', headers, body: $('publish-body').value });
    showResult(answer.ok, ...describe(answer, await answer.text()));
    if (answer.status === 401 || answer.status === 403) $('key-details').open = true;
  } catch (e) {
    showResult(false, 'No answer', e.message);
  }
  $('publish').disabled = false;
  listTopics();
}

export async function listTopics() {
  try {
    const answer = await fetch(httpUrl('/topics'), { headers: { Accept: 'application/json' } });
    const text = await answer.text();
    const topics = parse(text)?.topics;
    if (!answer.ok || !Array.isArray(topics)) throw new Error(describe(answer, text).join(': '));
    $('topics').replaceChildren(...topics.map(topicChip));
    $('topics-note').textContent = topics.length ? '' : 'No topic has a subscriber at the moment.';
  } catch (e) {
    $('topics').replaceChildren();
    $('topics-note').textContent = e.message;
  }
}

function topicChip({ topic, subscribers }) {
  const chip = make('span', 'mono', topic);
  chip.append(make('b', '', subscribers));
  const item = make('li');
  item.append(chip);
  return item;
}
