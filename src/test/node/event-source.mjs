// An EventSource of a package from npm. Reports what it gets; ends with its standard input.
import { encode, obey, report } from './lines.mjs';

const [library, url] = process.argv.slice(2);
const { EventSource } = await import(library);
const source = new EventSource(url);

source.onopen = () => report('open');
source.onerror = () => report('error', source.readyState);
for (const type of ['message', 'binary', 'subscribed', 'reset', 'close', 'unavailable']) {
  source.addEventListener(type, event => report(type, encode(event.lastEventId), encode(event.data)));
}
obey({});
