import { $, onSubmit, submitOnEnter } from '../dom.js';
import { bindComposer } from './composer.js';
import { close, connect, refresh, setBinaryType } from './connection.js';
import { bindLog } from './log.js';
import { bindSettings } from './settings.js';

function showReasonSize() {
  const bytes = new TextEncoder().encode($('close-reason').value).length;
  $('reason-size').textContent = `${bytes} of 123 bytes`;
  $('reason-size').classList.toggle('over', bytes > 123);
}

/** Any WebSocket of the service, as the browser shows it: folded away until somebody wants to know. */
export function bindConsole() {
  bindLog();
  bindComposer();
  bindSettings(refresh);
  onSubmit($('connect-form'), connect);
  onSubmit($('close-form'), close);
  submitOnEnter($('message'));
  $('close-reason').addEventListener('input', showReasonSize);
  $('binary-type').addEventListener('change', setBinaryType);
  showReasonSize();
}
