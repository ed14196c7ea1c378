import { $, make, onSubmit, setText, submitOnEnter } from '../dom.js';
import { topicUrl } from '../origin.js';
import { change, isPattern, onChange, shown } from '../shown.js';

/** The header that says who asks; none where nothing was typed in. */
export function authorization() {
  const key = $('publish-key').value.trim();
  return key ? { Authorization: `Bearer ${key}` } : {};
}

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

function wantKey() {
  change({ needsKey: true });
  $('key-details').open = true;
  $('publish-key').focus();
}

async function publish() {
  const headers = { 'Content-Type': $('publish-type').value, ...authorization() };
  $('publish').disabled = true;
  try {
    const answer = await fetch(topicUrl(shown.topic), { method: 'POST', headers, body: $('publish-body').value });
    showResult(answer.ok, ...describe(answer, await answer.text()));
    if (answer.status === 401 || answer.status === 403) wantKey();
  } catch (e) {
    showResult(false, 'No answer', e.message);
  }
  showState();
}

function showState() {
  const pattern = isPattern(shown.topic);
  setText($('publish-path'), `/topics/${shown.topic}`);
  setText($('publish-note'), pattern ? 'A pattern is for reading: choose a topic to publish.' : '');
  $('publish').disabled = pattern;
}

export function bindOverHttp() {
  onSubmit($('publish-form'), publish);
  submitOnEnter($('publish-body'));
  $('publish-key').addEventListener('change', () => change({ needsKey: true }));
  onChange(showState);
}
