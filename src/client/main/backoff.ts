/** The longest wait that a server may ask for. A page may not stay open for longer. */
const LONGEST_WAIT = 5 * 60_000

/** The wait that a server asks for, from seconds to milliseconds; undefined if the text is not a number. */
export function waitOf(seconds: string | null | undefined): number | undefined {
  const wait = Number(seconds) * 1000
  return wait > 0 ? Math.min(wait, LONGEST_WAIT) : undefined
}

/** Makes a backoff for each action that is retried, with the application's shortest and longest wait. */
export type Backoffs = () => Backoff

/**
 * The wait before the next try. It grows with each failure, and is random, so that clients do not come back together.
 */
export class Backoff {
  readonly #min: number
  readonly #max: number
  #failures = 0

  /** Both times are in milliseconds. */
  constructor(min: number, max: number) {
    this.#min = min
    this.#max = max
  }

  /** Counts a failure, and returns the wait: full jitter on top of the minimum. */
  next(): number {
    const spread = Math.min(this.#max, this.#min * 2 ** this.#failures++)
    return Math.min(this.#max, this.#min + Math.random() * spread)
  }

  /** The action has succeeded. */
  reset(): void {
    this.#failures = 0
  }
}
