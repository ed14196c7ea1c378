import { onSubmit, setText } from '../dom.js';
import { isPattern, shown } from '../shown.js';

/** Publishes what is typed, where that is allowed. */
export class Composer {
  #part;
  #publish;
  #state;
  #hasToken = false;
  #forbidden = '';
  #failure = '';
  #waiting = 0;

  /** @param publish takes text or a JSON value; settles when the service has it */
  constructor(part, publish) {
    this.#part = part;
    this.#publish = publish;
    onSubmit(part('composer'), () => this.#submit());
  }

  get isForbidden() {
    return this.#forbidden !== '';
  }

  /** The service has said that it does not take anything. */
  forbid(why) {
    this.#forbidden = why;
    this.#draw();
  }

  /** Another topic, or another token: nothing is known yet. */
  allow() {
    this.#forbidden = '';
    this.#failure = '';
    this.#draw();
  }

  /** @param hasToken whether the client shows one */
  show(hasToken) {
    this.#hasToken = hasToken;
    this.#draw();
  }

  connected(state) {
    this.#state = state;
    this.#draw();
  }

  async #submit() {
    const field = this.#part('message');
    const data = parsed(field.value);
    field.value = '';
    this.#failure = '';
    this.#waiting++;
    this.#draw();
    try {
      await this.#publish(data);
    } catch (error) {
      if (['forbidden', 'unauthenticated'].includes(error.code)) this.#forbidden = error.message;
      else this.#failure = error.message;
    }
    this.#waiting--;
    this.#draw();
  }

  /** Why nothing can be published now. */
  #obstacle() {
    if (this.#state === 'closed') return 'There is no connection.';
    if (isPattern(shown.topic)) return 'A pattern is for reading: choose a topic to publish.';
    if (this.#forbidden) return this.#forbidden;
    const rule = shown.facts?.publish;
    if (rule === 'none') return 'Clients may not publish here, only back ends over HTTP.';
    if ((rule === 'claims' || rule === 'authenticated') && !this.#hasToken) {
      return 'Here a client publishes with a token that allows it. A back end may over HTTP.';
    }
    return '';
  }

  #draw() {
    const obstacle = this.#obstacle();
    this.#part('publish').disabled = obstacle !== '';
    const away = this.#waiting && this.#state !== 'connected' ? `${this.#waiting} to publish once there is a connection.` : '';
    setText(this.#part('composer-note'), obstacle || this.#failure || away);
  }
}

/** What looks like JSON and is, is published as JSON. */
function parsed(text) {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
