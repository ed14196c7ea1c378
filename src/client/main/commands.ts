import type { Backoff, Backoffs } from "./backoff.ts"
import { type Asked, Batch } from "./batch.ts"
import { PushwireError } from "./errors.ts"
import type { Answer, Command, SubscribedAnswer } from "./protocol.ts"
import type { Line, Pace } from "./sender.ts"

/**
 * A publication that was first sent longer ago is not sent again. The server remembers an idempotency key for five
 * minutes, and some seconds are left for the way there.
 */
const REPEATABLE = 4.5 * 60_000

interface Waiting {
  readonly line: () => string
  /** Set for a command for several topics, which gets an answer for each topic. */
  readonly batch: Batch | undefined
  /** Whether the command outlives the connection. */
  readonly kept: boolean
  readonly publishes: boolean
  readonly topic: string | undefined
  readonly backoff: Backoff
  readonly resolve: (answer: never) => void
  readonly reject: (reason: PushwireError) => void
  /** Whether the command was handed to the present connection. */
  given: boolean
  sentAt?: number
  /** Until it is sent again over the same connection. */
  timer?: ReturnType<typeof setTimeout>
}

/** The commands that wait for their answers. Kept commands are sent again over the next connection. */
export class Commands {
  readonly #maxKept: number
  readonly #backoffs: Backoffs
  readonly #waiting = new Map<number, Waiting>() // in the order in which they were added
  #kept = 0
  #lastId = 0
  #send: ((line: Line) => void) | undefined
  #ready = false
  readonly #pace: Pace
  /** The topics of the last command, if it subscribes and was not sent yet: more topics may join it. */
  #open: Batch | undefined

  constructor(pace: Pace, maxKept: number, backoffs: Backoffs) {
    this.#pace = pace
    this.#maxKept = maxKept
    this.#backoffs = backoffs
  }

  /** A connection is open. */
  opened(send: (line: Line) => void): void {
    this.#send = send
  }

  /** The connection is also authenticated: sends the waiting commands. */
  ready(): void {
    this.#ready = true
    for (const [id, waiting] of this.#waiting) {
      if (waiting.kept) {
        this.#transmit(id, waiting)
      }
    }
  }

  /** The connection has ended. Commands for this connection alone fail, and kept commands stay. */
  lost(): void {
    this.#send = undefined
    this.#open = undefined
    this.#ready = false
    for (const [id, waiting] of this.#waiting) {
      waiting.given = false
      if (!waiting.kept) {
        this.#settle(id)?.reject(new PushwireError("connection_lost", "The connection ended before the answer came."))
      }
    }
  }

  /** There will be no other connection: all commands fail. */
  end(error: PushwireError): void {
    this.lost()
    for (const id of this.#waiting.keys()) {
      this.#settle(id)?.reject(error)
    }
  }

  /**
   * Sends a command for the present connection alone: it fails when the connection ends. The answer goes to a callback
   * and not to a promise, since what follows in the same message may depend on it.
   */
  now<A extends Answer>(
    command: Command,
    resolve: (answer: A) => void = ignore,
    reject: (error: PushwireError) => void = ignore,
  ): void {
    this.#add(command, false, resolve, reject)
  }

  /** Subscribes over the present connection. Topics that are asked for at once share a command. */
  subscribe(asked: Asked): void {
    if (!this.#open?.add(asked, this.#pace.largestBatch)) {
      const batch = new Batch()
      batch.add(asked, 0)
      this.#add({ type: "subscribe", topics: [] }, false, ignore, error => this.#refused(batch, error), batch)
      this.#open = batch
    }
  }

  /**
   * The server has refused a whole command, since it cannot read one of the topics. Halves the topics until that one is
   * found.
   */
  #refused(batch: Batch, error: PushwireError): void {
    const { waiting } = batch
    if (waiting.length < 2 || !this.#send) {
      batch.reject(error)
      return
    }
    const middle = waiting.length >> 1
    for (const half of [waiting.slice(0, middle), waiting.slice(middle)]) {
      this.#open = undefined
      for (const asked of half.filter(({ takers }) => takers.size)) {
        this.subscribe(asked) // of one that was left, the unsubscribe was carried out before
      }
    }
  }

  /** Sends a command over as many connections as it takes to get an answer. */
  keep<A extends Answer>(command: Command, signal: AbortSignal | undefined): Promise<A> {
    return new Promise<A>((resolve, reject) => {
      signal?.throwIfAborted()
      if (this.#kept >= this.#maxKept) {
        throw new PushwireError("queue_full", `${this.#kept} commands wait already: await some of them.`)
      }
      const abort = () => this.#settle(id)?.reject(signal?.reason)
      const settling =
        <V>(settle: (value: V) => void) =>
        (value: V) => {
          signal?.removeEventListener("abort", abort)
          settle(value)
        }
      const id = this.#add(command, true, settling<A>(resolve), settling(reject))
      signal?.addEventListener("abort", abort)
    })
  }

  /** Takes an object of the server that has an `id`. */
  answered(answer: Answer): void {
    const id = answer.id ?? -1
    const waiting = this.#waiting.get(id)
    const { topic = waiting?.topic } = answer as { topic?: string }
    const error = answer.type === "error" && new PushwireError(answer.code, answer.message, { topic })
    if (waiting?.batch && topic !== undefined) {
      if (waiting.batch.answered(topic, error || (answer as SubscribedAnswer))) {
        this.#settle(id)
      }
    } else if (!error) {
      this.#settle(id)?.resolve(answer as never)
    } else if (waiting?.kept && error.code === "unavailable") {
      waiting.given = false
      waiting.timer = setTimeout(() => this.#ready && this.#transmit(id, waiting), waiting.backoff.next())
    } else {
      this.#settle(id)?.reject(error)
    }
  }

  #add<A extends Answer>(
    command: Command,
    kept: boolean,
    resolve: (answer: A) => void,
    reject: (error: PushwireError) => void,
    batch?: Batch,
  ): number {
    const id = ++this.#lastId
    const numbered = { id, ...command } // the id first, so that the server can answer a line that it cannot read to its end
    const line = JSON.stringify(numbered)
    const waiting: Waiting = {
      line: batch
        ? () => JSON.stringify({ ...numbered, topics: batch.waiting.map(({ wanted }) => wanted) })
        : () => line,
      batch,
      kept,
      publishes: command.type === "publish",
      topic: "topic" in command ? command.topic : undefined,
      backoff: this.#backoffs(),
      resolve,
      reject,
      given: false,
    }
    this.#waiting.set(id, waiting)
    this.#kept += Number(kept)
    if (!kept || this.#ready) {
      this.#transmit(id, waiting)
    }
    return id
  }

  #transmit(id: number, waiting: Waiting): void {
    if (!waiting.given) {
      clearTimeout(waiting.timer) // the next connection came before its time
      waiting.given = true
      this.#open = undefined
      this.#send?.(() => this.#lineOf(id, waiting))
    }
  }

  /** The command's turn has come. @returns its line; undefined if it is not sent */
  #lineOf(id: number, waiting: Waiting): string | undefined {
    const { sentAt = Date.now(), topic, batch } = waiting
    if (batch === this.#open) {
      this.#open = undefined
    }
    const line = waiting.line()
    const fail = (code: string, message: string) =>
      this.#settle(id)?.reject(new PushwireError(code, message, { topic }))
    if (waiting.publishes && Date.now() - sentAt > REPEATABLE) {
      fail("outcome_unknown", "It may have been published.")
    } else if (waiting.publishes && !this.#pace.allows(line)) {
      fail("too_large", "Larger than the server takes.")
    }
    if (!this.#waiting.has(id)) {
      return undefined
    }
    waiting.sentAt = sentAt
    return line
  }

  /** Removes a command. */
  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    clearTimeout(waiting?.timer)
    if (this.#waiting.delete(id)) {
      this.#kept -= Number(waiting?.kept)
    }
    return waiting
  }
}

const ignore = () => {}
