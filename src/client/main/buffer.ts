/** The values that have come and were not read yet. */
export class Buffer<T extends object> {
  readonly #limit: number
  #items: T[] = []
  #readers: ((result: IteratorResult<T> | Promise<IteratorResult<T>>) => void)[] = []
  #ended = false
  #error: unknown

  constructor(limit: number) {
    this.#limit = limit
  }

  get full(): boolean {
    return this.#items.length >= this.#limit
  }

  clear(): void {
    this.#items = []
  }

  /** Adds a value. Does nothing after the end. */
  push(value: T): void {
    const reader = this.#readers.shift()
    if (reader) {
      reader({ value, done: false })
    } else if (!this.#ended) {
      this.#items.push(value)
    }
  }

  /** Ends the buffer. Waiting values can still be read. Then the first error is thrown, once. */
  end(error?: unknown): void {
    this.#ended = true
    this.#error ??= error
    for (const reader of this.#readers.splice(0)) {
      reader(this.#last())
    }
  }

  next(): Promise<IteratorResult<T>> {
    const value = this.#items.shift()
    if (value) {
      return Promise.resolve({ value, done: false })
    }
    return this.#ended ? this.#last() : new Promise(resolve => this.#readers.push(resolve))
  }

  async #last(): Promise<IteratorResult<T>> {
    const error = this.#error
    this.#error = undefined
    if (error !== undefined) {
      throw error
    }
    return { value: undefined, done: true }
  }
}
