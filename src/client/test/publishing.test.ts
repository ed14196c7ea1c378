import assert from "node:assert/strict"
import { afterEach, beforeEach, describe, test } from "node:test"
import { Stage, settle } from "./fakes.ts"

let stage: Stage
beforeEach(async () => {
  stage = await Stage.connected()
})
afterEach(() => stage.end())

/** Answers all publications that were not answered yet. */
function confirm(fields = {}): void {
  for (const { type, id, topic } of stage.socket.take()) {
    if (type === "publish") {
      stage.socket.say({ type: "published", id, topic, epoch: "e", offset: id, ...fields })
    }
  }
}

function refuse(code: string): void {
  for (const { type, id } of stage.socket.take()) {
    if (type === "publish") {
      stage.socket.say({ type: "error", id, code, message: "No." })
    }
  }
}

describe("a publication", () => {
  test("says where it is", async () => {
    const publishing = stage.client.publish("news", { text: "hi" }, { key: "k", idempotencyKey: "mine" })
    await settle()
    const [{ id, ...command }] = stage.socket.of("publish") as unknown as [{ id: number }]
    assert.deepEqual(command, {
      type: "publish",
      topic: "news",
      data: { text: "hi" },
      key: "k",
      idempotencyKey: "mine",
    })
    confirm({ offset: 42, duplicate: true })
    assert.deepEqual(await publishing, { topic: "news", position: "e:42", offset: 42, duplicate: true })
    assert.notEqual(id, undefined)
  })

  test("may be text, any JSON value, or bytes", async () => {
    const bytes = new Uint8Array([0, 1, 250, 255])
    for (const data of ["text", 1, null, false, [1], bytes.buffer, bytes.subarray(1, 3), new DataView(bytes.buffer)]) {
      void stage.client.publish("news", data).catch(() => {})
    }
    await settle()
    assert.deepEqual(
      stage.socket.of("publish").map(({ data, encoding }) => (encoding ? { [encoding]: data } : data)),
      ["text", 1, null, false, [1], { base64: "AAH6/w==" }, { base64: "Afo=" }, { base64: "AAH6/w==" }],
    )
  })

  test("of many bytes is whole", async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i)
    void stage.client.publish("news", bytes).catch(() => {})
    await settle()
    assert.deepEqual(new Uint8Array(Buffer.from(String(stage.socket.of("publish")[0]?.data), "base64")), bytes)
  })

  test("must be something", async () => {
    await assert.rejects(stage.client.publish("news", undefined), TypeError)
    await assert.rejects(
      stage.client.publish("news", () => {}),
      TypeError,
    )
  })

  test("is what it was when it was given", async () => {
    const data = { text: "before" }
    void stage.client.publish("news", data).catch(() => {})
    data.text = "after"
    await settle()
    assert.deepEqual(stage.socket.of("publish")[0]?.data, { text: "before" })
  })

  test("has a key of its own", async () => {
    for (let i = 0; i < 3; i++) {
      void stage.client.publish("news", i).catch(() => {})
    }
    await settle()
    const keys = stage.socket.of("publish").map(({ idempotencyKey }) => idempotencyKey ?? "")
    assert.equal(new Set(keys).size, 3)
    assert.ok(keys.every(key => key.length >= 10 && key.length <= 128))
  })

  test("that is refused throws the server's code", async () => {
    const publishing = assert.rejects(stage.client.publish("news", 1), { code: "forbidden", topic: "news" })
    await settle()
    refuse("forbidden")
    await publishing
  })

  test("says first which command it is, so that the server can answer what it cannot read", async () => {
    stage.client.subscribe("news", () => {})
    void stage.client.publish("news", []).catch(() => {})
    await settle()
    const lines = stage.socket.messages.flatMap(text => text.split("\n"))
    assert.ok(lines.length >= 3)
    assert.ok(lines.every(line => line.startsWith('{"id":')))
  })

  test("is tried again with the same key when the broker is away", async () => {
    const publishing = stage.client.publish("news", 1)
    await settle()
    refuse("unavailable")
    await stage.pass(750)
    confirm()
    await publishing
    const [first, second, ...more] = stage.socket.of("publish")
    assert.deepEqual(first, second)
    assert.deepEqual(more, [])
  })

  test("that waits to be tried again ends with the client, or with its signal", async () => {
    const leaving = new AbortController()
    const left = assert.rejects(stage.client.publish("news", 1, { signal: leaving.signal }), { name: "AbortError" })
    const publishing = assert.rejects(stage.client.publish("news", 2), { code: "closed" })
    await settle()
    refuse("unavailable")
    leaving.abort()
    await left
    assert.equal(stage.timers, 2) // the other one's, and the heartbeat's
    stage.client.close()
    await publishing
    assert.equal(stage.timers, 0)
  })
})

test("a publication that is sent again over the next connection leaves no timer of the one before", async () => {
  const publishing = assert.rejects(stage.client.publish("news", 1), { code: "closed" })
  await settle()
  refuse("unavailable")
  await stage.pass(750)
  refuse("unavailable") // waits for longer than the next connection takes
  await stage.reconnect()
  refuse("unavailable")
  stage.client.close()
  await publishing
  assert.equal(stage.timers, 0)
})

describe("while there is no connection", () => {
  test("publications wait, in their order", async () => {
    await stage.socket.end()
    const publishing = [1, 2, 3].map(data => stage.client.publish("news", data))
    await stage.pass(750)
    await stage.socket.open()
    assert.deepEqual(
      stage.socket.of("publish").map(({ data }) => data),
      [1, 2, 3],
    )
    confirm()
    await Promise.all(publishing)
  })

  test("what was sent and not answered is sent again, with the same key", async () => {
    const publishing = [1, 2].map(data => stage.client.publish("news", data))
    await settle()
    const before = stage.socket.of("publish")
    stage.socket.say({ type: "published", id: before[0]?.id, topic: "news", epoch: "e", offset: 1 })
    await stage.reconnect()
    assert.deepEqual(stage.socket.of("publish"), before.slice(1))
    confirm()
    await Promise.all(publishing)
  })

  test("subscriptions go first, so that what is published then is seen", async () => {
    stage.client.subscribe("news", () => {})
    await settle()
    stage.socket.accept()
    void stage.client.publish("news", 1).catch(() => {})
    await stage.reconnect()
    assert.deepEqual(
      stage.socket.take().map(({ type }) => type),
      ["subscribe", "publish"],
    )
  })

  test("what was sent is not sent again once the server may have forgotten its key", async () => {
    const sent = assert.rejects(stage.client.publish("news", "sent"), { code: "outcome_unknown", topic: "news" })
    await settle()
    await stage.socket.end()
    const waiting = stage.client.publish("news", "never sent")
    for (let i = 0; i < 30; i++) {
      await stage.pass(10_000)
      await stage.socket.end()
    }
    await stage.pass(21_000)
    await stage.socket.open()
    assert.deepEqual(
      stage.socket.of("publish").map(({ data }) => data),
      ["never sent"],
    )
    confirm()
    await Promise.all([sent, waiting])
  })

  test("only so many wait", async () => {
    stage.end()
    stage = await Stage.connected({ maxQueue: 2 })
    await stage.socket.end()
    const leaving = new AbortController()
    const first = assert.rejects(stage.client.publish("news", 1, { signal: leaving.signal }), { name: "AbortError" })
    const second = stage.client.publish("news", 2)
    await assert.rejects(stage.client.publish("news", 3), { code: "queue_full" })
    await assert.rejects(stage.client.presence("news"), { code: "queue_full" })
    leaving.abort()
    await first
    const third = stage.client.publish("news", 4)
    await stage.pass(750)
    await stage.socket.open()
    confirm()
    await Promise.all([second, third])
    await Promise.all([settle(), assert.doesNotReject(Promise.race([stage.client.publish("news", 5), settle()]))])
  })
})

describe("a signal", () => {
  test("takes back what was not sent", async () => {
    const leaving = new AbortController()
    const publishing = assert.rejects(stage.client.publish("news", 1, { signal: leaving.signal }), {
      name: "AbortError",
    })
    leaving.abort()
    await publishing
    await settle()
    assert.deepEqual(stage.socket.of("publish"), [])
  })

  test("stops waiting for what was sent, and a late answer harms nobody", async () => {
    const leaving = new AbortController()
    const publishing = assert.rejects(stage.client.publish("news", 1, { signal: leaving.signal }), {
      name: "AbortError",
    })
    await settle()
    leaving.abort()
    await publishing
    confirm()
    assert.equal(stage.client.state, "connected")
    await stage.reconnect()
    assert.deepEqual(stage.socket.of("publish"), [])
  })

  test("that is aborted already sends nothing", async () => {
    await assert.rejects(stage.client.publish("news", 1, { signal: AbortSignal.abort() }), { name: "AbortError" })
    await assert.rejects(stage.client.presence("news", { signal: AbortSignal.abort() }), { name: "AbortError" })
  })
})

describe("questions", () => {
  test("are asked again after a loss", async () => {
    const asking = stage.client.presence("room")
    await settle()
    await stage.reconnect()
    const [{ id }] = stage.socket.of("presence") as unknown as [{ id: number }]
    stage.socket.say({ type: "presence", id, topic: "room", members: [{ connection: "c1", principal: "ada" }] })
    assert.deepEqual(await asking, [{ connection: "c1", principal: "ada" }])
  })

  test("may be as small as a ping", async () => {
    const pinging = stage.client.ping()
    await settle()
    stage.socket.take()
    await pinging
  })
})

describe("a server that takes only so much", () => {
  const limits = { messageSize: 3000, commandsPerSecond: 10 }

  function publish(count: number): void {
    for (let i = 0; i < count; i++) {
      void stage.client.publish("news", i).catch(() => {})
    }
  }

  async function restart(): Promise<void> {
    stage.end()
    stage = new Stage()
    await settle()
  }

  test("is not sent many commands before it has said how many", async () => {
    await restart()
    publish(100)
    await stage.socket.open()
    assert.equal(stage.socket.of("connect").length, 1)
    assert.equal(stage.socket.of("publish").length, 7)
    stage.socket.take({ messageSize: 1_000_000 })
    assert.equal(stage.socket.of("publish").length, 100)
  })

  test("gets its commands in time, and a little later than it would have to", async () => {
    await restart()
    publish(40)
    await stage.socket.open()
    stage.socket.take(limits)
    assert.equal(stage.socket.of("publish").length, 7) // and what asked for the limits
    await stage.pass(1000)
    assert.equal(stage.socket.of("publish").length, 15)
    await stage.pass(1000)
    assert.equal(stage.socket.of("publish").length, 23)
  })

  test("with 4429 gets fewer each time, but never none", async () => {
    await restart()
    await stage.socket.open()
    stage.socket.take(limits)
    publish(40)
    const perSecond: number[] = []
    for (let i = 0; i < 4; i++) {
      await stage.reconnect(4429)
      const before = stage.socket.commands.length
      await stage.pass(1000)
      perSecond.push(stage.socket.commands.length - before)
    }
    assert.deepEqual(perSecond, [4, 2, 2, 2])
  })

  test("is not sent what is too large for it", async () => {
    stage.socket.end()
    await stage.pass(750)
    await stage.socket.open()
    stage.socket.take(limits)
    const large = assert.rejects(stage.client.publish("news", "ä".repeat(1500)), { code: "too_large", topic: "news" })
    const fits = stage.client.publish("news", "ä".repeat(1400))
    await settle()
    await large
    assert.equal(stage.socket.of("publish").length, 1)
    confirm()
    await fits
    assert.equal(stage.client.state, "connected")
  })

  test("with 1009, before it could say so, is not sent it again", async () => {
    await restart()
    const large = assert.rejects(stage.client.publish("news", "x".repeat(3000)), { code: "too_large" })
    await stage.socket.open()
    assert.equal(stage.socket.messages.length, 2) // the question stands alone, so it was answered
    stage.socket.take(limits)
    await stage.reconnect(1009)
    await large
    assert.deepEqual(stage.socket.of("publish"), [])
  })

  test("never gets a batch that is large", async () => {
    for (let i = 0; i < 100; i++) {
      void stage.client.publish("news", "x".repeat(1000)).catch(() => {})
    }
    await settle()
    const [, ...batches] = stage.socket.messages
    assert.ok(batches.every(text => text.length < 33 * 1024))
    assert.equal(stage.socket.of("publish").length, 100)
  })
})

test("an error that belongs to no command is the client's", async () => {
  stage.socket.say({ type: "error", code: "malformed", message: "No." })
  assert.deepEqual(
    stage.errors.map(error => (error as { code: string }).code),
    ["malformed"],
  )
})

for (const garbage of [
  "<html>",
  "null",
  "7",
  '"text"',
  '{"type":"publication","topic":"news","epoch":"e","offset":1,"data":"?","encoding":"base64"}',
  '{"type":"connected"}',
]) {
  test(`what is no message ends the connection, and nothing else: ${garbage}`, async () => {
    stage.client.subscribe("news", () => {})
    await settle()
    stage.socket.accept()
    stage.socket.onmessage({ data: garbage })
    assert.equal(stage.client.state, "waiting")
    assert.match(stage.states.at(-1)?.error?.message ?? "", /no JSON/)
    await stage.reconnect()
    assert.equal(stage.client.state, "connected")
  })
}

test("types that are not known are ignored", async () => {
  stage.socket.say({ type: "weather", topic: "news", temperature: 21 }, { type: "hello" })
  assert.equal(stage.client.state, "connected")
})
