import { covers, type Position } from "./position.ts"

/**
 * How many topics a pattern remembers. Only publications of topics that are also subscribed to by name can come twice.
 */
const MOST = 1000

/** How far publications have come: of one topic, or of each topic that a pattern matches. */
export class Seen {
  readonly #last = new Map<string, Position>() // the last one changed comes last

  /** @returns whether the publication is new */
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
