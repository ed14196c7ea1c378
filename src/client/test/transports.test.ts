import assert from "node:assert/strict"
import { afterEach, beforeEach, describe, mock, test } from "node:test"
import "../main/http.ts"
import { CONNECTED, FakeHttp, lines } from "./fakehttp.ts"
import { FakeSocket, Stage, settle } from "./fakes.ts"

let stage: Stage
let http: FakeHttp
let got: unknown[]
afterEach(() => {
  stage.end()
  Reflect.deleteProperty(globalThis, "sessionStorage")
})

async function start(options = {}): Promise<void> {
  got = []
  stage = new Stage(options)
  http = new FakeHttp()
  await rest()
}

/** A file is loaded, too, and more than one promise follows on another. */
async function rest(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await settle()
  }
}

async function lose(): Promise<void> {
  await stage.socket.end()
  await rest()
  await stage.pass(0)
  await rest()
}

/** Until the client has the stream that it goes on to when no WebSocket opens. */
async function toStream(): Promise<void> {
  await lose()
  http.openStream(http.one("POST"))
  await rest()
  http.say(CONNECTED)
  await rest()
}

/** Until it has a session that it polls. */
async function toPolls(): Promise<void> {
  await lose()
  http.one("POST").fail() // the stream
  await rest()
  await stage.pass(0)
  await rest()
  http.one("POST").answer(200, lines(CONNECTED))
  await rest()
}

function commands(
  body: string,
): { type: string; id: number; topic?: string; topics?: { topic: string; since?: string }[] }[] {
  return body.split("\n").map(line => JSON.parse(line))
}

/** Of the next request, answered as taken. */
async function posted(): Promise<ReturnType<typeof commands>> {
  const { body, answer } = http.one("POST")
  answer(202)
  await rest()
  return commands(body)
}

describe("the way to the server", () => {
  beforeEach(() => start())

  test("is a stream where no WebSocket opens, though the server is there", async () => {
    assert.equal(stage.client.transport, "websocket")
    await lose()
    assert.equal(stage.client.transport, "stream")
    const { error, delay } = stage.states.at(-2) ?? {}
    assert.equal(delay, 0)
    assert.match(error?.message ?? "", /proxy/)
    const opening = http.one("POST")
    assert.equal(opening.url.href, "https://push.example.com/push")
    http.openStream(opening)
    await rest()
    assert.equal(stage.client.state, "connecting")
    http.say(CONNECTED)
    await rest()
    assert.equal(stage.client.state, "connected")
  })

  test("is a stream where a WebSocket opens and stays silent", async () => {
    await stage.socket.open()
    await stage.pass(4_999)
    assert.equal(stage.client.state, "connected")
    await stage.pass(1)
    await rest()
    await stage.pass(0)
    await rest()
    assert.equal(stage.client.transport, "stream")
  })

  test("is a stream where a WebSocket opens and is cut off without a word", async () => {
    await stage.socket.open()
    await lose()
    assert.equal(stage.client.transport, "stream")
  })

  test("stays a WebSocket where that was heard of", async () => {
    await stage.socket.open()
    stage.socket.take()
    await lose()
    assert.equal(stage.client.transport, "websocket")
    assert.equal(stage.client.state, "waiting")
  })

  test("stays a WebSocket where the server closes it", async () => {
    await stage.socket.open()
    await stage.socket.end(1012)
    await rest()
    assert.equal(stage.client.transport, "websocket")
    assert.equal(stage.states.at(-1)?.error?.closeCode, 1012)
  })

  for (const status of [401, 403, 429, 502, 503]) {
    test(`stays a WebSocket where the server answers ${status}`, async () => {
      http.why = status
      await lose()
      assert.equal(stage.client.transport, "websocket")
      assert.equal(stage.states.at(-1)?.error?.status, status)
      assert.equal(stage.states.at(-1)?.delay, 750)
    })
  }

  test("is polls where a stream says nothing", async () => {
    await lose()
    http.openStream(http.one("POST"))
    await stage.pass(5_000)
    await rest()
    await stage.pass(0)
    await rest()
    assert.equal(stage.client.transport, "poll")
    const { url } = http.one("POST")
    assert.equal(url.searchParams.get("wait"), "20")
  })

  test("is polls where a stream is somebody else's page", async () => {
    await lose()
    http.one("POST").answer(200, "<html>Log in to this Wi-Fi</html>\n")
    await rest()
    await stage.pass(0)
    await rest()
    assert.equal(stage.client.transport, "poll")
  })

  test("is tried again from the first on, after a while, where nothing works", async () => {
    await lose()
    for (let i = 0; i < 2; i++) {
      http.one("POST").answer(404)
      await rest()
      await stage.pass(0)
      await rest()
    }
    assert.equal(stage.client.transport, "websocket")
    assert.equal(stage.client.state, "waiting")
    assert.equal(stage.states.at(-1)?.delay, 750)
    await stage.pass(750)
    assert.equal(stage.tries, 2)
  })

  test("ends with the client", async () => {
    await toStream()
    http.take("POST")
    stage.client.close()
    await rest()
    const { url } = http.one("POST")
    assert.equal(url.href, "https://push.example.com/push/n-secret?close=1")
    await stage.pass(60 * 60_000)
    assert.equal(stage.tries, 1)
  })
})

describe("what has worked", () => {
  function storage(): Map<string, string> {
    const kept = new Map<string, string>()
    Object.defineProperty(globalThis, "sessionStorage", {
      configurable: true,
      value: {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => kept.set(key, value),
        removeItem: (key: string) => kept.delete(key),
      },
    })
    return kept
  }

  test("is taken at once by the next page, for ten minutes", async () => {
    const kept = storage()
    await start()
    await toStream()
    stage.end()
    await start()
    assert.equal(stage.client.transport, "stream")
    assert.equal(stage.tries, 0)
    http.openStream(http.one("POST"))
    await rest()
    mock.timers.tick(1000)
    http.say(CONNECTED)
    await rest()
    assert.match([...kept.values()].join(), new RegExp(` ${Date.parse("2030-01-31T12:00:00Z")}$`)) // the first time counts
    stage.end()
    for (const [key, value] of kept) {
      kept.set(key, `${value.split(" ")[0]} ${Date.parse("2030-01-31T11:49:59Z")}`)
    }
    await start()
    assert.equal(stage.client.transport, "websocket")
  })

  test("is left alone where a page may store nothing", async () => {
    Object.defineProperty(globalThis, "sessionStorage", {
      configurable: true,
      get: () => {
        throw new DOMException("not here", "SecurityError")
      },
    })
    await start()
    await toStream()
    assert.equal(stage.client.state, "connected")
  })

  /** In steps, with the sign of life that a stream has. */
  async function passBeating(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 20_000) {
      await stage.pass(20_000)
      http.sayBytes(new Uint8Array([10]))
      await rest()
    }
  }

  test("gives way to a WebSocket again, when one comes about", async () => {
    const kept = storage()
    await start()
    stage.client.subscribe("news", ({ data }) => got.push(data))
    await toStream()
    const [, { id }] = (await posted()) as unknown as [unknown, { id: number }]
    http.say({ type: "subscribed", id, topic: "news", epoch: "e", offset: 4, recovered: true })
    await rest()
    await passBeating(580_000)
    assert.equal(stage.tries, 1)
    await passBeating(20_000)
    assert.equal(stage.tries, 2)
    assert.equal(stage.client.state, "connected")
    await stage.socket.open()
    assert.deepEqual(
      stage.socket.commands.map(({ type }) => type),
      ["ping"],
    )
    http.say({ type: "publication", topic: "news", epoch: "e", offset: 5, data: 5 })
    await rest()
    stage.socket.take()
    await rest()
    assert.equal(stage.client.transport, "websocket")
    assert.deepEqual([...kept.values()], [""])
    assert.equal(stage.tries, 3)
    await stage.socket.open()
    assert.equal(stage.socket.of("subscribe")[0]?.since, "e:5")
    stage.socket.accept({ epoch: "e", offset: 5, recovered: true })
    stage.socket.publish("news", 6)
    assert.deepEqual(got, [5, 6])
  })

  test("is not compared with a WebSocket any more once the client is closed", async () => {
    await start()
    await toStream()
    const [ping] = await posted()
    http.say({ type: "pong", id: ping?.id })
    await rest()
    await passBeating(600_000)
    assert.equal(stage.tries, 2)
    stage.client.close()
    assert.ok(stage.socket.closed)
    assert.equal(stage.timers, 0)
  })

  test("stays where a WebSocket still does not come about", async () => {
    await start()
    await toStream()
    const [ping] = await posted()
    http.say({ type: "pong", id: ping?.id })
    await rest()
    await passBeating(640_000)
    assert.equal(stage.tries, 2)
    await stage.socket.open()
    await passBeating(20_000) // it says nothing
    assert.ok(stage.socket.closed)
    assert.equal(stage.client.transport, "stream")
    await passBeating(640_000)
    assert.equal(stage.tries, 3)
    assert.equal(stage.client.state, "connected")
  })
})

describe("a stream", () => {
  beforeEach(async () => {
    await start()
    stage.client.subscribe("news", ({ data }) => got.push(data))
    await toStream()
  })

  async function begin(): Promise<void> {
    const [ping, subscribe] = await posted()
    assert.deepEqual([ping?.type, subscribe?.type], ["ping", "subscribe"])
    http.say({ type: "subscribed", id: subscribe?.id, topic: "news", epoch: "e", offset: 0, recovered: true })
    await rest()
  }

  test("carries everything", async () => {
    await begin()
    const publishing = stage.client.publish("news", "hi")
    await rest()
    const request = http.one("POST")
    assert.equal(request.url.href, "https://push.example.com/push/n-secret?seq=2")
    const [{ id }] = commands(request.body) as unknown as [{ id: number }]
    http.say(
      { type: "publication", topic: "news", epoch: "e", offset: 1, data: "hi" },
      { type: "published", id, topic: "news", epoch: "e", offset: 1 },
    )
    await rest()
    assert.equal((await publishing).position, "e:1") // before its request is answered
    assert.deepEqual(got, ["hi"])
  })

  test("has one request at a time, and what waits goes together", async () => {
    for (let i = 0; i < 3; i++) {
      void stage.client.publish("news", i).catch(() => {})
      await rest()
    }
    const first = http.one("POST")
    first.answer(202)
    await rest()
    const second = http.one("POST")
    assert.deepEqual([first.url.search, second.url.search], ["?seq=1", "?seq=2"])
    assert.deepEqual(
      commands(second.body).map(({ type }) => type),
      ["publish", "publish", "publish"],
    )
  })

  test("may come in any pieces", async () => {
    await begin()
    const bytes = new TextEncoder().encode(
      lines(
        { type: "publication", topic: "news", epoch: "e", offset: 1, data: "Grüße 😀" },
        { type: "publication", topic: "news", epoch: "e", offset: 2, data: "more" },
      ),
    )
    for (const byte of bytes) {
      http.sayBytes(new Uint8Array([byte]))
    }
    await rest()
    assert.deepEqual(got, ["Grüße 😀", "more"])
  })

  test("that is cut off goes on where it was", async () => {
    await begin()
    http.say({ type: "publication", topic: "news", epoch: "e", offset: 1, data: 1 })
    http.endStream()
    await rest()
    assert.equal(stage.states.at(-1)?.error?.closeCode, 1006)
    await stage.pass(750)
    await rest()
    assert.equal(stage.client.transport, "stream")
    http.openStream(http.one("POST"))
    await rest()
    http.say(CONNECTED)
    await rest()
    const [, subscribe] = await posted()
    assert.equal(subscribe?.topics?.[0]?.since, "e:1")
  })

  test("ends with a code, which is nothing that must be asked for the end of", async () => {
    await begin()
    http.say({ type: "closed", code: 4503, reason: "not now; retry in 5 s" })
    await rest()
    assert.equal(stage.states.at(-1)?.error?.closeCode, 4503)
    assert.equal(stage.states.at(-1)?.delay, 5_750)
    assert.deepEqual(http.take("POST"), [])
  })

  test("sends a request again that fails, with the same number", async () => {
    http.one("POST").fail()
    for (const status of [503, 429]) {
      await rest()
      await stage.pass(1_000)
      const again = http.one("POST")
      assert.equal(again.url.search, "?seq=1")
      again.answer(status)
    }
    await rest()
    await stage.pass(1_000)
    await begin()
    assert.equal(stage.client.state, "connected")
  })

  test("sends no request again once the client is closed", async () => {
    http.one("POST").fail()
    await rest()
    stage.client.close()
    assert.equal(stage.timers, 0)
    await stage.pass(1_000)
    assert.deepEqual(
      http.take("POST").map(({ url }) => url.search),
      ["?close=1"],
    )
  })

  for (const status of [400, 404, 503]) {
    test(`is given up where commands are answered ${status}`, async () => {
      for (let i = 0; i < 5 && stage.client.state === "connected"; i++) {
        http.one("POST").answer(status)
        await rest()
        await stage.pass(1_000)
        await rest()
      }
      assert.notEqual(stage.client.state, "connected")
      assert.equal(stage.client.transport, "stream")
    })
  }
})

describe("polls", () => {
  const publication = (offset: number) => ({ type: "publication", topic: "news", epoch: "e", offset, data: offset })

  beforeEach(async () => {
    await start()
    stage.client.subscribe("news", ({ data }) => got.push(data))
    await toPolls()
    const [, subscribe] = await posted()
    http
      .one("GET")
      .answer(
        200,
        lines({ type: "subscribed", id: subscribe?.id, topic: "news", epoch: "e", offset: 0, recovered: true }),
      )
    await rest()
  })

  test("count the answers that they have read", async () => {
    const first = http.one("GET")
    assert.equal(first.url.href, "https://push.example.com/push/n-secret?ack=1&wait=20")
    first.answer(200, lines(publication(1), publication(2)))
    await rest()
    const second = http.one("GET")
    assert.equal(second.url.searchParams.get("ack"), "2")
    second.answer(200, "")
    await rest()
    assert.equal(http.one("GET").url.searchParams.get("ack"), "2")
    assert.deepEqual(got, [1, 2])
  })

  test("ask again for an answer that was lost, or came in part", async () => {
    http.one("GET").fail()
    await rest()
    await stage.pass(1_000)
    const second = http.one("GET")
    assert.equal(second.url.searchParams.get("ack"), "1")
    second.answer(200, lines(publication(1), publication(2)).slice(0, -10))
    await rest()
    assert.deepEqual(got, [])
    await stage.pass(1_000)
    const third = http.one("GET")
    assert.equal(third.url.searchParams.get("ack"), "1")
    third.answer(200, lines(publication(1), publication(2)))
    await rest()
    assert.deepEqual(got, [1, 2])
  })

  test("are a sign of life, even when they bring nothing", async () => {
    for (let i = 0; i < 5; i++) {
      await stage.pass(20_000)
      http.one("GET").answer(200, "")
      await rest()
    }
    assert.deepEqual(http.take("POST"), [])
    assert.equal(stage.client.state, "connected")
  })

  test("that hang are given up", async () => {
    await stage.pass(25_000)
    assert.equal(commands(http.one("POST").body)[0]?.type, "ping")
    await stage.pass(10_000)
    assert.notEqual(stage.client.state, "connected")
  })

  test("begin anew where the session is gone", async () => {
    http.one("GET").answer(404)
    await rest()
    assert.equal(stage.client.state, "waiting")
    await stage.pass(750)
    await rest()
    http.one("POST").answer(200, lines(CONNECTED))
    await rest()
    const [, subscribe] = await posted()
    assert.equal(subscribe?.topics?.[0]?.since, "e:0")
  })
})

test("a WebSocket that does not come about is none of a page's that is closed meanwhile", async () => {
  await start()
  await stage.socket.end()
  stage.client.close()
  await rest()
  await stage.pass(60_000)
  assert.equal(FakeSocket.all.length, 1)
  assert.deepEqual(http.asked, [])
})
