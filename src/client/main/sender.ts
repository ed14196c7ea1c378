import type { Limits } from "./protocol.ts"

/** Enough to hold hundreds of subscriptions; far below what most servers take. */
const LARGEST_BATCH = 32 * 1024

/** Commands a second, until the server has said how many it takes. */
const UNTOLD = 10

const UNLIMITED = 1e9

/** What part of that is used: on the way commands come closer together. */
const MARGIN = 0.8

/** The part is never smaller, however often the server complains. */
const SMALLEST_PART = 0.2

/** UTF-8 takes as many bytes, at most, for one of a string's units. */
const LARGEST_UNIT = 3

/** What the server takes. Kept over connections. */
export class Pace {
  #perSecond = UNTOLD
  #messageSize = UNLIMITED
  #part = MARGIN
  #allowance = 0
  #filledAt = 0

  told({ messageSize, commandsPerSecond = UNLIMITED }: Limits): void {
    const before = this.#most
    this.#messageSize = messageSize
    this.#perSecond = commandsPerSecond
    this.#allowance += this.#most - before // what was sent counts
  }

  /** There is a connection, for which all begins anew. */
  begin(): void {
    this.#allowance = this.#most
    this.#filledAt = Date.now()
  }

  /** There were too many commands in a second. */
  slower(): void {
    this.#part = Math.max(SMALLEST_PART, this.#part / 2)
  }

  /** The length of what goes into one message with others. */
  get largestBatch(): number {
    return Math.min(LARGEST_BATCH, this.#messageSize / LARGEST_UNIT)
  }

  /** Whether a line is not too large for a message. */
  allows(line: string): boolean {
    const most = this.#messageSize
    return line.length * LARGEST_UNIT <= most || new TextEncoder().encode(line).length <= most
  }

  /** How many of these commands may be sent now. */
  take(wanted: number): number {
    const now = Date.now()
    const refill = (Math.max(0, now - this.#filledAt) * this.#rate) / 1000
    const ready = Math.min(this.#most, this.#allowance + refill)
    this.#filledAt = now
    const taken = Math.min(wanted, Math.floor(ready))
    this.#allowance = ready - taken
    return taken
  }

  /** Milliseconds until another one may be sent. */
  get wait(): number {
    return Math.max(10, ((1 - this.#allowance) * 1000) / this.#rate)
  }

  get #rate(): number {
    return this.#perSecond * this.#part
  }

  /** At once. */
  get #most(): number {
    return Math.max(1, this.#rate)
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
    pace.begin()
  }

  push(line: Line): void {
    this.#waiting.push(line)
    if (!this.#scheduled) {
      this.#scheduled = true
      queueMicrotask(() => this.flush())
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#waiting = []
  }

  /** Sends what may be sent now. */
  flush(): void {
    clearTimeout(this.#timer)
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
      this.#timer = setTimeout(() => this.flush(), this.#pace.wait)
    }
  }
}
