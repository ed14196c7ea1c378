import { $ } from './dom.js';

// The page may be served under a context path: everything is found relative to it.
const base = new URL('.', document.baseURI);
export const httpUrl = path => base.origin + base.pathname.slice(0, -1) + path;
export const wsUrl = path => httpUrl(path).replace(/^http/, 'ws');

const PRESETS = {
  topic: {
    path: '/topics/news', known: 'none',
    hint: 'You receive what is published to the topic. Subscribers only listen: a message sent here ends the connection with 1003.',
    empty: 'Connect, then publish: what you publish arrives here.',
    message: 'A topic only listens. Publish instead.',
  },
  chat: {
    path: '/chat/lobby', known: 'chat, superchat',
    hint: 'Each message goes to everyone in the room, you too.',
    empty: 'Connect, write a message, and press Enter.',
    message: 'Write a message',
  },
  echo: {
    path: '/echo', known: 'echo-protocol',
    hint: 'Each message comes back as it was sent: text as text, binary as binary.',
  },
};
const OTHER = { known: 'optional', hint: 'An endpoint of your own: any path on this server.' };

export function path() {
  const typed = $('path').value.trim();
  return typed.startsWith('/') ? typed : `/${typed}`;
}

export const protocols = () => $('protocols').value.split(',').map(p => p.trim()).filter(Boolean);

/** The topic that the path names, or undefined. */
export const topicOf = path => /^\/topics\/([^/?]+)/.exec(path)?.[1];

function presetName() {
  if (topicOf(path())) return 'topic';
  return /^\/(chat|echo)(?=[/?]|$)/.exec(path())?.[1];
}

/** Brings hints, the address bar and the title in line with the fields. */
function reflect() {
  const name = presetName();
  const preset = { ...PRESETS.chat, ...OTHER, ...PRESETS[name] };
  for (const radio of document.getElementsByName('preset')) radio.checked = radio.value === name;
  $('hint').textContent = preset.hint;
  $('empty').textContent = preset.empty;
  $('message').placeholder = preset.message;
  $('protocols').placeholder = preset.known === 'none' || preset.known === 'optional' ? preset.known : `e.g. ${preset.known}`;
  const offered = protocols().map(encodeURIComponent).join(',');
  const hash = `#${path()}${offered && `&protocols=${offered}`}`;
  if (hash !== location.hash) history.replaceState(null, '', hash);
  $('second-tab').href = location.href;
  document.title = `${path()} · Pushwire`;
}

function readHash() {
  const [, path, offered] = /^#(\/.*?)(?:&protocols=([^&]*))?$/.exec(location.hash) ?? [, PRESETS.topic.path];
  $('path').value = path;
  try {
    $('protocols').value = decodeURIComponent(offered ?? '').replaceAll(',', ', ');
  } catch {
    $('protocols').value = offered; // not ours: a stray percent sign
  }
}

/** Fields, quick picks and the URL's hash say the same from now on; `changed` is called at each change. */
export function bindSettings(changed) {
  const update = () => { reflect(); changed(); };
  $('path').addEventListener('input', update);
  $('protocols').addEventListener('input', update);
  for (const radio of document.getElementsByName('preset')) {
    radio.addEventListener('change', () => {
      $('path').value = PRESETS[radio.value].path;
      $('protocols').value = ''; // those of another endpoint would make the browser refuse the connection
      update();
    });
  }
  addEventListener('hashchange', () => { readHash(); update(); });
  readHash();
  update();
}
