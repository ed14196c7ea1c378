import type { Commands } from "./commands.ts"
import { encode } from "./payload.ts"
import { formatPosition } from "./position.ts"
import type { PublishedAnswer } from "./protocol.ts"

export interface PublishOptions {
  /** What the publication is about: topics that conflate send slow clients only the newest of each key. */
  key?: string | undefined
  /** Publications with the same key within five minutes are made only once. Default: a new key. */
  idempotencyKey?: string | undefined
  /** Stops waiting when it is aborted. A publication that was sent before may still be made. */
  signal?: AbortSignal | undefined
}

/** The server's answer to a publication. */
export interface Published {
  readonly topic: string
  readonly position: string
  readonly offset: number
  /** Whether an earlier publication had the same idempotency key. */
  readonly duplicate: boolean
}

/** Makes each publication once, however often the connection breaks meanwhile. */
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
