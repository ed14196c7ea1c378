import { Backoff } from "./backoff.ts"
import { Commands } from "./commands.ts"
import { Emitter } from "./emitter.ts"
import { PushwireError } from "./errors.ts"
import { Link, type LinkOwner, type State, type StateChange } from "./link.ts"
import { endpointOf, type Options, settingsOf } from "./options.ts"
import type { Event, Member, PlainAnswer, PresenceAnswer } from "./protocol.ts"
import type { Publication } from "./publication.ts"
import { type Published, Publisher, type PublishOptions } from "./publishing.ts"
import { Pace } from "./sender.ts"
import type { SubscribeOptions, Subscription } from "./subscription.ts"
import { Tokens } from "./tokens.ts"
import { Topics } from "./topics.ts"
import type { LoadHttp, TransportName } from "./transport.ts"
import { Transports } from "./transports.ts"
import { onWake } from "./wakeups.ts"
import { webSockets } from "./websocket.ts"

/** A topic or pattern that the server has subscribed the client to by itself, as its token says. */
export interface ServerSubscription {
  readonly topic: string
}

interface Events {
  /** What the client does has changed. */
  state: StateChange
  /** Something went wrong that nobody else was told of. */
  error: PushwireError
  /**
   * The server has subscribed the client by itself, to something that nobody here is subscribed to. Who subscribes to it before
   * the listener returns misses nothing.
   */
  subscribed: ServerSubscription
}

/** A client of one service, connected until it is closed. */
export interface PushwireClient {
  readonly state: State
  /** Whose the connection is, as the token says; none while there is no connection, and for anonymous clients. */
  readonly principal: string | undefined
  /** How the server is reached, or is being tried. Nobody needs to look: the client finds out what works. */
  readonly transport: TransportName
  /**
   * Listens to a topic, or to all that a pattern matches. What is published is handed to the listener, or, without one, to the loop that
   * iterates over the subscription. Works at any time: while there is no connection it waits for one.
   *
   * @throws TypeError where `since` is no position, or `info` no JSON
   */
  subscribe<T = unknown>(
    topic: string,
    listener: (publication: Publication<T>) => void,
    options?: SubscribeOptions,
  ): Subscription<T>
  subscribe<T = unknown>(topic: string, options?: SubscribeOptions): Subscription<T>
  /** Publishes text, a JSON value or bytes (`ArrayBuffer` or a view). Settles when the server has it. */
  publish(topic: string, data: unknown, options?: PublishOptions): Promise<Published>
  /** Who is on a topic. */
  presence(topic: string, options?: { signal?: AbortSignal | undefined }): Promise<Member[]>
  /** Settles when the server has answered. */
  ping(options?: { signal?: AbortSignal | undefined }): Promise<void>
  /** @returns what takes the listener away */
  on<K extends keyof Events>(event: K, listener: (event: Events[K]) => void): () => void
  /** Ends the connection and everything that waits. For good. */
  close(): void
}

/**
 * What `connect` does, whatever file it is in.
 *
 * @param load gets the transports over HTTP
 */
export function connectWith(load: LoadHttp, address: string | URL, options: Options): PushwireClient {
  options.signal?.throwIfAborted()
  return new Client(load, address, options)
}

class Client implements PushwireClient, LinkOwner {
  readonly #transports: Transports
  readonly #events = new Emitter<Events>()
  readonly #closing = new AbortController()
  readonly #commands: Commands
  readonly #topics: Topics
  readonly #publisher: Publisher
  readonly #link: Link
  /** Changes that listeners are still to be told of. */
  readonly #changes: StateChange[] = []

  constructor(load: LoadHttp, address: string | URL, options: Options) {
    const settings = settingsOf(options)
    const endpoint = endpointOf(address)
    const { maxQueue, minDelay, maxDelay, token, signal } = settings
    const pace = new Pace()
    const closing = this.#closing.signal
    const backoffs = () => new Backoff(minDelay, maxDelay)
    this.#commands = new Commands(pace, maxQueue, backoffs)
    this.#topics = new Topics(this.#commands, backoffs, this)
    this.#publisher = new Publisher(this.#commands)
    this.#transports = new Transports(endpoint, webSockets(endpoint, settings.WebSocket), load)
    const context = {
      transports: this.#transports,
      commands: this.#commands,
      pace,
      load,
      tokens: new Tokens(token, closing),
      closing,
      settings,
      backoffs,
    }
    this.#link = new Link(endpoint, context, this)
    signal?.addEventListener("abort", () => this.close(), { signal: closing })
    onWake(() => this.#link.wake(), closing)
    queueMicrotask(() => this.state !== "closed" && this.#link.connect()) // so that the caller hears of the first state, too
  }

  get state(): State {
    return this.#link.state
  }

  get principal(): string | undefined {
    return this.#link.principal
  }

  get transport(): TransportName {
    return this.#transports.name
  }

  subscribe<T>(
    topic: string,
    first?: ((publication: Publication<T>) => void) | SubscribeOptions,
    second?: SubscribeOptions,
  ): Subscription<T> {
    this.#requireOpen()
    const listener = typeof first === "function" ? (first as (publication: Publication) => void) : undefined
    const options = second ?? (listener ? {} : first)
    return this.#topics.subscribe(topic, listener, options as SubscribeOptions) as Subscription as Subscription<T>
  }

  async publish(topic: string, data: unknown, options?: PublishOptions): Promise<Published> {
    this.#requireOpen()
    return this.#publisher.publish(topic, data, options)
  }

  async presence(topic: string, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<Member[]> {
    this.#requireOpen()
    return (await this.#commands.keep<PresenceAnswer>({ type: "presence", topic }, signal)).members
  }

  async ping({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<void> {
    this.#requireOpen()
    await this.#commands.keep<PlainAnswer>({ type: "ping" }, signal)
  }

  on<K extends keyof Events>(event: K, listener: (event: Events[K]) => void): () => void {
    return this.#events.on(event, listener)
  }

  close(): void {
    this.#link.close(new PushwireError("closed", "The client was closed."))
  }

  onState(change: StateChange): void {
    if (change.state === "closed") {
      this.#end(change.error)
    }
    if (this.#changes.push(change) > 1) {
      return // a listener has caused it, and the others are to be told of what came before it first
    }
    for (const next of this.#changes) {
      this.#events.emit("state", next)
    }
    this.#changes.length = 0
  }

  onUp(): void {
    this.#topics.up()
    this.#commands.ready()
  }

  onDown(): void {
    this.#commands.lost()
    this.#topics.down()
  }

  onEvent(event: Event): void {
    this.#topics.take(event)
  }

  onOffered(topic: string): void {
    this.#events.emit("subscribed", { topic })
  }

  onError(error: PushwireError): void {
    if (!this.#events.emit("error", error)) {
      console.error(error)
    }
  }

  #requireOpen(): void {
    if (this.state === "closed") {
      throw new PushwireError("closed", "The client was closed.")
    }
  }

  #end(cause: PushwireError | undefined): void {
    this.#closing.abort(cause)
    const wanted = cause?.code === "closed"
    const error = wanted
      ? cause
      : new PushwireError("closed", `${cause?.message}`, { closeCode: cause?.closeCode, cause })
    this.#commands.end(error)
    this.#topics.end(wanted ? undefined : error)
  }
}
