/** What has come and was not yet asked for. */
export class Buffer<T extends object> {
  readonly #limit: number
  #items: T[] = []
  #readers: { resolve(result: IteratorResult<T>): void; reject(reason: unknown): void }[] = []
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

  push(value: T): void {
    const reader = this.#readers.shift()
    if (reader) {
      reader.resolve({ value, done: false })
    } else {
      this.#items.push(value)
    }
  }

  /** Nothing comes any more. What waits may still be read; then the error is thrown, once. */
  end(error?: unknown): void {
    this.#ended = true
    this.#error = error
    for (const { resolve, reject } of this.#readers.splice(0)) {
      this.#last().then(resolve, reject)
    }
  }

  next(): Promise<IteratorResult<T>> {
    const value = this.#items.shift()
    if (value) {
      return Promise.resolve({ value, done: false })
    }
    return this.#ended ? this.#last() : new Promise((resolve, reject) => this.#readers.push({ resolve, reject }))
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
