import type { LoadHttp, OpenTransport, TransportName } from "./transport.ts"

const NAMES: TransportName[] = ["websocket", "stream", "poll"]

/** How long another transport is used until a WebSocket is tried again. */
const RETURN = 10 * 60_000

/** Which way to the server is taken. What has worked is kept for the page, where there is a place for that. */
export class Transports {
  readonly #endpoint: URL
  readonly #sockets: OpenTransport
  readonly #load: LoadHttp
  #at = 0
  /** When something else than a WebSocket was taken. */
  #since = 0
  /** Of a WebSocket, while another transport is used. */
  #trial: AbortController | undefined

  /** @param load gets those over HTTP, which are not part of the first file */
  constructor(endpoint: URL, sockets: OpenTransport, load: LoadHttp) {
    this.#endpoint = endpoint
    this.#sockets = sockets
    this.#load = load
    try {
      const [name, since] = globalThis.sessionStorage.getItem(`pushwire ${endpoint}`)?.split(" ") ?? []
      if (Date.now() - Number(since) < RETURN) {
        this.#at = Math.max(0, NAMES.indexOf(name as TransportName))
        this.#since = Number(since)
      }
    } catch {
      // there is none, or it is not for this page
    }
  }

  get name(): TransportName {
    return NAMES[this.#at] as TransportName
  }

  /** The one to take now. */
  async choose(): Promise<OpenTransport> {
    try {
      return this.#at > 0 ? (await this.#load()).transport(this.#endpoint, this.name, this.#since) : this.#sockets
    } catch {
      this.#at = 0 // the file could not be loaded
      return this.#sockets
    }
  }

  /** The server is there, but nothing came of this one. @returns whether there is another one that was not tried yet */
  next(): boolean {
    this.stop()
    this.#at = (this.#at + 1) % NAMES.length
    this.#since = Date.now()
    return this.#at > 0
  }

  /** The present one works. @param back called when a WebSocket would work again, some time later */
  async worked(back: () => void): Promise<void> {
    if (this.#at > 0 && !this.#trial) {
      const trial = new AbortController()
      this.#trial = trial
      const { isThrough } = await this.#load()
      const delay = this.#since + RETURN - Date.now()
      const through = await isThrough(this.#endpoint, this.#sockets, delay, trial.signal)
      if (trial === this.#trial) {
        this.stop()
        if (through) {
          this.#at = 0
          back()
        } else {
          this.#since = Date.now()
          void this.worked(back)
        }
      }
    }
  }

  stop(): void {
    this.#trial?.abort()
    this.#trial = undefined
  }
}
