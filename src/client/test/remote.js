// Loaded beside the client where a test of the service runs it, in Node.js or in a page: what such tests do again and again.
globalThis.remote = {
  /** The client. */
  push: undefined,
  /** Every state it was in, and every error. */
  states: [],
  errors: [],
  /** What came, by topic, and how often it was told that something is missing. */
  got: {},
  resets: [],

  start(address, options = {}) {
    const quick = { minDelay: 50, maxDelay: 500, pingInterval: 500, pongTimeout: 1000 }
    this.push = globalThis.Pushwire.connect(address, { ...quick, ...options })
    this.push.on("state", ({ state, error }) => {
      this.states.push(state)
      if (error) {
        this.errors.push(`${error.code} ${error.closeCode ?? error.status ?? ""} ${error.message}`)
      }
    })
    this.push.on("error", error => this.errors.push(`${error.code} ${error.message}`))
  },

  async listen(topic, options) {
    this.got[topic] = []
    const subscription = this.push.subscribe(topic, ({ data }) => this.got[topic].push(data), options)
    subscription.onReset = ({ reason }) => this.resets.push(`${topic} ${reason}`)
    await subscription.ready
    return subscription
  },

  /** Publishes so many numbers that follow on another, some at a time, each until it is acknowledged. */
  async publishNumbers(topic, before, count, atATime) {
    const waiting = new Set()
    for (let number = before + 1; number <= before + count; number++) {
      const publishing = this.push.publish(topic, number).finally(() => waiting.delete(publishing))
      waiting.add(publishing)
      if (waiting.size >= atATime) {
        await Promise.race(waiting)
      }
    }
    await Promise.all(waiting)
  },

  /** A summary of what must be 1, 2, 3 and so on. */
  numbers(topic) {
    const numbers = this.got[topic].map(Number)
    const wrong = numbers.findIndex((number, i) => number !== i + 1)
    return { count: numbers.length, wrong: wrong < 0 ? [] : numbers.slice(Math.max(0, wrong - 3), wrong + 3) }
  },
}
