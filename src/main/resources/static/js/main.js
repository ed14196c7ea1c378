import { bindSnippets } from './code/snippets.js';
import { bindConsole } from './console/console.js';
import { bindSocketIo } from './socketio/socketio.js';
import { bindFacts } from './topics/facts.js';
import { bindOverHttp } from './topics/overhttp.js';
import { openPane } from './topics/pane.js';
import { bindTopic } from './topics/topic.js';
import { bindTopicsNow } from './topics/topicsnow.js';

bindOverHttp();
bindSnippets();
bindFacts();
openPane('Client A');
openPane('Client B');
bindTopicsNow();
bindSocketIo();
bindConsole();
bindTopic();
