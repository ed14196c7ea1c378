/** Runs a callback of the application. If it throws, the platform reports the error, and the client goes on. */
export function run<A extends unknown[]>(callback: ((...args: A) => void) | undefined, ...args: A): void {
  try {
    callback?.(...args)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** Tells listeners of events. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>()

  /** @returns a function that removes the listener */
  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void {
    const once = (event: Events[K]) => listener(event) // so that the same listener can be added twice
    const all = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, all.add(once))
    return () => {
      all.delete(once)
    }
  }

  /** @returns whether there was a listener */
  emit<K extends keyof Events>(name: K, event: Events[K]): boolean {
    const all = [...(this.#listeners.get(name) ?? [])] as ((event: Events[K]) => void)[]
    for (const listener of all) {
      run(listener, event)
    }
    return all.length > 0
  }
}
