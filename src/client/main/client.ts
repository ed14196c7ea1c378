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

/** A topic or pattern that the server has subscribed the client to, because its token says so. */
export interface ServerSubscription {
  readonly topic: string
}

interface Events {
  /** The client's state has changed. */
  state: StateChange
  /** An error that no other callback reports. */
  error: PushwireError
  /**
   * The server has subscribed the client to a topic or pattern that the application is not subscribed to. If the
   * application subscribes to it before the listener returns, it misses nothing.
   */
  subscribed: ServerSubscription
}

/** A client of one service, connected until it is closed. */
export interface PushwireClient {
  readonly state: State
  /** The user of the connection, by its token. Undefined without a connection, and for anonymous clients. */
  readonly principal: string | undefined
  /** The transport in use, or the one that is being tried. The client itself finds out which one works. */
  readonly transport: TransportName
  /**
   * Subscribes to a topic, or to all topics that a pattern matches. Publications go to the listener, or, without a
   * listener, to the loop that iterates over the subscription. It can be called at any time: without a connection, the
   * subscription waits for one.
   *
   * @throws TypeError where `since` is no position, or `info` no JSON
   */
  subscribe<T = unknown>(
    topic: string,
    listener: (publication: Publication<T>) => void,
    options?: SubscribeOptions,
  ): Subscription<T>
  subscribe<T = unknown>(topic: string, options?: SubscribeOptions): Subscription<T>
  /** Publishes text, a JSON value or bytes (`ArrayBuffer` or a view). Resolves when the server has the publication. */
  publish(topic: string, data: unknown, options?: PublishOptions): Promise<Published>
  /** The members of a topic. */
  presence(topic: string, options?: { signal?: AbortSignal | undefined }): Promise<Member[]>
  /** Resolves when the server has answered. */
  ping(options?: { signal?: AbortSignal | undefined }): Promise<void>
  /** @returns a function that removes the listener */
  on<K extends keyof Events>(event: K, listener: (event: Events[K]) => void): () => void
  /** Closes the client for good, and ends everything that waits. */
  close(): void
}

/**
 * The common part of `connect` in all entry files.
 *
 * @param load loads the transports over HTTP
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
