/** Runs what the application gave us. What it throws is the application's, and stops nothing of ours. */
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

  /** @returns what takes the listener away */
  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): () => void {
    const once = (event: Events[K]) => listener(event) // a function of its own, so that the same one may listen twice
    const all = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, all.add(once))
    return () => {
      all.delete(once)
    }
  }

  /** @returns whether anybody listened */
  emit<K extends keyof Events>(name: K, event: Events[K]): boolean {
    const all = [...(this.#listeners.get(name) ?? [])] as ((event: Events[K]) => void)[]
    for (const listener of all) {
      run(listener, event)
    }
    return all.length > 0
  }
}
