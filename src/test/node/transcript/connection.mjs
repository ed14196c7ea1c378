// A WebSocket in raw frames.
import WebSocket from 'ws';
import { readable, Told } from './scenarios.mjs';

/** Pings are left out, and answered unless the scenario says otherwise. */
export class Connection extends Told {
  /** @param edges whether the transcript says by which status it was refused, or that it was opened */
  constructor(log, name, { url, query = 'EIO=4&transport=websocket', pongs = true, edges = false }) {
    super(log, name);
    this.seen = 0;
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}/socket.io/?${query}`);
    this.socket.on('message', (data, binary) => {
      if (!binary && data.toString() === '2') {
        if (pongs) {
          this.socket.send('3');
        }
        return;
      }
      this.seen++;
      this.last = data.toString();
      this.say(binary ? `< binary ${data.toString('hex')}` : `< ${readable(data.toString())}`);
      this.wake();
    });
    this.socket.on('open', () => {
      this.open = true;
      if (edges) {
        this.say('open');
      }
      this.wake();
    });
    this.socket.on('unexpected-response', (request, response) => {
      request.destroy();
      this.over(edges ? `refused ${response.statusCode}` : 'refused');
    });
    this.socket.on('error', () => this.socket.terminate());
    this.socket.on('close', () => this.over(this.seen || (this.open && edges) ? 'closed' : 'refused'));
  }

  over(how) {
    if (!this.closed) {
      this.say(how);
      this.closed = true;
      this.wake();
    }
  }

  async opened() {
    await this.until(() => this.open || this.closed, 'the opening');
  }

  /** Waits for so many messages more. */
  async receive(count = 1) {
    this.expected = (this.expected ?? 0) + count;
    await this.until(() => this.seen >= this.expected || this.closed, `message ${this.expected}`);
  }

  send(...messages) {
    messages.forEach(message => this.socket.send(message));
  }

  async end() {
    await this.until(() => this.closed, 'the end');
  }
}
