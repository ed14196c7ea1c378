import { $ } from '../dom.js';
import { shown } from '../shown.js';

const PRESETS = {
  echo: {
    path: () => '/echo', known: 'echo-protocol',
    hint: 'Each message comes back as it was sent: text as text, binary as binary.',
  },
  chat: {
    path: () => '/chat/lobby', known: 'chat, superchat',
    hint: 'Each message goes to everyone in the room, you too.',
  },
  topic: {
    path: () => `/topics/${encodeURIComponent(shown.topic)}`, known: 'none',
    hint: 'You receive what is published to the topic, and nothing else. A message that was sent here would end the connection with 1003.',
    empty: 'Connect, then publish: what you publish arrives here.',
    message: 'A topic only listens. Publish instead.',
  },
};
const OTHER = {
  known: 'optional', hint: 'An endpoint of your own: any path on this server.',
  empty: 'Connect, write a message, and press Enter.', message: 'Write a message',
};

export function path() {
  const typed = $('path').value.trim();
  return typed.startsWith('/') ? typed : `/${typed}`;
}

export const protocols = () => $('protocols').value.split(',').map(p => p.trim()).filter(Boolean);

/** Whether the path is that of a topic, which ends a connection that says anything. */
export const onlyListens = () => /^\/topics\/[^/?]/.test(path());

const presetName = () => (onlyListens() ? 'topic' : /^\/(chat|echo)(?=[/?]|$)/.exec(path())?.[1]);

function reflect() {
  const name = presetName();
  const preset = { ...OTHER, ...PRESETS[name] };
  for (const radio of document.getElementsByName('preset')) radio.checked = radio.value === name;
  $('hint').textContent = preset.hint;
  $('empty').textContent = preset.empty;
  $('message').placeholder = preset.message;
  $('protocols').placeholder = preset.known === 'none' || preset.known === 'optional' ? preset.known : `e.g. ${preset.known}`;
  const offered = protocols().map(encodeURIComponent).join(',');
  $('second-tab').href = `#${path()}${offered && `&protocols=${offered}`}`;
}

/** From the URL's hash, where it is about this part of the page. */
function readHash() {
  const found = /^#(\/.*?)(?:&protocols=([^&]*))?$/.exec(location.hash);
  if (!found) return;
  $('console').open = true;
  $('path').value = found[1];
  try {
    $('protocols').value = decodeURIComponent(found[2] ?? '').replaceAll(',', ', ');
  } catch {
    $('protocols').value = found[2]; // not ours: a stray percent sign
  }
}

/** Fields, quick picks and hints say the same from now on; `changed` is called at each change. */
export function bindSettings(changed) {
  const update = () => { reflect(); changed(); };
  $('path').addEventListener('input', update);
  $('protocols').addEventListener('input', update);
  for (const radio of document.getElementsByName('preset')) {
    radio.addEventListener('change', () => {
      $('path').value = PRESETS[radio.value].path();
      $('protocols').value = ''; // those of another endpoint would make the browser refuse the connection
      update();
    });
  }
  addEventListener('hashchange', () => { readHash(); update(); });
  $('path').value ||= PRESETS.echo.path(); // a reloaded page keeps its fields
  readHash();
  update();
}
