import { Buffer } from "./buffer.ts"
import { run } from "./emitter.ts"
import { PushwireError } from "./errors.ts"
import { covers, type Position, parsePosition } from "./position.ts"
import type { Member } from "./protocol.ts"
import type { Publication, Reset, SharedPublication } from "./publication.ts"

export interface SubscribeOptions {
  /** The position to continue from, such as that of a rendered page. Not for patterns. */
  since?: string | undefined
  /**
   * How many of the newest publications come first, as far as the topic remembers them; 1 to 1000. If a position cannot
   * be recovered, also after a loss, they come after the reset. If the client is subscribed to the topic already, they
   * are those that it has kept for an earlier subscription with `last`. Not for patterns.
   */
  last?: number | undefined
  /** Any JSON of at most 1024 bytes that others on the topic may see. The first subscription to a topic decides. */
  info?: unknown
  /** Ends the subscription when it is aborted. */
  signal?: AbortSignal | undefined
  /** How many publications wait for `for await`. One more drops all of them, and `onReset` is called. Default 1000. */
  buffer?: number | undefined
}

/** The server has begun or continued a subscription. */
export interface Subscribed {
  /** The first publication is the one after this position. Patterns have none. */
  readonly position: string | undefined
  /** Whether nothing was missed. */
  readonly recovered: boolean
  /** The client's own id, on topics that show their members. */
  readonly connection: string | undefined
}

/** A topic or pattern that the application listens to, over all connections until it is ended. */
export interface Subscription<T = unknown> extends AsyncIterable<Publication<T>> {
  readonly topic: string
  /**
   * Settles with the first answer: rejects if the server refuses the subscription. The application need not wait for
   * it.
   */
  readonly ready: Promise<Subscribed>
  /**
   * The position of the last publication, or of the topic at the beginning. Undefined for patterns, and before `ready`.
   */
  readonly position: string | undefined
  /** Publications were missed: the application should fetch its state anew. */
  onReset: ((reset: Reset) => void) | undefined
  /** The server has begun or continued the subscription. This is called after each connection. */
  onSubscribed: ((subscribed: Subscribed) => void) | undefined
  onJoined: ((member: Member) => void) | undefined
  onLeft: ((member: Member) => void) | undefined
  /** The subscription has ended: refused, not allowed any more, or ended by the service. Without this the client's `error` event tells. */
  onError: ((error: PushwireError) => void) | undefined
  /** Ends the subscription. */
  unsubscribe(): void
}

/** What a subscription needs of its topic. */
export interface Source {
  readonly name: string
  readonly position: string | undefined
  leave(handle: Handle): void
}

/** One subscription of the application. All subscriptions to a topic share one on the connection. */
export class Handle implements Subscription {
  readonly ready: Promise<Subscribed>
  /** How many of the newest publications it wants if the client is subscribed to the topic already. */
  readonly last: number
  declare onReset: ((reset: Reset) => void) | undefined
  declare onSubscribed: ((subscribed: Subscribed) => void) | undefined
  declare onJoined: ((member: Member) => void) | undefined
  declare onLeft: ((member: Member) => void) | undefined
  declare onError: ((error: PushwireError) => void) | undefined
  readonly #source: Source
  readonly #listener: ((publication: Publication) => void) | undefined
  readonly #bufferSize: number
  readonly #ended = new AbortController()
  #buffer: Buffer<Publication> | undefined
  #from: Position | undefined
  readonly #since: string | undefined
  #started = false
  /** Publications that came before it began, in the same message that made the application subscribe. */
  readonly #held: [SharedPublication, Position][] = []
  #missed = false
  #settle!: { resolve(subscribed: Subscribed): void; reject(error: PushwireError): void }

  constructor(
    source: Source,
    listener: ((publication: Publication) => void) | undefined,
    { since, last = 0, signal, buffer = 1000 }: SubscribeOptions,
  ) {
    this.#source = source
    this.#listener = listener
    this.#bufferSize = buffer
    this.#buffer = listener ? undefined : new Buffer(buffer)
    this.#since = since
    this.last = since === undefined ? last : 0
    this.#from = since === undefined ? undefined : parsePosition(since)
    this.ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.ready.catch(() => {}) // not an unhandled rejection if no caller waits
    signal?.addEventListener("abort", () => this.unsubscribe(), { signal: this.#ended.signal })
  }

  get topic(): string {
    return this.#source.name
  }

  get position(): string | undefined {
    return this.#source.position
  }

  unsubscribe(): void {
    this.#source.leave(this)
    this.end()
  }

  [Symbol.asyncIterator](): AsyncIterator<Publication> {
    const buffer = this.#buffer ?? new Buffer(this.#bufferSize)
    this.#buffer = buffer
    if (this.#over) {
      buffer.end()
    }
    return {
      next: () => buffer.next(),
      return: async () => {
        this.unsubscribe()
        return { value: undefined, done: true }
      },
    }
  }

  /**
   * The server has begun the subscription to the topic, for the first time or again.
   *
   * @param at the position from which it continues
   * @param asked the position that was asked for
   * @param newest what it wants of what came before, if it begins now
   */
  begun(
    subscribed: Subscribed,
    at: Position | undefined,
    asked: string | undefined,
    newest: SharedPublication[] = [],
  ): void {
    const since = this.#from
    const first = !this.#started
    this.#started = true
    this.#settle.resolve(subscribed)
    this.#tell(this.onSubscribed, subscribed)
    if (first) {
      const isAhead = covers(since, at)
      if (at && since && this.#since !== asked && !isAhead) {
        this.reset({ position: subscribed.position, reason: "since" })
      }
      if (!subscribed.recovered || this.#since === asked || !isAhead) {
        this.#from = at // the server's word holds, even if it speaks of another epoch now
      }
      for (const publication of newest) {
        this.#show(publication)
      }
    }
    for (const held of this.#held.splice(0)) {
      this.deliver(...held)
    }
  }

  deliver(publication: SharedPublication, at: Position): void {
    if (!this.#started) {
      this.#held.push([publication, at])
    } else if (!covers(this.#from, at)) {
      this.#show(publication)
    }
  }

  #show(publication: SharedPublication): void {
    if (this.#buffer?.full) {
      this.#buffer.clear()
      this.reset({ position: publication.position, reason: "overflow" })
    }
    const mine = { ...publication, subscription: this.topic, missed: this.#missed }
    this.#missed = false
    this.#tell(this.#listener, mine)
    this.#buffer?.push(mine)
  }

  reset(reset: Reset): void {
    this.#missed = true
    this.#tell(this.onReset, reset)
  }

  member(event: "joined" | "left", member: Member): void {
    this.#tell(event === "joined" ? this.onJoined : this.onLeft, member)
  }

  /** Ends the subscription on behalf of the application. */
  end(): void {
    this.#finish(new PushwireError("closed", "The subscription was closed.", { topic: this.topic }))
    this.#buffer?.end()
  }

  /** Ends the subscription with an error. @returns whether the application has set a callback for it */
  fail(error: PushwireError): boolean {
    this.#finish(error)
    this.#buffer?.end(error)
    run(this.onError, error)
    return this.onError !== undefined
  }

  /** Calls back, unless an earlier callback has ended the subscription. */
  #tell<A>(callback: ((what: A) => void) | undefined, what: A): void {
    if (!this.#over) {
      run(callback, what)
    }
  }

  get #over(): boolean {
    return this.#ended.signal.aborted
  }

  /** Ends the subscription. `ready` is rejected if it is still pending. */
  #finish(error: PushwireError): void {
    this.#ended.abort()
    this.#settle.reject(error)
  }
}
