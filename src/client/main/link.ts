import { type Backoff, waitOf } from "./backoff.ts"
import { Connection, type ConnectionContext, type ConnectionOwner } from "./connection.ts"
import { CONSEQUENCES, type Ending } from "./ending.ts"
import { PushwireError } from "./errors.ts"
import type { Event } from "./protocol.ts"

/** `waiting`: for the next try. `closed`: for good. */
export type State = "connecting" | "connected" | "waiting" | "closed"

/** What the client is doing now. */
export interface StateChange {
  readonly state: State
  /** Why the client waits, or is closed. */
  readonly error?: PushwireError | undefined
  /** The milliseconds until the next try, if the client waits. */
  readonly delay?: number | undefined
}

/** The owner of a link, which is told what happens. */
export interface LinkOwner {
  onState(change: StateChange): void
  onUp(): void
  onDown(): void
  onEvent(event: Event): void
  onError(error: PushwireError): void
}

/** The shortest time between two questions to a failing server, over HTTP, why it fails. */
const ASK_WHY_EVERY = 10_000

/** Keeps the client connected: after each ending, it decides whether and when to connect again. */
export class Link implements ConnectionOwner {
  readonly #endpoint: URL
  readonly #context: ConnectionContext
  readonly #owner: LinkOwner
  readonly #backoff: Backoff
  #state: State = "connecting"
  #connection: Connection | undefined
  /** Grows with each try, so that the results of a former try are recognized. */
  #try = 0
  #aliveSince: number | undefined
  #askedAt = 0
  #why: Promise<PushwireError> | undefined
  #tokenRefused = false
  /** Whether the client has connected again at once, and no connection has been stable since then. */
  #hurried = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #waitsSince = 0
  /** How long the server wants to be left alone from then on. */
  #asked = 0
  /** Whether the network came back, or somebody looked at the page, since the last try has begun. */
  #woken = false
  #principal: string | undefined

  constructor(endpoint: URL, context: ConnectionContext, owner: LinkOwner) {
    this.#endpoint = endpoint
    this.#context = context
    this.#owner = owner
    this.#backoff = context.backoffs()
  }

  get state(): State {
    return this.#state
  }

  get principal(): string | undefined {
    return this.#principal
  }

  /** Connects now, and no longer waits for the next try. */
  async connect(): Promise<void> {
    clearTimeout(this.#timer)
    const thisTry = ++this.#try
    this.#woken = false
    this.#become({ state: "connecting" })
    if (thisTry !== this.#try) {
      return // a listener has closed the client
    }
    try {
      const token = await this.#context.tokens.next(this.#tokenRefused ? "refused" : "connect")
      const open = await this.#context.transports.choose()
      if (thisTry === this.#try) {
        this.#connection = new Connection(this.#context, open, token, this)
      }
    } catch (cause) {
      if (thisTry === this.#try) {
        this.#retry(cause instanceof PushwireError ? cause : unreachable(cause))
      }
    }
  }

  /** A WebSocket works again: changes over to it. */
  #change(): void {
    this.#drop()
    void this.connect()
  }

  /** The network is back, or somebody looks at the page again: reason to doubt, and no time to wait for longer than must be. */
  wake(): void {
    this.#connection?.check()
    this.#woken = this.#state !== "connected"
    this.#hurry()
  }

  /** A try that was on its way may have begun before the network was there: its failure says nothing. */
  #hurry(): void {
    if (this.#woken && this.#state === "waiting") {
      const rest = Math.max(this.#context.settings.minDelay, this.#asked) - Math.abs(Date.now() - this.#waitsSince)
      this.#connectIn(rest)
    }
  }

  #connectIn(delay: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.connect(), delay)
  }

  /** For good. */
  close(error: PushwireError): void {
    if (this.#state !== "closed") {
      this.#drop()
      this.#end(error)
    }
  }

  onReady(principal: string | undefined): void {
    this.#tokenRefused = false
    this.#woken = false
    this.#principal = principal
    this.#become({ state: "connected" })
    this.#owner.onUp()
  }

  onAlive(): void {
    if (this.#aliveSince === undefined) {
      this.#aliveSince = Date.now()
      void this.#context.transports.worked(() => this.#change())
    }
  }

  onEvent(event: Event): void {
    this.#owner.onEvent(event)
  }

  onError(error: PushwireError): void {
    this.#owner.onError(error)
  }

  onEnd(ending: Ending): void {
    const { settings, pace, tokens } = this.#context
    if (this.#aliveSince !== undefined && Date.now() - this.#aliveSince >= settings.stableAfter) {
      this.#backoff.reset()
      this.#hurried = false
    }
    this.#drop()
    const { code, error } = ending
    const consequence = CONSEQUENCES[code]
    if (consequence === "never" || (consequence === "token" && !tokens.renewable)) {
      this.#end(error)
    } else if (consequence === "token") {
      this.#tokenRefused = true
      this.#retry(error, this.#hurried ? undefined : 0)
      this.#hurried = true
    } else if (ending.heard) {
      if (consequence === "slower") {
        pace.slower()
      }
      this.#retry(error)
    } else {
      if (this.#state === "connected") {
        this.#become({ state: "connecting" }) // it had only opened
      }
      if (this.#state !== "closed") {
        void this.#askWhy()
      }
    }
  }

  /** Drops the connection, or the try that is under way. */
  #drop(): void {
    clearTimeout(this.#timer)
    this.#try++
    this.#connection?.close()
    this.#connection = undefined
    this.#aliveSince = undefined
    this.#principal = undefined
    this.#owner.onDown()
  }

  /**
   * No connection came about. If the server itself would have accepted it, a proxy on the way does not, but it may
   * accept another transport.
   */
  async #askWhy(): Promise<void> {
    const thisTry = this.#try
    if (Math.abs(Date.now() - this.#askedAt) >= ASK_WHY_EVERY) {
      this.#askedAt = Date.now()
      this.#why = this.#findOut()
    }
    const why = await (this.#why as Promise<PushwireError>)
    if (why.code === "unreachable") {
      this.#askedAt = 0 // a question without an answer costs the server nothing, so the next one may follow at once
    }
    if (thisTry === this.#try) {
      this.#retry(why, why.status === 426 && this.#context.transports.next() ? 0 : undefined)
    }
  }

  async #findOut(): Promise<PushwireError> {
    try {
      const { whyRefused } = await this.#context.load()
      const { code, message, status, wait, cause } = await whyRefused(this.#endpoint, this.#context.closing)
      return new PushwireError(code, message, { status, retryAfter: waitOf(wait), cause })
    } catch (cause) {
      return unreachable(cause)
    }
  }

  #retry(error: PushwireError, at?: number): void {
    this.#asked = error.retryAfter ?? 0
    this.#waitsSince = Date.now()
    const delay = at ?? this.#asked + this.#backoff.next()
    this.#connectIn(delay)
    this.#become({ state: "waiting", error, delay })
    if (at === undefined) {
      this.#hurry()
    }
  }

  #end(error: PushwireError): void {
    this.#context.transports.stop()
    this.#become({ state: "closed", error })
  }

  #become(change: StateChange): void {
    this.#state = change.state
    this.#owner.onState(change)
  }
}

/** The error for a failure of the platform, or of the application's code. */
function unreachable(cause: unknown): PushwireError {
  return new PushwireError("unreachable", String(cause), { cause })
}
