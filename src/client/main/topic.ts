import type { Backoff, Backoffs } from "./backoff.ts"
import type { Commands } from "./commands.ts"
import type { PushwireError } from "./errors.ts"
import { isPattern } from "./pattern.ts"
import { formatPosition, type Position } from "./position.ts"
import type { SubscribedAnswer, Wanted } from "./protocol.ts"
import type { Reset, SharedPublication } from "./publication.ts"
import { Seen } from "./seen.ts"
import type { Handle, Source, Subscribed } from "./subscription.ts"

/** The owner of a topic. */
export interface TopicOwner {
  readonly commands: Commands
  readonly backoffs: Backoffs
  /** The topic is done: its last subscription has ended, or the server refused it. */
  onDone(topic: Topic): void
  /** An error that no subscription has a callback for. */
  onError(error: PushwireError): void
}

/** A topic or pattern that the client subscribes to once, however many subscriptions the application has. */
export class Topic implements Source {
  readonly name: string
  readonly isPattern: boolean
  readonly #owner: TopicOwner
  /** Its position is the one to continue from until the server has told one. */
  readonly #wanted: Wanted
  readonly #backoff: Backoff
  readonly #seen = new Seen()
  readonly #handles = new Set<Handle>()
  /** The newest publications, for later subscriptions that want them. */
  readonly #newest: SharedPublication[] = []
  #most = 0
  #state: "idle" | "asking" | "live" = "idle"
  /** The server's last answer. */
  #begun: Subscribed | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(wanted: Wanted, owner: TopicOwner) {
    this.name = wanted.topic
    this.isPattern = isPattern(wanted.topic)
    this.#wanted = wanted
    this.#owner = owner
    this.#backoff = owner.backoffs()
  }

  get position(): string | undefined {
    const position = this.#seen.of(this.name)
    return position && formatPosition(position)
  }

  get live(): boolean {
    return this.#state === "live"
  }

  add(handle: Handle): void {
    this.#handles.add(handle)
    this.#most = Math.max(this.#most, handle.last)
    const { position } = this
    const at = this.#seen.of(this.name)
    const newest = this.#newestFor(handle)
    queueMicrotask(() => {
      // later, so that the caller has the subscription, and has set its callbacks
      if (this.live && this.#handles.has(handle) && this.#begun) {
        handle.begun({ ...this.#begun, position, recovered: true }, at, undefined, newest)
      }
    })
  }

  leave(handle: Handle): void {
    if (this.#handles.delete(handle) && this.#handles.size === 0) {
      if (this.#state !== "idle") {
        this.#owner.commands.now({ type: "unsubscribe", topic: this.name })
      }
      this.lost()
      this.#owner.onDone(this)
    }
  }

  /** There is a connection: subscribes over it. */
  begin(): void {
    if (this.#state !== "idle") {
      return
    }
    this.#state = "asking"
    clearTimeout(this.#timer)
    const since = this.position ?? this.#wanted.since
    this.#owner.commands.subscribe({
      wanted: { ...this.#wanted, since },
      takers: this.#handles,
      resolve: answer => this.#subscribed(answer, since),
      reject: error => this.#refused(error),
    })
  }

  /** The connection is gone. */
  lost(): void {
    this.#state = "idle"
    clearTimeout(this.#timer)
  }

  take(publication: SharedPublication, at: Position): void {
    if (this.live && this.#seen.add(publication.topic, at)) {
      if (this.#newest.push(publication) > this.#most) {
        this.#newest.shift()
      }
      for (const handle of [...this.#handles]) {
        handle.deliver(publication, at)
      }
    }
  }

  /** The topic continues after an interruption inside the service. */
  resumed(topic: string, at: Position, recovered: boolean): void {
    if (this.live) {
      this.#seen.set(topic, at)
      if (!recovered) {
        this.#reset("history")
      }
    }
  }

  member(...event: Parameters<Handle["member"]>): void {
    for (const handle of [...this.#handles]) {
      handle.member(...event)
    }
  }

  /** The topic cannot continue: ends its subscriptions with an error. */
  fail(error: PushwireError): void {
    for (const handle of this.#end()) {
      if (!handle.fail(error)) {
        this.#owner.onError(error)
      }
    }
  }

  /** The client is closed: ends the subscriptions. */
  end(): void {
    for (const handle of this.#end()) {
      handle.end()
    }
  }

  #end(): Handle[] {
    const handles = [...this.#handles]
    this.#handles.clear()
    this.lost()
    this.#owner.onDone(this)
    return handles
  }

  #subscribed(answer: SubscribedAnswer, asked: string | undefined): void {
    if (this.#handles.size === 0) {
      return // no subscription is left, and an unsubscribe is on its way
    }
    const begun = this.adopt(answer)
    const at = this.#seen.of(this.name)
    for (const handle of [...this.#handles]) {
      handle.begun(begun, at, asked, begun.recovered ? this.#newestFor(handle) : [])
    }
    if (!begun.recovered) {
      this.#reset(at ? "history" : "pattern")
    }
  }

  /** The server has subscribed the client, whether the client asked for it or not. */
  adopt({ epoch, offset, connection, recovered = true }: SubscribedAnswer): Subscribed {
    const again = this.#begun !== undefined
    this.#state = "live"
    this.#backoff.reset()
    if (epoch !== undefined && offset !== undefined) {
      this.#seen.set(this.name, { epoch, offset })
    }
    this.#begun = { position: this.position, recovered: this.isPattern ? !again : recovered, connection }
    return this.#begun
  }

  #refused(error: PushwireError): void {
    if (error.temporary) {
      this.#state = "idle"
      this.#timer = setTimeout(() => this.begin(), this.#backoff.next())
    } else if (error.code !== "connection_lost" && this.#handles.size > 0) {
      this.fail(error)
    }
  }

  #newestFor({ last }: Handle): SharedPublication[] {
    return last ? this.#newest.slice(-last) : []
  }

  #reset(reason: Reset["reason"]): void {
    this.#newest.length = 0 // there were newer ones
    for (const handle of [...this.#handles]) {
      handle.reset({ position: this.position, reason })
    }
  }
}
