/** A server may ask to wait, but not for ever: the page may be gone by then. */
const LONGEST_WAIT = 5 * 60_000

/** Of the seconds that a server asks to wait, milliseconds; none where they are no number. */
export function waitOf(seconds: string | null | undefined): number | undefined {
  const wait = Number(seconds) * 1000
  return wait > 0 ? Math.min(wait, LONGEST_WAIT) : undefined
}

/** Makes one for each thing that is tried again, with the application's shortest and longest wait. */
export type Backoffs = () => Backoff

/** How long to wait before the next try: longer after each failure, and never the same for all clients. */
export class Backoff {
  readonly #min: number
  readonly #max: number
  #failures = 0

  /** Milliseconds, both. */
  constructor(min: number, max: number) {
    this.#min = min
    this.#max = max
  }

  /** Counts a failure. Full jitter over a minimum: clients that lost a server together come back spread. */
  next(): number {
    const spread = Math.min(this.#max, this.#min * 2 ** this.#failures++)
    return Math.min(this.#max, this.#min + Math.random() * spread)
  }

  /** It has succeeded. */
  reset(): void {
    this.#failures = 0
  }
}
