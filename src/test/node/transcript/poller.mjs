// Polls and posts, request by request.
import { request } from 'node:http';
import { eventually, PATIENCE, readable, Told } from './scenarios.mjs';

const SEPARATOR = '\x1e';
const PING = '2';
const NOOP = '6';

/** An answer as the transcript shows it. */
const shown = ({ status, body }) => [status, body.split(SEPARATOR).map(readable).join(' | ')].join(' ').trimEnd();

/**
 * Sends a request over a connection of its own.
 *
 * @param give called with the request instead of sending `body`
 * @returns its answer; `status` is "cut off" for none
 */
export const exchange = (url, method, query, { body, headers, give } = {}) =>
  new Promise(resolve => {
    const sent = request(`${url}/socket.io/?${query}`, { method, headers, agent: false }, answer => {
      const pieces = [];
      answer.on('data', piece => pieces.push(piece));
      answer.on('error', () => resolve({ status: 'cut off', body: '', headers: {} }));
      answer.on('end', () =>
        resolve({ status: answer.statusCode, body: Buffer.concat(pieces).toString(), headers: answer.headers }));
    });
    sent.setTimeout(PATIENCE, () => resolve({ status: 'no answer', body: '', headers: {} }));
    sent.on('error', () => resolve({ status: 'cut off', body: '', headers: {} }));
    if (give) {
      give(sent);
    } else {
      sent.end(body);
    }
  });

/** A client that polls. */
export class Poller extends Told {
  constructor(log, name, { url, query = 'EIO=4&transport=polling', pongs = true }) {
    super(log, name);
    this.url = url;
    this.query = query;
    this.pongs = pongs;
    this.packets = [];
  }

  send(method, options) {
    return exchange(this.url, method, this.query, options);
  }

  /** Any request, with what it is called in the transcript. */
  async ask(name, method, query, options) {
    this.say(`${name}: ${shown(await exchange(this.url, method, query, options))}`);
  }

  /** Begins the session. */
  async open() {
    const answer = await this.send('GET');
    this.say(`open: ${shown(answer)}`);
    this.sid = JSON.parse(answer.body.slice(1)).sid;
    this.query += `&sid=${this.sid}`;
  }

  /** One poll, as it is. */
  async poll(name = 'poll') {
    const answer = await this.send('GET');
    this.say(`${name}: ${shown(answer)}`);
    return answer;
  }

  /** A poll that waits once this is done; what comes of it is in the transcript where the scenario awaits the result's `answer()`. */
  async waitingPoll(options) {
    const raw = this.send('GET', options);
    await eventually(
      async () => (await (await fetch(`${this.url}/waiting?sid=${encodeURIComponent(this.sid)}`)).text()) === 'true',
      'a poll that waits',
    );
    return { raw, answer: async (name = 'poll') => this.say(`${name}: ${shown(await raw)}`) };
  }

  /** One post of packets. */
  async post(...packets) {
    this.say(`post: ${shown(await this.send('POST', { body: packets.length === 1 ? packets[0] : packets.join(SEPARATOR) }))}`);
  }

  /** Posts again and again until that is refused: the server may not know yet of what it does not go with. */
  async postRefused(name, packet) {
    let answer;
    await eventually(async () => (answer = await this.send('POST', { body: packet })).status !== 200, 'a refusal');
    this.say(`${name}: ${shown(answer)}`);
  }

  /** Polls until so many packets more are there, or the session is over. Answers pings, and leaves them out, as it does what means nothing. */
  async receive(count = 1) {
    while (this.packets.length < count && !this.closed) {
      const answer = await this.send('GET');
      if (answer.status !== 200) {
        this.packets.push(shown(answer));
        this.closed = true;
        break;
      }
      const packets = answer.body.split(SEPARATOR);
      if (packets.includes(PING) && this.pongs) {
        await this.send('POST', { body: '3' });
      }
      this.packets.push(...packets.filter(packet => packet !== PING && packet !== NOOP));
    }
    for (const packet of this.packets.splice(0, count)) {
      this.last = packet;
      this.say(`< ${readable(packet)}`);
    }
  }

  /** Until the session is over. */
  async end() {
    await this.receive(Infinity);
  }

  /** Polls until the session is unknown: the server learns of what ended it by itself. */
  async unknown() {
    await eventually(async () => (await this.send('GET')).body.startsWith('{"code":1,'), 'the end');
    this.say('unknown');
  }
}
