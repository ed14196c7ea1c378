import assert from "node:assert/strict"
import { afterEach, beforeEach, describe, test } from "node:test"
import { connect, PushwireError } from "../main/index.ts"
import { FakeSocket, Stage, settle } from "./fakes.ts"

let stage: Stage
afterEach(() => stage.end())

function stateNames(): string[] {
  return stage.states.map(({ state }) => state)
}

describe("the first connection", () => {
  test("offers the subprotocol, and tells the states from the first on", async () => {
    stage = await Stage.connected()
    assert.equal(stage.socket.url, "wss://push.example.com/push")
    assert.deepEqual(stage.socket.protocols, ["pushwire.v1.json"])
    assert.deepEqual(stateNames(), ["connecting", "connected"])
    assert.equal(stage.client.state, "connected")
  })

  test("is tried again when it does not open in time", async () => {
    stage = new Stage({ connectTimeout: 3000 })
    await settle()
    await stage.pass(3000)
    assert.equal(stage.client.state, "waiting")
    assert.ok(stage.socket.closed)
    await stage.pass(750)
    assert.equal(stage.tries, 2)
  })

  test("is tried again when there is an error and nothing else, as in Node.js 22, and once where more follows", async () => {
    stage = new Stage()
    await settle()
    stage.socket.onerror()
    stage.socket.onclose({ code: 1006, reason: "" })
    await settle()
    assert.equal(stage.client.state, "waiting")
    await stage.pass(750)
    assert.equal(stage.tries, 2)
  })

  test("is tried again when the platform refuses the address", async () => {
    class Refusing {
      constructor() {
        throw new DOMException("an insecure WebSocket from a secure page", "SecurityError")
      }
    }
    stage = new Stage({ WebSocket: Refusing as never })
    await settle()
    assert.equal(stage.client.state, "waiting")
    assert.equal(stage.states.at(-1)?.error?.code, "unreachable")
  })
})

describe("after an ending", () => {
  beforeEach(async () => {
    stage = await Stage.connected()
  })

  async function lose(code: number): Promise<void> {
    await stage.socket.end(code, "because")
  }

  for (const code of [1000, 1001, 1005, 1006, 1011, 1012, 1013, 4503, 3999, 4999]) {
    test(`with ${code} the client comes back after a while`, async () => {
      await lose(code)
      const { state, error, delay } = stage.states.at(-1) ?? {}
      assert.equal(state, "waiting")
      assert.equal(error?.code, "connection_lost")
      assert.equal(error?.closeCode, code)
      assert.match(error?.message ?? "", /because/)
      assert.equal(delay, 750)
      await stage.pass(749)
      assert.equal(stage.tries, 1)
      await stage.pass(1)
      assert.equal(stage.tries, 2)
    })
  }

  for (const code of [1013, 4429, 4503]) {
    test(`with ${code} it waits as long as the reason says, and the random time on top`, async () => {
      await stage.socket.end(code, "not now; retry in 5 s")
      const { error, delay } = stage.states.at(-1) ?? {}
      assert.equal(error?.retryAfter, 5_000)
      assert.equal(delay, 5_750)
    })
  }

  test("a reason that asks for too long a wait is not believed", async () => {
    await stage.socket.end(1013, "not now; retry in 86400 s")
    assert.equal(stage.states.at(-1)?.error?.retryAfter, 300_000)
  })

  test("with 4400 it does not come back: it would make the same mistake", async () => {
    const waiting = assert.rejects(stage.client.publish("news", 1), { code: "closed", closeCode: 4400 })
    await settle()
    await lose(4400)
    assert.equal(stage.client.state, "closed")
    await waiting
    await stage.pass(60_000)
    assert.equal(stage.tries, 1)
    assert.throws(() => stage.client.subscribe("news"), { code: "closed" })
    await assert.rejects(stage.client.publish("news", 1), { code: "closed" })
  })

  for (const code of [4401, 4403]) {
    test(`with ${code} it does not come back without a way to a new token`, async () => {
      await lose(code)
      assert.equal(stage.client.state, "closed")
      assert.equal(stage.states.at(-1)?.error?.closeCode, code)
    })
  }

  test("waits longer after each failure, and begins anew only when a connection held for five seconds", async () => {
    const waits: (number | undefined)[] = []
    for (const lasts of [0, 1000, 4999, 5000]) {
      await stage.pass(lasts)
      stage.socket.take()
      await stage.reconnect()
      waits.push(stage.states.filter(({ state }) => state === "waiting").at(-1)?.delay)
      stage.socket.take()
    }
    assert.deepEqual(waits, [750, 1000, 1500, 750])
  })

  test("a connection that only opens, and then says nothing, is no success", async () => {
    for (const wait of [750, 1000, 1500]) {
      await stage.pass(9_000) // it had answered once
      await stage.socket.end()
      const delay = stage.states.at(-1)?.delay ?? 0
      assert.equal(delay, wait)
      await stage.pass(delay)
      await stage.socket.open()
    }
  })
})

describe("when the server is silent", () => {
  beforeEach(async () => {
    stage = await Stage.connected()
  })

  test("it is asked, and an answer will do", async () => {
    await stage.pass(24_999)
    assert.equal(stage.socket.of("ping").length, 0)
    await stage.pass(1)
    assert.equal(stage.socket.of("ping").length, 1)
    await stage.pass(9_000)
    stage.socket.take()
    await stage.passAlive(100_000)
    assert.equal(stage.client.state, "connected")
  })

  test("it is never asked where the application does not want that", async () => {
    stage.end()
    stage = await Stage.connected({ pingInterval: Number.POSITIVE_INFINITY })
    await stage.pass(24 * 60 * 60_000)
    assert.equal(stage.socket.of("ping").length, 0)
    assert.equal(stage.client.state, "connected")
  })

  test("whatever comes is a sign of life", async () => {
    await stage.pass(20_000)
    stage.socket.publish("news", 1)
    await stage.pass(20_000)
    assert.equal(stage.socket.of("ping").length, 0)
    await stage.pass(5_000)
    assert.equal(stage.socket.of("ping").length, 1)
  })

  test("it counts as lost when it does not answer, without waiting for a Close", async () => {
    await stage.pass(25_000)
    await stage.pass(9_999)
    assert.equal(stage.client.state, "connected")
    await stage.pass(1)
    assert.ok(stage.socket.closed)
    const { state, error } = stage.states.at(-1) ?? {}
    assert.equal(state, "waiting")
    assert.match(error?.message ?? "", /silent/)
    const lost = stage.socket
    await stage.pass(750)
    await stage.socket.open()
    lost.onclose({ code: 1006, reason: "" }) // much later
    assert.equal(stage.client.state, "connected")
  })

  test("a clock that was set back stops nothing", async () => {
    stage.socket.publish("news", 1)
    const { now } = Date
    Date.now = () => now() - 3_600_000
    try {
      await stage.pass(25_000)
      assert.equal(stage.socket.of("ping").length, 1)
    } finally {
      Date.now = now
    }
  })
})

describe("a refused handshake", () => {
  beforeEach(async () => {
    stage = new Stage()
    await settle()
  })

  async function refuse(status: number, body = "", headers = {}): Promise<PushwireError> {
    stage.fetch.mock.mockImplementation(async () => new Response(body, { status, headers }))
    await stage.socket.end()
    const { state, error } = stage.states.at(-1) ?? {}
    assert.equal(state, "waiting")
    assert.ok(error instanceof PushwireError)
    return error
  }

  test("is asked about once, over HTTP", async () => {
    await refuse(503)
    assert.equal(String(stage.fetch.mock.calls[0]?.arguments[0]), "https://push.example.com/push")
    await stage.pass(750)
    await stage.socket.end()
    assert.equal(stage.fetch.mock.callCount(), 1)
    await stage.pass(10_000)
    await stage.socket.end()
    assert.equal(stage.fetch.mock.callCount(), 2)
  })

  test("is a question that ends with the client", async () => {
    let asking: AbortSignal | null | undefined
    stage.fetch.mock.mockImplementation((_, init) => {
      asking = init?.signal
      return new Promise((_, reject) => asking?.addEventListener("abort", () => reject(asking?.reason)))
    })
    await stage.socket.end()
    assert.equal(asking?.aborted, false)
    stage.client.close()
    assert.ok(asking?.aborted)
    await settle()
    assert.equal(stage.timers, 0)
    assert.equal(stage.states.at(-1)?.state, "closed")
  })

  test("leaves the client without a connection, also where that had opened", async () => {
    stage.fetch.mock.mockImplementation(
      (_, init) => new Promise((_, reject) => init?.signal?.addEventListener("abort", reject)),
    )
    await stage.socket.open()
    assert.equal(stage.client.state, "connected")
    await stage.socket.end()
    assert.equal(stage.client.state, "connecting")
    stage.client.close()
    await settle()
  })

  test("says what a problem says", async () => {
    const error = await refuse(403, '{"detail":"Pages of this origin may not connect."}')
    assert.equal(error.code, "handshake_refused")
    assert.equal(error.status, 403)
    assert.match(error.message, /answers 403: Pages of this origin may not connect\./)
  })

  test("says a line of text, and not a proxy's page", async () => {
    assert.match((await refuse(401, "The token is not valid.\n")).message, /answers 401: The token is not valid\.$/)
    stage.end()
    stage = new Stage()
    await settle()
    assert.match((await refuse(502, "<html>Bad gateway</html>")).message, /answers 502$/)
  })

  test("waits as long as the server asks, within reason", async () => {
    const error = await refuse(429, "too many", { "Retry-After": "7" })
    assert.equal(error.retryAfter, 7000)
    assert.equal(stage.states.at(-1)?.delay, 7750)
    stage.end()
    stage = new Stage()
    await settle()
    assert.equal((await refuse(503, "", { "Retry-After": "86400" })).retryAfter, 300_000)
  })

  test("is unreachable when nothing answers, until something does", async () => {
    await stage.socket.end()
    assert.equal(stage.states.at(-1)?.error?.code, "unreachable")
    await stage.pass(750)
    assert.equal((await refuse(503)).status, 503)
  })
})

describe("waking up", () => {
  const page = Object.assign(new EventTarget(), { visibilityState: "visible" })
  const network = new EventTarget()

  beforeEach(async () => {
    Object.assign(globalThis, {
      document: page,
      addEventListener: network.addEventListener.bind(network),
    })
    stage = await Stage.connected()
  })

  afterEach(() => {
    Reflect.deleteProperty(globalThis, "document")
    Reflect.deleteProperty(globalThis, "addEventListener")
  })

  test("does not wait when the network is back", async () => {
    for (let i = 0; i < 5; i++) {
      await stage.reconnect()
    }
    await stage.socket.end()
    await stage.pass(1000)
    const { tries } = stage
    network.dispatchEvent(new Event("online"))
    await stage.pass(0)
    assert.equal(stage.tries, tries + 1)
  })

  test("but comes not more often than the shortest wait", async () => {
    await stage.socket.end()
    await stage.pass(750)
    await stage.socket.end()
    const { tries } = stage
    for (let i = 0; i < 10; i++) {
      network.dispatchEvent(new Event("online"))
      await settle()
    }
    assert.equal(stage.tries, tries)
  })

  test("comes as soon as the shortest wait is over when the network is back before", async () => {
    for (let i = 0; i < 5; i++) {
      await stage.reconnect()
    }
    await stage.socket.end()
    const { tries } = stage
    network.dispatchEvent(new Event("online"))
    await stage.pass(499)
    assert.equal(stage.tries, tries)
    await stage.pass(1)
    assert.equal(stage.tries, tries + 1)
  })

  test("does not wait long after a try that had begun before the network was back", async () => {
    for (let i = 0; i < 5; i++) {
      await stage.reconnect()
    }
    await stage.socket.end()
    await stage.pass(stage.states.at(-1)?.delay ?? 0)
    const { tries } = stage
    network.dispatchEvent(new Event("online"))
    await stage.socket.end()
    await stage.pass(500)
    assert.equal(stage.tries, tries + 1)
  })

  test("waits for as long as the server has asked", async () => {
    await stage.pass(10_000)
    await stage.socket.end(1013, "not now; retry in 60 s")
    await stage.pass(1_000)
    for (let i = 0; i < 10; i++) {
      network.dispatchEvent(new Event("online"))
      await settle()
    }
    await stage.pass(58_999)
    assert.equal(stage.tries, 1)
    await stage.pass(1)
    assert.equal(stage.tries, 2)
  })

  test("counts for nothing once there was a connection", async () => {
    await stage.pass(1_000)
    network.dispatchEvent(new Event("online"))
    await stage.passAlive(10_000)
    await stage.socket.end()
    await stage.pass(749)
    assert.equal(stage.tries, 1)
    await stage.pass(1)
    assert.equal(stage.tries, 2)
  })

  test("asks the server when somebody looks at the page again, and gives it up in time", async () => {
    await stage.pass(1000)
    page.visibilityState = "hidden"
    page.dispatchEvent(new Event("visibilitychange"))
    assert.equal(stage.socket.of("ping").length, 0)
    page.visibilityState = "visible"
    page.dispatchEvent(new Event("visibilitychange"))
    await settle()
    assert.equal(stage.socket.of("ping").length, 1)
    await stage.pass(10_000)
    assert.equal(stage.client.state, "waiting")
  })

  test("ends with the client", async () => {
    await stage.socket.end()
    stage.client.close()
    await stage.pass(60_000)
    network.dispatchEvent(new Event("online"))
    await settle()
    assert.equal(stage.tries, 1)
  })
})

describe("closing", () => {
  test("ends the connection and all that waits, and says so", async () => {
    stage = await Stage.connected()
    const publishing = assert.rejects(stage.client.publish("news", 1), { code: "closed" })
    const subscription = stage.client.subscribe("news")
    const ready = assert.rejects(subscription.ready, { code: "closed" })
    const iteration = subscription[Symbol.asyncIterator]().next()
    stage.client.close()
    assert.ok(stage.socket.closed)
    assert.equal(stage.states.at(-1)?.state, "closed")
    assert.deepEqual(await iteration, { value: undefined, done: true })
    await Promise.all([publishing, ready])
    assert.deepEqual(stage.errors, [])
  })

  test("in a listener is the last that the other listeners are told, too", async () => {
    stage = await Stage.connected()
    const told: string[] = []
    stage.client.on("state", ({ state }) => state === "waiting" && stage.client.close())
    stage.client.on("state", ({ state }) => told.push(state))
    await stage.socket.end()
    assert.deepEqual(told, ["waiting", "closed"])
    assert.equal(stage.client.state, "closed")
  })

  test("comes with the signal, too", async () => {
    const leaving = new AbortController()
    stage = await Stage.connected({ signal: leaving.signal })
    leaving.abort()
    assert.equal(stage.client.state, "closed")
    assert.throws(
      () => connect("https://push.example.com", { signal: leaving.signal, WebSocket: FakeSocket as never }),
      {
        name: "AbortError",
      },
    )
  })

  test("ends a try, too", async () => {
    stage = new Stage({ token: ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", reject)) })
    await settle()
    stage.client.close()
    await stage.pass(60_000)
    assert.equal(stage.tries, 0)
  })
})
