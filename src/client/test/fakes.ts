import assert from "node:assert/strict"
import { type Mock, mock } from "node:test"
import { connect, type Options, type PushwireClient, type StateChange } from "../main/index.ts"

/** Lets everything run that does not wait for a timer. */
export function settle(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

interface Sent {
  type: string
  id: number
  topic?: string
  since?: string
  last?: number
  info?: unknown
  topics?: { topic: string; since?: string; last?: number; info?: unknown }[]
  token?: string
  idempotencyKey?: string
  data?: unknown
  encoding?: string
}

/** The server's end of a connection, with the face of a WebSocket towards the client. */
export class FakeSocket {
  static all: FakeSocket[] = []

  readonly url: string
  readonly protocols: string[]
  readonly messages: string[] = []
  closed = false
  onopen: () => void = () => {}
  onmessage: (event: { data: string }) => void = () => {}
  onclose: (event: { code: number; reason: string }) => void = () => {}
  onerror: () => void = () => {}
  #read = 0

  constructor(url: string, protocols: string[]) {
    this.url = url
    this.protocols = protocols
    FakeSocket.all.push(this)
  }

  send(text: string): void {
    this.messages.push(text)
  }

  close(): void {
    this.closed = true
  }

  get commands(): Sent[] {
    return this.messages.flatMap(text => text.split("\n")).map(line => JSON.parse(line) as Sent)
  }

  /** As if each topic of a command for several had one of its own. */
  get sent(): Sent[] {
    return this.commands.flatMap(
      ({ topics, ...command }) => topics?.map(topic => ({ ...command, ...topic })) ?? command,
    )
  }

  of(type: string): Sent[] {
    return this.sent.filter(command => command.type === type)
  }

  /** What the client has sent since the last time, without what it asks by itself, which is answered. */
  take(limits: object = { messageSize: 1_048_576 }): Sent[] {
    const fresh = this.sent.slice(this.#read)
    this.#read = this.sent.length
    for (const { type, id } of fresh) {
      if (type === "ping") {
        this.say({ type: "pong", id })
      } else if (type === "connect") {
        this.say({ type: "connected", id, connection: "c1", limits })
      }
    }
    return fresh.filter(({ type }) => type !== "ping" && type !== "connect")
  }

  async open(): Promise<void> {
    this.onopen()
    await settle()
  }

  /** Objects, in one message. */
  say(...objects: object[]): void {
    this.onmessage({ data: objects.map(object => JSON.stringify(object)).join("\n") })
  }

  async end(code = 1006, reason = ""): Promise<void> {
    this.onclose({ code, reason })
    await settle()
  }

  /** Says that the topics asked for are subscribed to. */
  accept(fields: object = { epoch: "e", offset: 0, recovered: true }): void {
    for (const { type, id, topic } of this.take()) {
      if (type === "subscribe") {
        this.say({ type: "subscribed", id, topic, ...(topic?.includes("*") ? {} : fields) })
      }
    }
  }

  publish(topic: string, offset: number, data: unknown = offset, epoch = "e"): void {
    this.say({ type: "publication", topic, epoch, offset, data })
  }
}

/** A client without a network, in a time of its own. */
export class Stage {
  readonly states: StateChange[] = []
  readonly errors: unknown[] = []
  readonly random: Mock<() => number>
  readonly fetch: Mock<typeof fetch>
  readonly client: PushwireClient
  readonly #timers = new Set<NodeJS.Timeout>()

  constructor(options: Options = {}) {
    FakeSocket.all = []
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.parse("2030-01-31T12:00:00Z") })
    this.#watchTimers()
    this.random = mock.method(Math, "random", () => 0.5)
    this.fetch = mock.method(globalThis, "fetch", () => Promise.reject(new TypeError("no network")))
    this.client = connect("https://push.example.com", { WebSocket: FakeSocket as never, ...options })
    this.client.on("state", change => this.states.push(change))
    this.client.on("error", error => this.errors.push(error))
  }

  /** One whose first connection is open. */
  static async connected(options: Options = {}): Promise<Stage> {
    const stage = new Stage(options)
    await settle()
    await stage.socket.open()
    stage.socket.take()
    return stage
  }

  /** How many run. */
  get timers(): number {
    return this.#timers.size
  }

  /** Closes the client, which leaves no timer behind: a program ends by itself then. */
  end(): void {
    this.client.close()
    mock.restoreAll()
    mock.timers.reset()
    assert.equal(this.timers, 0, "timers that still run")
  }

  #watchTimers(): void {
    const { setTimeout: start, clearTimeout: stop } = globalThis
    mock.method(
      globalThis,
      "setTimeout",
      (callback: (...args: unknown[]) => void, delay: number, ...args: unknown[]) => {
        const timer = start(() => {
          this.#timers.delete(timer)
          callback(...args)
        }, delay)
        this.#timers.add(timer)
        return timer
      },
    )
    mock.method(globalThis, "clearTimeout", (timer: NodeJS.Timeout) => {
      this.#timers.delete(timer)
      stop(timer)
    })
  }

  /** The newest. */
  get socket(): FakeSocket {
    const newest = FakeSocket.all.at(-1)
    if (!newest) {
      throw new Error("The client has not tried to connect.")
    }
    return newest
  }

  get tries(): number {
    return FakeSocket.all.length
  }

  async pass(milliseconds: number): Promise<void> {
    mock.timers.tick(milliseconds)
    await settle()
  }

  /** In steps, answering the pings: as a server does that is there. */
  async passAlive(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 1000) {
      await this.pass(1000)
      this.socket.take()
    }
  }

  /** Loses the connection, waits as long as the client wants, and is there again. */
  async reconnect(code = 1006): Promise<void> {
    await this.socket.end(code)
    await this.pass(this.states.at(-1)?.delay ?? 0)
    await this.socket.open()
  }
}
