import { make, setText } from '../dom.js';

/** Who is on the topic, as one client sees it. */
export class Members {
  #list;
  #note;
  #here = new Map();
  #own;

  constructor(list, note) {
    this.#list = list;
    this.#note = note;
  }

  /** @param why what stands in place of members */
  clear(why) {
    this.#here.clear();
    this.#own = undefined;
    this.#draw(why);
  }

  /** @param own the client's own connection */
  set(members, own) {
    this.#here = new Map(members.map(member => [member.connection, member]));
    this.#own = own;
    this.#draw();
  }

  join(member) {
    this.#here.set(member.connection, member);
    this.#draw();
  }

  leave(member) {
    this.#here.delete(member.connection);
    this.#draw();
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
