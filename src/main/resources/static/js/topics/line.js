/** The way to the service of one client: it can be cut, and stays cut until it is mended, as a network that is gone for a while. */
export class Line {
  #cut = false;
  #sockets = new Set();

  /** For the client's option of this name. */
  WebSocket = socketsOver(this);

  get isCut() {
    return this.#cut;
  }

  cut() {
    this.#cut = true;
    for (const socket of [...this.#sockets]) socket.cut();
  }

  mend() {
    this.#cut = false;
    for (const socket of this.#sockets) socket.open();
  }

  /** For `LineSocket`. */
  add(socket) {
    this.#sockets.add(socket);
    if (!this.#cut) socket.open();
  }

  remove(socket) {
    this.#sockets.delete(socket);
  }
}

const socketsOver = line => function WebSocketOverLine(url, protocols) {
  return new LineSocket(line, url, protocols);
};

/** As much of a WebSocket as the client uses. While its line is cut it is connecting. */
class LineSocket {
  #line;
  #address;
  #socket;

  constructor(line, ...address) {
    this.#line = line;
    this.#address = address;
    line.add(this);
  }

  open() {
    if (this.#socket) return;
    this.#socket = new WebSocket(...this.#address);
    this.#socket.onopen = event => this.onopen?.(event);
    this.#socket.onmessage = event => this.onmessage?.(event);
    this.#socket.onclose = event => {
      this.#line.remove(this);
      this.onclose?.(event);
    };
  }

  cut() {
    if (!this.#socket) return;
    this.close();
    this.onclose?.({ code: 1006, reason: '' });
  }

  send(data) {
    this.#socket.send(data);
  }

  close() {
    this.#line.remove(this);
    if (!this.#socket) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
  }
}
