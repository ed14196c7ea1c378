import { covers, type Position } from "./position.ts"

/** Of how many topics a pattern remembers what came last. Only one that came by its own name as well can come twice. */
const MOST = 1000

/** What has come already, of one topic or of those that a pattern matches. */
export class Seen {
  readonly #last = new Map<string, Position>() // what has changed last stands last

  /** @returns whether this one is new */
  add(topic: string, position: Position): boolean {
    if (covers(this.#last.get(topic), position)) {
      return false
    }
    this.set(topic, position)
    return true
  }

  set(topic: string, position: Position): void {
    this.#last.delete(topic)
    this.#last.set(topic, position)
    if (this.#last.size > MOST) {
      this.#last.delete(this.#last.keys().next().value as string)
    }
  }

  of(topic: string): Position | undefined {
    return this.#last.get(topic)
  }
}
