import { $ } from './dom.js';
import { bindComposer, submitOnEnter } from './composer.js';
import { close, connect, refresh, setBinaryType } from './connection.js';
import { bindLog } from './log.js';
import { listTopics, publish } from './publish.js';
import { bindSettings, path, topicOf } from './settings.js';
import { bindCopyButtons, showSnippets } from './snippets.js';

const onSubmit = (id, action) => $(id).addEventListener('submit', event => { event.preventDefault(); action(); });

/** What a topic's subscriber would publish to first is that topic. */
function settingsChanged() {
  const topic = topicOf(path());
  if (topic || !$('publish-topic').value) $('publish-topic').value = topic ?? 'news';
  refresh();
  showSnippets();
}

function showReasonSize() {
  const bytes = new TextEncoder().encode($('close-reason').value).length;
  $('reason-size').textContent = `${bytes} of 123 bytes`;
  $('reason-size').classList.toggle('over', bytes > 123);
}

bindLog();
bindComposer();
bindCopyButtons();
bindSettings(settingsChanged);
onSubmit('connect-form', connect);
onSubmit('close-form', close);
onSubmit('publish-form', publish);
submitOnEnter($('publish-body'));
$('topics-refresh').addEventListener('click', listTopics);
$('close-reason').addEventListener('input', showReasonSize);
$('binary-type').addEventListener('change', setBinaryType);
document.addEventListener('input', showSnippets);
showReasonSize();
