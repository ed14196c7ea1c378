import { $, setText } from '../dom.js';
import { httpUrl } from '../origin.js';
import { change, isPattern, onChange, shown } from '../shown.js';
import { authorization } from './overhttp.js';

const local = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
let asked = '';

/** What the service does for the topic. It tells only whom it lets look: programs on its own machine, and who has a key or token. */
async function ask(topic) {
  if (isPattern(topic) || !(local || authorization().Authorization)) return undefined;
  try {
    const answer = await fetch(httpUrl(`/api/topics/${encodeURIComponent(topic)}`), { headers: authorization() });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

function sentence({ historySize, historyTtlSeconds, presence }) {
  const memory = historySize
    ? `It remembers ${historySize} publications, each for ${span(historyTtlSeconds)}`
    : 'It remembers nothing: who comes back gets what is published from then on';
  return `${memory}. ${presence === 'none' ? 'It does not show who is there.' : 'It shows who is there.'}`;
}

const span = seconds => (seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`);

/** Says what the topic does as soon as it is known. */
export function bindFacts() {
  onChange(async () => {
    const { topic } = shown;
    const question = `${topic} ${authorization().Authorization}`;
    if (question === asked) return;
    asked = question;
    setText($('facts'), '');
    const facts = await ask(topic);
    if (question !== asked || !facts) return;
    setText($('facts'), sentence(facts));
    change({ facts });
  });
}
