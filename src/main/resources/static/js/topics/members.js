import { make, setText } from '../dom.js';

/** Who is on the topic, as one client sees it. */
export class Members {
  #list;
  #note;
  #here = new Map();
  #own;
  /** Who has come or, as `undefined`, gone since the question that is open. */
  #changed;

  constructor(list, note) {
    this.#list = list;
    this.#note = note;
  }

  /** @param why what stands in place of members */
  clear(why) {
    this.#here.clear();
    this.#own = undefined;
    this.#changed = undefined;
    this.#draw(why);
  }

  /**
   * What changes while the question is open may be missing in the answer, and is told only once: so it holds.
   *
   * @param question a promise of the members
   * @param own the client's own connection
   */
  async ask(question, own) {
    const changed = (this.#changed = new Map());
    this.#own = own;
    let members = [];
    let failure = '';
    try {
      members = await question;
    } catch (error) {
      failure = error.message;
    }
    if (changed !== this.#changed) return; // nobody waits for this answer any more
    this.#changed = undefined;
    if (failure) return this.clear(failure);
    this.#here = new Map(members.map(member => [member.connection, member]));
    for (const [connection, member] of changed) this.#change(connection, member);
    this.#draw();
  }

  join(member) {
    this.#change(member.connection, member);
    this.#draw();
  }

  leave({ connection }) {
    this.#change(connection, undefined);
    this.#draw();
  }

  #change(connection, member) {
    this.#changed?.set(connection, member);
    if (member) this.#here.set(connection, member);
    else this.#here.delete(connection);
  }

  #draw(why = '') {
    const members = [...this.#here.values()];
    const ownFirst = [...members.filter(each => this.#isOwn(each)), ...members.filter(each => !this.#isOwn(each))];
    this.#list.replaceChildren(...ownFirst.map(member => this.#chip(member)));
    setText(this.#note, why);
  }

  #isOwn({ connection }) {
    return connection === this.#own;
  }

  #chip(member) {
    const { connection, principal, info } = member;
    const name = [principal, info?.client].filter(Boolean).join(', ') || connection;
    const item = make('li', 'member', this.#isOwn(member) ? `${name} (this one)` : name);
    item.title = `Connection ${connection}`;
    return item;
  }
}
