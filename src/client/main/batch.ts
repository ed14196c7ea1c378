import { PushwireError } from "./errors.ts"
import type { SubscribedAnswer, Wanted } from "./protocol.ts"

/** A topic, with the callbacks for its answer. */
export interface Asked {
  readonly wanted: Wanted
  /** Who wants it now. */
  readonly takers: ReadonlySet<unknown>
  readonly resolve: (answer: SubscribedAnswer) => void
  readonly reject: (error: PushwireError) => void
}

/** The most topics of one command. */
const MOST = 1000

/** The topics of one subscribe command: those that the application asks for at once. */
export class Batch {
  readonly #asked = new Map<string, Asked>()
  #length = 0

  /**
   * @param largest the largest length of all topics together, as JSON
   * @returns whether there was room
   */
  add(asked: Asked, largest: number): boolean {
    const { wanted } = asked
    this.#length += JSON.stringify(wanted).length
    if (this.#asked.size > 0 && (this.#length > largest || this.#asked.size === MOST)) {
      return false
    }
    this.#asked.set(wanted.topic, asked)
    return true
  }

  /** The topics that have no answer yet. */
  get waiting(): Asked[] {
    return [...this.#asked.values()]
  }

  /** Takes the answer for one topic. @returns whether it was the last one */
  answered(topic: string, answer: SubscribedAnswer | PushwireError): boolean {
    const asked = this.#asked.get(topic)
    this.#asked.delete(topic)
    if (answer instanceof PushwireError) {
      asked?.reject(answer)
    } else {
      asked?.resolve(answer)
    }
    return this.#asked.size === 0
  }

  /** Rejects all topics that have no answer yet. */
  reject({ code, message }: PushwireError): void {
    for (const { wanted, reject } of this.waiting) {
      reject(new PushwireError(code, message, { topic: wanted.topic }))
    }
  }
}
