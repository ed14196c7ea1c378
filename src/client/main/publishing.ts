import type { Commands } from "./commands.ts"
import { encode } from "./payload.ts"
import { formatPosition } from "./position.ts"
import type { PublishedAnswer } from "./protocol.ts"

export interface PublishOptions {
  /** What the publication is about: topics that conflate send slow clients only the newest of each key. */
  key?: string | undefined
  /** A publication with the same one within five minutes is not made again. Default: one that the client makes. */
  idempotencyKey?: string | undefined
  /** Gives up waiting. What was sent already may be published all the same. */
  signal?: AbortSignal | undefined
}

/** Where a publication is now. */
export interface Published {
  readonly topic: string
  readonly position: string
  readonly offset: number
  /** Whether it had been made before, with the same idempotency key. */
  readonly duplicate: boolean
}

/** Publishes, once each, however often the connection breaks meanwhile. */
export class Publisher {
  readonly #commands: Commands
  readonly #name = [...crypto.getRandomValues(new Uint32Array(3))].map(word => word.toString(36)).join("")
  #count = 0

  constructor(commands: Commands) {
    this.#commands = commands
  }

  async publish(topic: string, data: unknown, options: PublishOptions = {}): Promise<Published> {
    const { key, idempotencyKey = `${this.#name}-${++this.#count}`, signal } = options
    const answer = await this.#commands.keep<PublishedAnswer>(
      { type: "publish", topic, ...encode(data), key, idempotencyKey },
      signal,
    )
    return { topic, position: formatPosition(answer), offset: answer.offset, duplicate: answer.duplicate ?? false }
  }
}
