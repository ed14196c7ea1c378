import { Backoff } from "./backoff.ts"
import { Connection, type ConnectionContext, type ConnectionOwner } from "./connection.ts"
import { consequenceOf, type Ending } from "./ending.ts"
import { PushwireError } from "./errors.ts"
import type { Event } from "./protocol.ts"
import { whyRefused } from "./refusal.ts"

/** `waiting`: for the next try. `closed`: for good. */
export type State = "connecting" | "connected" | "waiting" | "closed"

/** What the client is doing now. */
export interface StateChange {
  readonly state: State
  /** Why it waits, or is closed. */
  readonly error?: PushwireError | undefined
  /** While it waits: milliseconds until the next try. */
  readonly delay?: number | undefined
}

/** Who sees the link come and go. */
export interface LinkOwner {
  onState(change: StateChange): void
  onUp(): void
  onDown(): void
  onEvent(event: Event): void
  onError(error: PushwireError): void
}

/** How often, at most, a failing server is asked over HTTP why it fails. */
const ASK_WHY_EVERY = 30_000

/** Sees to it that there is a connection: decides, after each ending, whether and when to come back. */
export class Link implements ConnectionOwner {
  readonly #endpoint: URL
  readonly #context: ConnectionContext
  readonly #owner: LinkOwner
  readonly #backoff: Backoff
  #state: State = "connecting"
  #connection: Connection | undefined
  /** Goes up with each try, so that what belongs to a former one is told apart. */
  #try = 0
  #triedAt = 0
  #aliveSince: number | undefined
  #askedAt = 0
  #tokenRefused = false
  /** Whether it has come back at once already, without a connection that held since then. */
  #hurried = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #principal: string | undefined

  constructor(endpoint: URL, context: ConnectionContext, owner: LinkOwner) {
    const { minDelay, maxDelay } = context.settings
    this.#endpoint = endpoint
    this.#context = context
    this.#owner = owner
    this.#backoff = new Backoff(minDelay, maxDelay)
  }

  get state(): State {
    return this.#state
  }

  get principal(): string | undefined {
    return this.#principal
  }

  /** Connects now, whatever it is waiting for. */
  async connect(): Promise<void> {
    clearTimeout(this.#timer)
    const thisTry = ++this.#try
    this.#triedAt = Date.now()
    this.#become({ state: "connecting" })
    try {
      const token = await this.#context.tokens.next(this.#tokenRefused ? "refused" : "connect")
      if (thisTry === this.#try) {
        this.#connection = new Connection(this.#context, token, this)
      }
    } catch (cause) {
      if (thisTry === this.#try) {
        this.#retry(cause instanceof PushwireError ? cause : new PushwireError("unreachable", String(cause), { cause }))
      }
    }
  }

  /** The network is back, or somebody looks at the page again: no time to wait, and reason to doubt. */
  wake(): void {
    this.#connection?.check()
    const { minDelay } = this.#context.settings
    if (this.#state === "waiting" && Math.abs(Date.now() - this.#triedAt) >= minDelay) {
      void this.connect()
    }
  }

  /** For good. */
  close(error: PushwireError): void {
    if (this.#state !== "closed") {
      this.#drop()
      this.#become({ state: "closed", error })
    }
  }

  onReady(principal: string | undefined): void {
    this.#tokenRefused = false
    this.#principal = principal
    this.#become({ state: "connected" })
    this.#owner.onUp()
  }

  onAlive(): void {
    this.#aliveSince ??= Date.now()
  }

  onEvent(event: Event): void {
    this.#owner.onEvent(event)
  }

  onError(error: PushwireError): void {
    this.#owner.onError(error)
  }

  onEnd(ending: Ending): void {
    const { settings, commands, pace, tokens } = this.#context
    if (this.#aliveSince !== undefined && Date.now() - this.#aliveSince >= settings.stableAfter) {
      this.#backoff.reset()
      this.#hurried = false
    }
    this.#drop()
    const error = ending.error ?? errorOf(ending)
    const consequence = consequenceOf(ending.code)
    if (consequence === "never" || (consequence === "token" && !tokens.renewable)) {
      this.#become({ state: "closed", error })
    } else if (consequence === "token") {
      this.#tokenRefused = true
      this.#retry(error, this.#hurried ? undefined : 0)
      this.#hurried = true
    } else if (!ending.opened) {
      void this.#askWhy(error)
    } else {
      if (consequence === "slower") {
        pace.slower()
      } else if (consequence === "smaller" && !pace.smaller()) {
        commands.rejectLargest()
      }
      this.#retry(error)
    }
  }

  /** The connection, and all that waits for one. */
  #drop(): void {
    clearTimeout(this.#timer)
    this.#try++
    this.#connection?.close()
    this.#connection = undefined
    this.#aliveSince = undefined
    this.#principal = undefined
    this.#owner.onDown()
  }

  async #askWhy(error: PushwireError): Promise<void> {
    const thisTry = this.#try
    if (Math.abs(Date.now() - this.#askedAt) < ASK_WHY_EVERY) {
      this.#retry(error)
      return
    }
    this.#askedAt = Date.now()
    const why = await whyRefused(this.#endpoint)
    if (thisTry === this.#try) {
      this.#retry(why)
    }
  }

  #retry(error: PushwireError, at?: number): void {
    const delay = at ?? Math.max(this.#backoff.next(), error.retryAfter ?? 0)
    this.#timer = setTimeout(() => this.connect(), delay)
    this.#become({ state: "waiting", error, delay })
  }

  #become(change: StateChange): void {
    this.#state = change.state
    this.#owner.onState(change)
  }
}

function errorOf({ code, reason }: Ending): PushwireError {
  return new PushwireError("connection_lost", `The connection ended with ${code}${reason && `: ${reason}`}`, {
    closeCode: code,
  })
}
