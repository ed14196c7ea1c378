import assert from "node:assert/strict"
import { afterEach, describe, test } from "node:test"
import type { Options, TokenRequest } from "../main/index.ts"
import { renewalDelay } from "../main/tokens.ts"
import { Stage, settle } from "./fakes.ts"

let stage: Stage
let reasons: string[]
afterEach(() => stage.end())

/** Gives t1, t2 and so on. */
async function start(options: Options = {}): Promise<void> {
  reasons = []
  stage = new Stage({
    token: ({ reason }: TokenRequest) => {
      reasons.push(reason)
      return Promise.resolve(`t${reasons.length}`)
    },
    ...options,
  })
  await settle()
}

function lastToken(): string | undefined {
  return stage.socket.of("authenticate").at(-1)?.token
}

/** Takes the last token, for so long. */
async function accept(seconds = 600, principal = "ada"): Promise<void> {
  const expiresAt = new Date(Date.now() + seconds * 1000).toISOString()
  stage.socket.say({ type: "authenticated", id: stage.socket.of("authenticate").at(-1)?.id, principal, expiresAt })
  await settle()
}

async function refuse(code: string): Promise<void> {
  stage.socket.say({ type: "error", id: stage.socket.of("authenticate").at(-1)?.id, code, message: "No." })
  await settle()
}

describe("a token", () => {
  test("is fetched before the connection, and goes first", async () => {
    await start()
    stage.client.subscribe("news", () => {})
    const publishing = stage.client.publish("news", 1)
    await stage.socket.open()
    assert.equal(lastToken(), "t1")
    assert.equal(stage.client.state, "connecting")
    assert.deepEqual(
      stage.socket.take().map(({ type }) => type),
      ["authenticate"],
    )
    await accept()
    assert.equal(stage.client.state, "connected")
    assert.equal(stage.client.principal, "ada")
    const [subscribe, publish] = stage.socket.take()
    assert.deepEqual([subscribe?.type, publish?.type], ["subscribe", "publish"])
    stage.socket.say({ type: "published", id: publish?.id, topic: "news", epoch: "e", offset: 1 })
    await publishing
    assert.deepEqual(reasons, ["connect"])
  })

  test("may be a string", async () => {
    await start({ token: "fixed" })
    await stage.socket.open()
    assert.equal(lastToken(), "fixed")
  })

  for (const nothing of [undefined, null, ""]) {
    test(`may be missing: ${JSON.stringify(nothing)}`, async () => {
      await start({ token: () => nothing })
      await stage.socket.open()
      assert.equal(stage.client.state, "connected")
      assert.deepEqual(stage.socket.of("authenticate"), [])
    })
  }

  test("is fetched again for each connection", async () => {
    await start()
    await stage.socket.open()
    await accept()
    await stage.reconnect()
    assert.equal(lastToken(), "t2")
    assert.deepEqual(reasons, ["connect", "connect"])
  })

  test("that cannot be had is asked for again, later each time", async () => {
    await start({ token: () => Promise.reject(new Error("the issuer is away")) })
    assert.equal(stage.client.state, "waiting")
    const { error, delay } = stage.states.at(-1) ?? {}
    assert.equal(error?.code, "token_failed")
    assert.match(error?.message ?? "", /the issuer is away/)
    assert.deepEqual(error?.cause, new Error("the issuer is away"))
    assert.equal(delay, 750)
    await stage.pass(750)
    assert.equal(stage.states.at(-1)?.delay, 1000)
    assert.equal(stage.tries, 0)
  })
})

describe("a client that is closed", () => {
  test("when it begins to connect asks for no token", async () => {
    await start()
    stage.end()
    reasons = []
    stage = new Stage({ token: ({ reason }) => void reasons.push(reason) })
    stage.client.on("state", ({ state }) => state === "connecting" && stage.client.close())
    await settle()
    assert.deepEqual(reasons, [])
    assert.equal(stage.timers, 0)
  })

  test("by what comes behind the answer to its token does not wait to renew it", async () => {
    await start()
    stage.client.on("subscribed", () => stage.client.close())
    await stage.socket.open()
    const [authenticate] = stage.socket.of("authenticate")
    stage.socket.say(
      { type: "authenticated", id: authenticate?.id, principal: "ada", expiresIn: 3600 },
      { type: "subscribed", topic: "user.ada", epoch: "e", offset: 0 },
    )
    await settle()
    assert.equal(stage.client.state, "closed")
    assert.equal(stage.timers, 0)
  })
})

test("a token function that hangs is given up, and asked again later", async () => {
  const signals: AbortSignal[] = []
  await start({
    token: ({ signal }) => {
      signals.push(signal)
      return new Promise(() => {})
    },
  })
  await stage.pass(29_999)
  assert.equal(stage.client.state, "connecting")
  await stage.pass(1)
  assert.equal(stage.states.at(-1)?.error?.code, "token_failed")
  assert.ok(signals[0]?.aborted)
  await stage.pass(750)
  assert.equal(signals.length, 2)
  stage.client.close()
  assert.ok(signals[1]?.aborted)
})

describe("a token that is not good", () => {
  test("is replaced at once, but only once", async () => {
    await start()
    await stage.socket.open()
    await refuse("invalid_token")
    assert.equal(stage.states.at(-1)?.delay, 0)
    assert.equal(stage.states.at(-1)?.error?.code, "invalid_token")
    await stage.pass(0)
    await stage.socket.open()
    assert.equal(lastToken(), "t2")
    await refuse("invalid_token")
    assert.equal(stage.states.at(-1)?.delay, 750)
    assert.deepEqual(reasons, ["connect", "refused"])
  })

  for (const code of [4401, 4403]) {
    test(`after ${code}, too`, async () => {
      await start()
      await stage.socket.open()
      await accept()
      await stage.socket.end(code)
      assert.equal(stage.states.at(-1)?.delay, 0)
      await stage.pass(0)
      assert.deepEqual(reasons, ["connect", "refused"])
      await stage.socket.open()
      await accept()
      await stage.socket.end(code) // revoked again and again: no hurry any more
      assert.equal(stage.states.at(-1)?.delay, 750)
    })
  }

  test("is the end where there is no other", async () => {
    await start({ token: "fixed" })
    await stage.socket.open()
    await refuse("invalid_token")
    assert.equal(stage.client.state, "closed")
    assert.equal(stage.states.at(-1)?.error?.code, "invalid_token")
  })

  for (const code of ["too_many_connections", "unavailable"]) {
    test(`but ${code} is none: the client comes back after a while`, async () => {
      await start()
      await stage.socket.open()
      await refuse(code)
      assert.ok(stage.socket.closed)
      assert.equal(stage.states.at(-1)?.delay, 750)
      assert.equal(stage.states.at(-1)?.error?.code, code)
    })
  }
})

describe("before it expires", () => {
  test("a token is replaced over the same connection", async () => {
    await start()
    await stage.socket.open()
    await accept(600)
    await stage.passAlive(564_000)
    assert.deepEqual(reasons, ["connect"])
    await stage.passAlive(2_000) // 30 s and half of the spread
    assert.deepEqual(reasons, ["connect", "expiring"])
    assert.equal(lastToken(), "t2")
    await accept(600)
    await stage.passAlive(570_000)
    assert.equal(lastToken(), "t3")
    assert.equal(stage.tries, 1)
  })

  test("one that is refused is asked for again until the former one ends", async () => {
    await start()
    await stage.socket.open()
    await accept(40)
    await stage.passAlive(20_000)
    assert.equal(lastToken(), "t2")
    await refuse("invalid_token")
    assert.equal(stage.client.state, "connected")
    assert.equal(stage.errors.length, 1)
    await stage.passAlive(8_000)
    assert.equal(lastToken(), "t3")
    await accept(600)
    assert.equal(stage.tries, 1)
  })

  test("that of another user makes a connection of its own", async () => {
    await start()
    await stage.socket.open()
    await accept(40)
    await stage.passAlive(20_000)
    await refuse("other_principal")
    assert.ok(stage.socket.closed)
    await stage.pass(750)
    await stage.socket.open()
    await accept(600, "eve")
    assert.equal(stage.client.principal, "eve")
  })

  test("an answer that comes after the connection has ended is not used", async () => {
    let give = (_: string) => {}
    await start({
      token: ({ reason }) => (reason === "expiring" ? new Promise<string>(resolve => (give = resolve)) : "t"),
    })
    await stage.socket.open()
    await accept(40)
    await stage.passAlive(20_000)
    await stage.reconnect()
    await accept(600)
    give("late")
    await settle()
    assert.equal(lastToken(), "t")
  })
})

describe("the time of renewal", () => {
  function delay(seconds: number, random: number): number {
    stage.random.mock.mockImplementation(() => random)
    const expiresAt = new Date(Date.now() + seconds * 1000).toISOString()
    const byOffset = renewalDelay({ expiresAt: "1970-01-01T00:00:00Z", expiresIn: seconds })
    assert.equal(renewalDelay({ expiresAt }), byOffset) // a wrong clock makes no difference
    return byOffset / 1000
  }

  test("is half a minute before the end, and some seconds", async () => {
    await start()
    assert.equal(delay(600, 0), 570)
    assert.equal(delay(600, 1), 560)
  })

  test("of a short life is in its second half", async () => {
    await start()
    assert.equal(delay(8, 0), 4)
    assert.equal(delay(8, 1), 3)
  })

  test("is neither at once nor never where the clocks disagree", async () => {
    await start()
    assert.equal(delay(-3600, 0), 30)
    assert.equal(delay(400 * 86400, 0) * 1000, 2 ** 31 - 1)
  })
})
