/**
 * Notices a connection that is dead without a word. A page sees neither the server's pings nor that a network has gone; so when
 * nothing has come for a while it asks, and whatever comes then is an answer.
 */
export class Heartbeat {
  readonly #interval: number
  readonly #timeout: number
  readonly #ping: () => void
  readonly #dead: () => void
  #heardAt = 0
  #waiting = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param dead called once; then it is to be stopped */
  constructor(interval: number, timeout: number, ping: () => void, dead: () => void) {
    this.#interval = interval
    this.#timeout = timeout
    this.#ping = ping
    this.#dead = dead
  }

  /** Something has come. Called for each message: it only looks at the clock, and timers stay as they are. */
  heard(): void {
    this.#heardAt = Date.now()
    if (this.#waiting) {
      this.#waiting = false
      this.#lookIn(this.#interval)
    }
  }

  /** Asks now: there is reason to doubt. */
  check(): void {
    if (!this.#waiting) {
      this.expect(this.#timeout)
      this.#ping()
    }
  }

  /** Something was asked already. */
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
        this.check() // it was silent, or the clock was set back
      }
    }, delay)
  }
}
