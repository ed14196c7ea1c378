import type { Limits } from "./protocol.ts"

/**
 * The largest message with several commands. It holds hundreds of subscriptions, and is far below most servers' limits.
 */
const LARGEST_BATCH = 32 * 1024

/** The rate in commands per second, until the server has told its limit. */
const UNTOLD = 10

const UNLIMITED = 1e9

/** The client uses this part of the rate, since commands come closer together on their way. */
const MARGIN = 0.8

/** The least part that the client uses, however often the server complains. */
const SMALLEST_PART = 0.2

/** The most bytes that UTF-8 takes for one UTF-16 unit of a string. */
const LARGEST_UNIT = 3

/** The rate and the message size that the server accepts. They last over connections. */
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
    this.#allowance += this.#most - before // what was sent before counts
  }

  /** A connection has begun, and the count begins anew. */
  begin(): void {
    this.#allowance = this.#most
    this.#filledAt = Date.now()
  }

  /** The server got too many commands in a second: halves the rate. */
  slower(): void {
    this.#part = Math.max(SMALLEST_PART, this.#part / 2)
  }

  /** The largest length of a message with several lines. */
  get largestBatch(): number {
    return Math.min(LARGEST_BATCH, this.#messageSize / LARGEST_UNIT)
  }

  /** Whether a line fits into a message. */
  allows(line: string): boolean {
    const most = this.#messageSize
    return line.length * LARGEST_UNIT <= most || new TextEncoder().encode(line).length <= most
  }

  /** Takes commands from the allowance. @returns how many of them may be sent now */
  take(wanted: number): number {
    const now = Date.now()
    const refill = (Math.max(0, now - this.#filledAt) * this.#rate) / 1000
    const ready = Math.min(this.#most, this.#allowance + refill)
    this.#filledAt = now
    const taken = Math.min(wanted, Math.floor(ready))
    this.#allowance = ready - taken
    return taken
  }

  /** The milliseconds until the next command may be sent. */
  get wait(): number {
    return Math.max(10, ((1 - this.#allowance) * 1000) / this.#rate)
  }

  get #rate(): number {
    return this.#perSecond * this.#part
  }

  /** How many commands may be sent at once. */
  get #most(): number {
    return Math.max(1, this.#rate)
  }
}

/** Returns a command when its turn comes; undefined if it is no longer wanted. */
export type Line = () => string | undefined

/**
 * Sends the commands of one connection, no faster than the server accepts them. Commands that are added at once share a
 * message.
 */
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
