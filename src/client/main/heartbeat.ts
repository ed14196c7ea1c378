/**
 * Notices a connection that is dead although no end was reported. A page sees neither the server's pings nor the loss
 * of a network. So if nothing has come for a while, the client asks, and takes anything that comes as the answer.
 */
export class Heartbeat {
  readonly #interval: number
  readonly #timeout: number
  readonly #ping: () => void
  readonly #dead: () => void
  #heardAt = 0
  #waiting = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param dead called once, if no answer comes; the caller then stops the heartbeat */
  constructor(interval: number, timeout: number, ping: () => void, dead: () => void) {
    this.#interval = interval
    this.#timeout = timeout
    this.#ping = ping
    this.#dead = dead
  }

  /** Something has come. This is called for each message, so it usually only notes the time, and sets no timer. */
  heard(): void {
    this.#heardAt = Date.now()
    if (this.#waiting) {
      this.#waiting = false
      this.#lookIn(this.#interval)
    }
  }

  /** Asks now, since the connection may be dead. */
  check(): void {
    if (!this.#waiting) {
      this.expect(this.#timeout)
      this.#ping()
    }
  }

  /** Expects an answer to something that was sent already. */
  expect(timeout: number): void {
    this.#waiting = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#dead, timeout)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #lookIn(delay: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const silent = Date.now() - this.#heardAt
      if (silent >= 0 && silent < this.#interval) {
        this.#lookIn(this.#interval - silent)
      } else {
        this.check() // the server was silent, or the clock was set back
      }
    }, delay)
  }
}
