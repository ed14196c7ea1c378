import { PushwireError } from "./errors.ts"
import type { SubscribedAnswer, Wanted } from "./protocol.ts"

/** A topic, and who is told of the answer. */
export interface Asked {
  readonly wanted: Wanted
  /** Who wants it now. */
  readonly takers: ReadonlySet<unknown>
  readonly resolve: (answer: SubscribedAnswer) => void
  readonly reject: (error: PushwireError) => void
}

/** That many topics a command may have. */
const MOST = 1000

/** Topics that are subscribed to with one command: those that are asked for in one go. */
export class Batch {
  readonly #asked = new Map<string, Asked>()
  #length = 0

  /**
   * @param largest length of all of them together
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

  /** Those that are not answered yet. */
  get waiting(): Asked[] {
    return [...this.#asked.values()]
  }

  /** One of them is answered. @returns whether it was the last */
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

  /** None of them will be. */
  reject({ code, message }: PushwireError): void {
    for (const { wanted, reject } of this.waiting) {
      reject(new PushwireError(code, message, { topic: wanted.topic }))
    }
  }
}
