import { $, setText } from '../dom.js';
import { onChange } from '../shown.js';
import { client, curl, eventSource, socketIo, webSocket } from './languages.js';

const LANGUAGES = {
  client: { about: 'In a page or in Node.js: it connects again and goes on where it was', code: client },
  websocket: { about: 'Without a client: one topic, each message as it was published', code: webSocket },
  eventsource: { about: 'Where WebSockets are blocked: it only reads', code: eventSource },
  curl: { about: 'On the back end', code: curl },
  socketio: { about: 'The official client, on the namespace /topics', code: socketIo },
};

function showCode() {
  const { about, code } = LANGUAGES[document.querySelector('input[name=code]:checked').value];
  setText($('code-about'), about);
  setText($('code'), code());
}

async function copy() {
  try {
    await navigator.clipboard.writeText($('code').textContent);
  } catch {
    // No clipboard on plain http from another host: the older way still works there.
    getSelection().selectAllChildren($('code'));
    document.execCommand('copy');
  }
  $('code-copy').textContent = 'Copied';
  setTimeout(() => { $('code-copy').textContent = 'Copy'; }, 1500);
}

/** What is shown is what the page does now: its topic, its body, and a token where one is needed. */
export function bindSnippets() {
  $('code-copy').addEventListener('click', copy);
  for (const radio of document.getElementsByName('code')) radio.addEventListener('change', showCode);
  $('publish-form').addEventListener('input', showCode);
  onChange(showCode);
}
