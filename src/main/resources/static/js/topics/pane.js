import { connect } from '../../client/pushwire.mjs';
import { $, onSubmit, setText } from '../dom.js';
import { base } from '../origin.js';
import { change, isPattern, onChange, shown } from '../shown.js';
import { Composer } from './composer.js';
import { Entries } from './entries.js';
import { Line } from './line.js';
import { Members } from './members.js';

const HISTORY = 20; // publications that a client begins with

/** As long as the line is cut, a connection that does not open is no reason to ask the service why. */
const OPTIONS = { minDelay: 200, maxDelay: 2000, connectTimeout: 24 * 3600 * 1000 };

/** Adds a client to the page. */
export function openPane(name) {
  const root = $('pane').content.firstElementChild.cloneNode(true);
  const title = root.querySelector('h2');
  title.textContent = name;
  title.id = name.replace(/\W/g, '-').toLowerCase();
  root.setAttribute('aria-labelledby', title.id);
  $('panes').append(root);
  new Pane(name, part => root.querySelector(`[data-part=${part}]`), root);
}

/** One client of `/push` and its subscription to the topic. */
class Pane {
  #name;
  #part;
  #root;
  #entries;
  #members;
  #composer;
  #line = new Line();
  #push;
  #subscription;
  /** What publications are while a subscription begins: of the history, or replayed. Else nothing. */
  #beginning;

  constructor(name, part, root) {
    this.#name = name;
    this.#part = part;
    this.#root = root;
    part('scroller').ariaLabel = `Publications of ${name}`;
    part('message').ariaLabel = `Message of ${name}`;
    this.#entries = new Entries(part('entries'), part('scroller'));
    this.#members = new Members(part('members'), part('members-note'));
    this.#composer = new Composer(part, data => this.#publish(data));
    part('cut').addEventListener('click', () => this.#press());
    onSubmit(part('token-form'), () => {
      change({ needsToken: true });
      this.#connect();
    });
    let topic;
    onChange(() => {
      if (topic !== shown.topic) {
        topic = shown.topic;
        if (this.#push) this.#subscribe();
        else this.#connect();
      }
      this.#composer.show(this.#hasToken);
    });
  }

  get #hasToken() {
    return this.#part('token').value !== '';
  }

  /** With the token that is typed in now. */
  #connect() {
    this.#push?.close();
    this.#line = new Line();
    const push = connect(base, { ...OPTIONS, token: this.#part('token').value.trim(), WebSocket: this.#line.WebSocket });
    push.on('state', change => push === this.#push && this.#showState(change));
    push.on('error', error => this.#fail(error));
    this.#push = push;
    this.#fail();
    this.#subscribe();
    this.#showState({ state: 'connecting' });
  }

  #subscribe() {
    this.#subscription?.unsubscribe();
    this.#entries.clear();
    this.#members.clear('');
    this.#composer.allow();
    this.#fail();
    if (this.#push.state === 'closed') return;
    let again = false;
    const options = { info: { client: this.#name }, last: isPattern(shown.topic) ? undefined : HISTORY };
    const subscription = this.#push.subscribe(shown.topic, publication => this.#take(publication), options);
    subscription.onSubscribed = begun => {
      this.#begin(begun, again);
      again = true;
    };
    subscription.onReset = ({ reason }) => this.#missed(reason);
    subscription.onJoined = member => this.#members.join(member);
    subscription.onLeft = member => this.#members.leave(member);
    subscription.onError = error => this.#refused(error);
    this.#subscription = subscription;
  }

  /** Commands are answered in their order: what comes before this ping is answered was published before the client was there. */
  async #begin({ connection, recovered }, again) {
    const beginning = { kind: again ? 'replayed' : 'history' };
    this.#beginning = beginning;
    this.#showMembers(connection);
    try {
      await this.#push.ping();
    } catch {
      return; // closed meanwhile
    }
    if (this.#beginning !== beginning) return;
    this.#beginning = undefined;
    if (again && recovered) this.#entries.note('Back, and nothing was missed');
  }

  #showMembers(own) {
    if (own) this.#members.ask(this.#push.presence(shown.topic), own);
    else this.#members.clear(isPattern(shown.topic) ? 'A pattern does not show who is there.' : 'This topic does not show who is there.');
  }

  #take(publication) {
    this.#entries.publication(this.#beginning?.kind ?? 'live', publication, isPattern(shown.topic));
  }

  #missed(reason) {
    const why = { history: 'the topic does not remember so far back', pattern: 'a pattern is not recovered' }[reason] ?? reason;
    this.#entries.note(`Something may have been missed: ${why}`, 'reset');
  }

  /** The subscription has ended: the server will not have it. */
  #refused(error) {
    this.#fail(error);
    this.#composer.forbid(error.message);
    this.#members.clear('Not known to this client.');
  }

  async #publish(data) {
    const { position } = await this.#push.publish(shown.topic, data);
    this.#entries.markOwn(position);
  }

  /** The button of the connection: what it does is what stands on it. */
  #press() {
    if (this.#push.state === 'closed') {
      this.#connect();
    } else if (this.#line.isCut) {
      this.#line.mend();
      this.#showState({ state: this.#push.state });
    } else {
      this.#line.cut();
      this.#entries.note('The connection is cut');
      this.#members.clear('Not known while the connection is cut.');
    }
  }

  #showState({ state, error, delay }) {
    const cut = this.#line.isCut;
    const { principal } = this.#push;
    const words = {
      connecting: 'Connecting',
      connected: principal ? `Connected as ${principal}` : 'Connected',
      waiting: `Tries again in ${((delay ?? 0) / 1000).toFixed(1)} s`,
      closed: 'Closed',
    };
    this.#root.dataset.state = cut && state !== 'closed' ? 'cut' : state;
    setText(this.#part('state'), cut && state !== 'closed' ? 'Cut' : words[state]);
    setText(this.#part('cut'), state === 'closed' ? 'Connect' : cut ? 'Connect again' : 'Cut the connection');
    if (!cut && error) this.#fail(error);
    if (state === 'connected' && !this.#composer.isForbidden) this.#fail();
    if (state === 'closed') this.#members.clear('Not known without a connection.');
    this.#composer.connected(state);
  }

  /** @param error what went wrong; none where all is well */
  #fail(error) {
    setText(this.#part('error'), error?.message ?? '');
    if (!error || !asksForToken(error)) return;
    this.#part('token-details').open = true;
    change({ needsToken: true });
  }
}

const asksForToken = ({ code, closeCode }) =>
  ['unauthenticated', 'invalid_token', 'forbidden'].includes(code) || closeCode === 4401 || closeCode === 4403;
