import { $ } from '../dom.js';
import { send } from './connection.js';
import { parseHex } from '../format.js';

const asBytes = () => $('send-kind').value !== 'text';
const fromFile = () => asBytes() && $('bytes-from').value === 'file';

/** What the form holds, as the kind that was chosen. */
async function payload() {
  const text = $('message').value;
  if (!asBytes()) return text;
  const blob = $('send-kind').value === 'blob';
  if (fromFile()) {
    const file = $('file').files[0];
    if (!file) throw new Error('Choose a file first.');
    return blob ? file : file.arrayBuffer();
  }
  const bytes = $('bytes-from').value === 'hex' ? parseHex(text) : new TextEncoder().encode(text);
  return blob ? new Blob([bytes]) : bytes.buffer;
}

async function submit() {
  $('send-error').textContent = '';
  try {
    send(await payload());
    if (!fromFile()) $('message').value = '';
  } catch (e) {
    $('send-error').textContent = e.message;
  }
}

function showFields() {
  $('bytes-option').hidden = !asBytes();
  $('file').hidden = !fromFile();
  $('message').hidden = fromFile();
  $('send-error').textContent = '';
}

export function bindComposer() {
  $('send-form').addEventListener('submit', event => { event.preventDefault(); submit(); });
  $('send-kind').addEventListener('change', showFields);
  $('bytes-from').addEventListener('change', showFields);
  showFields(); // a reloaded page keeps its selects
}
