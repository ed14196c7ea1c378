/** Enough to hold a thousand subscriptions in a few messages; far below what any server takes. */
const LARGEST_BATCH = 32 * 1024

/** Commands a second, once the server has said that there were too many. It does not say how many it allows. */
const FIRST_PACE = 20

/** A server that complained once is believed for so long. */
const PACE_HOLDS = 5 * 60_000

/** What the server takes, as far as it has complained. Kept over connections. */
export class Pace {
  #perSecond = Number.POSITIVE_INFINITY
  #slowedAt = 0
  #allowance = 0
  #filledAt = 0
  #batches = true

  /** There were too many commands in a second. */
  slower(): void {
    this.#perSecond = this.#perSecond > FIRST_PACE ? FIRST_PACE : Math.max(1, this.#perSecond / 2)
    this.#slowedAt = this.#filledAt = Date.now()
    this.#allowance = 0
  }

  /** A message was too large. @returns whether it may have been so only because it held several commands */
  smaller(): boolean {
    const were = this.#batches
    this.#batches = false
    return were
  }

  get largestBatch(): number {
    return this.#batches ? LARGEST_BATCH : 0
  }

  /** How many of these commands may be sent now. */
  take(wanted: number): number {
    const now = Date.now()
    if (now - this.#slowedAt > PACE_HOLDS) {
      this.#perSecond = Number.POSITIVE_INFINITY
    }
    if (this.#perSecond === Number.POSITIVE_INFINITY) {
      return wanted
    }
    const refilled = this.#allowance + (Math.max(0, now - this.#filledAt) * this.#perSecond) / 1000
    this.#filledAt = now
    const taken = Math.min(wanted, Math.floor(refilled))
    this.#allowance = Math.min(this.#perSecond, refilled) - taken
    return Math.max(0, taken)
  }

  /** Milliseconds until another one may be sent. */
  get wait(): number {
    return Math.max(10, ((1 - this.#allowance) * 1000) / this.#perSecond)
  }
}

/** A command when its turn comes; nothing when it is not wanted any more. */
export type Line = () => string | undefined

/** Puts commands that are given in one go into one message, and sends no more than the server takes. For one connection. */
export class Sender {
  readonly #send: (lines: string) => void
  readonly #pace: Pace
  #waiting: Line[] = []
  #scheduled = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(send: (lines: string) => void, pace: Pace) {
    this.#send = send
    this.#pace = pace
  }

  push(line: Line): void {
    this.#waiting.push(line)
    if (!this.#scheduled) {
      this.#scheduled = true
      queueMicrotask(() => this.#flush())
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#waiting = []
  }

  #flush(): void {
    this.#scheduled = false
    let batch = ""
    for (const next of this.#waiting.splice(0, this.#pace.take(this.#waiting.length))) {
      const line = next()
      if (batch && line && batch.length + line.length > this.#pace.largestBatch) {
        this.#send(batch)
        batch = ""
      }
      batch += line && batch ? `\n${line}` : (line ?? "")
    }
    if (batch) {
      this.#send(batch)
    }
    if (this.#waiting.length > 0) {
      this.#scheduled = true
      this.#timer = setTimeout(() => this.#flush(), this.#pace.wait)
    }
  }
}
