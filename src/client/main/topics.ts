import type { Backoffs } from "./backoff.ts"
import type { Commands } from "./commands.ts"
import { PushwireError } from "./errors.ts"
import { matches } from "./pattern.ts"
import { decode } from "./payload.ts"
import { formatPosition } from "./position.ts"
import type { Event, PublicationMessage, SubscribedAnswer } from "./protocol.ts"
import type { Publication } from "./publication.ts"
import { Handle, type SubscribeOptions } from "./subscription.ts"
import { Topic, type TopicOwner } from "./topic.ts"

/** Tells the application what no subscription tells it. */
interface Teller {
  /** An error that no subscription has a callback for. */
  onError(error: PushwireError): void
  /** The server has subscribed to a topic that the application has not. */
  onOffered(topic: string): void
}

/** All topics that the application listens to. */
export class Topics implements TopicOwner {
  readonly commands: Commands
  readonly backoffs: Backoffs
  readonly #teller: Teller
  readonly #byName = new Map<string, Topic>()
  readonly #patterns = new Set<Topic>()
  #connected = false
  /** A subscription by the server, while the application is told of it. */
  #offered: SubscribedAnswer | undefined

  constructor(commands: Commands, backoffs: Backoffs, teller: Teller) {
    this.commands = commands
    this.backoffs = backoffs
    this.#teller = teller
  }

  subscribe(
    name: string,
    listener: ((publication: Publication) => void) | undefined,
    options: SubscribeOptions = {},
  ): Handle {
    options.signal?.throwIfAborted()
    const { since, last } = options
    const info = plain(options.info)
    const topic = this.#byName.get(name) ?? new Topic({ topic: name, since, last, info }, this)
    const handle = new Handle(topic, listener, options)
    if (!this.#byName.has(name)) {
      this.#byName.set(name, topic)
      if (topic.isPattern) {
        this.#patterns.add(topic)
      }
      if (this.#offered?.topic === name && (since ?? last ?? info) === undefined) {
        topic.adopt(this.#offered)
      } else if (this.#connected) {
        topic.begin()
      }
    }
    topic.add(handle)
    return handle
  }

  /** There is a connection: subscribes to all topics. */
  up(): void {
    this.#connected = true
    for (const topic of this.#byName.values()) {
      topic.begin()
    }
  }

  /** The connection is gone. */
  down(): void {
    this.#connected = false
    for (const topic of this.#byName.values()) {
      topic.lost()
    }
  }

  /** There will be no other connection. @param error the reason; undefined if the application closed the client */
  end(error: PushwireError | undefined): void {
    for (const topic of [...this.#byName.values()]) {
      if (error) {
        topic.fail(error)
      } else {
        topic.end()
      }
    }
  }

  /** Takes an event that the server sends by itself. */
  take(event: Event): void {
    const topic = this.#byName.get(event.topic)
    switch (event.type) {
      case "publication":
        this.#publish(event)
        break
      case "resumed":
        for (const each of this.#listeningTo(event.topic)) {
          each.resumed(event.topic, event, event.recovered)
        }
        break
      case "joined":
      case "left": {
        const { type, topic: _, ...member } = event
        topic?.member(type, member)
        break
      }
      case "subscribed":
        if (!topic) {
          this.#offered = event
          this.#teller.onOffered(event.topic)
          this.#offered = undefined
        }
        break
      case "unsubscribed":
        if (topic?.live) {
          topic.fail(new PushwireError("forbidden", "The server has ended the subscription.", { topic: event.topic }))
        } // else it was of one before, and this one has an answer of its own
        break
      // other types are of later versions
    }
  }

  onDone(topic: Topic): void {
    if (this.#byName.get(topic.name) === topic) {
      this.#byName.delete(topic.name)
      this.#patterns.delete(topic)
    }
  }

  onError(error: PushwireError): void {
    this.#teller.onError(error)
  }

  #publish(message: PublicationMessage): void {
    const { topic, key, traceparent, offset, epoch } = message
    const publication = { topic, data: decode(message), position: formatPosition(message), offset, key, traceparent }
    for (const each of this.#listeningTo(topic)) {
      each.take(publication, { epoch, offset })
    }
  }

  /** The topics that get a publication, by name and by pattern. */
  #listeningTo(name: string): Topic[] {
    const exactly = this.#byName.get(name)
    const byPattern = [...this.#patterns].filter(pattern => matches(pattern.name, name))
    return exactly ? [exactly, ...byPattern] : byPattern
  }
}

/**
 * As it is now and as JSON has it, since it is written again for each connection.
 *
 * @throws TypeError where it is no JSON: here and not in the middle of a connection's beginning
 */
function plain(info: unknown): unknown {
  const text: string | undefined = JSON.stringify(info)
  return text && JSON.parse(text)
}
