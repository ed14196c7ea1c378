import { $, setText } from './dom.js';
import { publishUrl } from './publish.js';
import { path, protocols, topicOf, wsUrl } from './settings.js';

const quote = text => `'${text.replaceAll("'", `'\\''`)}'`; // for a shell

function browser() {
  const offered = protocols();
  const more = offered.length ? `, ${JSON.stringify(offered)}` : '';
  const lines = [`const ws = new WebSocket(${JSON.stringify(wsUrl(path()))}${more});`];
  if ($('binary-type').value === 'arraybuffer') lines.push('ws.binaryType = "arraybuffer";');
  lines.push('ws.onmessage = event => console.log(event.data);');
  lines.push(topicOf(path()) ? 'ws.onclose = event => console.log(event.code, event.reason);' : 'ws.onopen = () => ws.send("hello");');
  return lines.join('\n');
}

function curl() {
  const body = $('publish-body').value;
  const parts = ['curl'];
  // The key itself stays out of what may be pasted into a chat.
  if ($('publish-key').value) parts.push('-H "Authorization: Bearer $PUSHWIRE_KEY"');
  if ($('publish-type').value === 'application/octet-stream') parts.push("-H 'Content-Type: application/octet-stream'");
  parts.push(body.startsWith('@') ? '--data-raw' : '-d', quote(body)); // -d @x would send the file x
  parts.push(publishUrl());
  return parts.join(' ');
}

export function showSnippets() {
  setText('code-js', browser());
  setText('code-curl', curl());
}

async function copy(button) {
  const source = $(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    // No clipboard on plain http from another host: the older way still works there.
    getSelection().selectAllChildren(source);
    document.execCommand('copy');
  }
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
}

export function bindCopyButtons() {
  for (const button of document.querySelectorAll('[data-copy]')) button.addEventListener('click', () => copy(button));
}
