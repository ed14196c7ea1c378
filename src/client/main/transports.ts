import type { LoadHttp, OpenTransport, TransportName } from "./transport.ts"

const NAMES: TransportName[] = ["websocket", "stream", "poll"]

/** How long another transport is used before a WebSocket is tried again. */
const RETURN = 10 * 60_000

/** Chooses the transport. One that has worked is kept for the page, if there is session storage. */
export class Transports {
  readonly #endpoint: URL
  readonly #sockets: OpenTransport
  readonly #load: LoadHttp
  #at = 0
  /** When another transport than a WebSocket was first used. */
  #since = 0
  /** Of a WebSocket, while another transport is used. */
  #trial: AbortController | undefined

  /** @param load loads the transports over HTTP, which are in a file of their own */
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
      // there is no session storage, or the page may not use it
    }
  }

  get name(): TransportName {
    return NAMES[this.#at] as TransportName
  }

  /** The transport to use now. */
  async choose(): Promise<OpenTransport> {
    try {
      return this.#at > 0 ? (await this.#load()).transport(this.#endpoint, this.name, this.#since) : this.#sockets
    } catch {
      this.#at = 0 // the file could not be loaded
      return this.#sockets
    }
  }

  /**
   * The server is there, but this transport does not work: takes the next one. @returns whether that was not tried yet
   */
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
