import type { Backoff, Backoffs } from "./backoff.ts"
import { type Asked, Batch } from "./batch.ts"
import { PushwireError } from "./errors.ts"
import type { Answer, Command, SubscribedAnswer } from "./protocol.ts"
import type { Line, Pace } from "./sender.ts"

/**
 * The server knows a key for five minutes after its publication. What was first sent longer ago than this is not sent again: with
 * some seconds for the way there.
 */
const REPEATABLE = 4.5 * 60_000

interface Waiting {
  readonly line: () => string
  /** Of a command for several topics, which is answered for each. */
  readonly batch: Batch | undefined
  /** Whether it outlives the connection. */
  readonly kept: boolean
  readonly publishes: boolean
  readonly topic: string | undefined
  readonly backoff: Backoff
  readonly resolve: (answer: never) => void
  readonly reject: (reason: PushwireError) => void
  /** Whether it was given to the present connection. */
  given: boolean
  sentAt?: number
  /** Until it is sent again over the same connection. */
  timer?: ReturnType<typeof setTimeout>
}

/** Commands that wait for their answers. Those that are kept are sent again over the next connection. */
export class Commands {
  readonly #maxKept: number
  readonly #backoffs: Backoffs
  readonly #waiting = new Map<number, Waiting>() // in the order in which they were given
  #kept = 0
  #lastId = 0
  #send: ((line: Line) => void) | undefined
  #ready = false
  readonly #pace: Pace
  /** The command that was given last, if it subscribes and was not sent yet. */
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

  /** It is also authenticated: what has waited is sent. */
  ready(): void {
    this.#ready = true
    for (const [id, waiting] of this.#waiting) {
      if (waiting.kept) {
        this.#transmit(id, waiting)
      }
    }
  }

  /** The connection has ended. What belonged to it fails; the rest stays, as far as it may be repeated. */
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

  /** There will be no other connection. */
  end(error: PushwireError): void {
    this.lost()
    for (const id of this.#waiting.keys()) {
      this.#settle(id)?.reject(error)
    }
  }

  /**
   * For the present connection alone: fails with it. The answer is given at once, and not in a promise: what comes behind it in the
   * same message may depend on it.
   */
  now<A extends Answer>(
    command: Command,
    resolve: (answer: A) => void = ignore,
    reject: (error: PushwireError) => void = ignore,
  ): void {
    this.#add(command, false, resolve, reject)
  }

  /** Subscribes, over the present connection. Topics that are asked for in one go go with one command. */
  subscribe(asked: Asked): void {
    if (!this.#open?.add(asked, this.#pace.largestBatch)) {
      const batch = new Batch()
      batch.add(asked, 0)
      this.#add({ type: "subscribe", topics: [] }, false, ignore, error => this.#refused(batch, error), batch)
      this.#open = batch
    }
  }

  /** Where one of several topics cannot be read nothing was done, and which one it is must be found out. */
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

  /** Sent over as many connections as it takes. */
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

  /** An object of the server with an `id`. */
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

  /** Its turn has come. */
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

  /** Takes it out. */
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
