import assert from "node:assert/strict"
import { afterEach, beforeEach, describe, test } from "node:test"
import type { Publication, Subscription } from "../main/index.ts"
import { Stage, settle } from "./fakes.ts"

let stage: Stage
let got: string[]
beforeEach(async () => {
  got = []
  stage = await Stage.connected()
})
afterEach(() => stage.end())

function listen(topic: string, options = {}, name = topic): Subscription {
  const subscription = stage.client.subscribe(
    topic,
    ({ data, missed }) => got.push(`${name} ${data}${missed ? " after a gap" : ""}`),
    options,
  )
  subscription.onReset = ({ position, reason }) => got.push(`${name} reset at ${position}: ${reason}`)
  return subscription
}

function subscribes(): { topic?: string; since?: string }[] {
  return stage.socket.of("subscribe").map(({ topic, since }) => (since ? { topic, since } : { topic })) as never
}

describe("a topic", () => {
  test("is subscribed to, and delivers", async () => {
    const news = listen("news")
    assert.equal(news.position, undefined)
    await settle()
    assert.deepEqual(subscribes(), [{ topic: "news" }])
    stage.socket.accept({ epoch: "e", offset: 40, recovered: true, connection: "c1" })
    assert.deepEqual(await news.ready, { position: "e:40", recovered: true, connection: "c1" })
    assert.equal(news.position, "e:40")
    stage.socket.publish("news", 41)
    assert.equal(news.position, "e:41")
    assert.deepEqual(got, ["news 41"])
  })

  test("delivers what stands behind the answer in the same message", async () => {
    listen("news")
    await settle()
    const [{ id }] = stage.socket.take() as unknown as [{ id: number }]
    stage.socket.say(
      { type: "subscribed", id, topic: "news", epoch: "e", offset: 40, recovered: true },
      { type: "publication", topic: "news", epoch: "e", offset: 41, data: "at once" },
    )
    assert.deepEqual(got, ["news at once"])
  })

  test("tells all of a publication", async () => {
    const all: Publication[] = []
    stage.client.subscribe("news", publication => all.push(publication))
    await settle()
    stage.socket.accept()
    stage.socket.say(
      {
        type: "publication",
        topic: "news",
        epoch: "e",
        offset: 1,
        data: { text: "hi" },
        key: "k",
        traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      },
      { type: "publication", topic: "news", epoch: "e", offset: 2, data: "AP8=", encoding: "base64" },
    )
    assert.deepEqual(all, [
      {
        topic: "news",
        subscription: "news",
        data: { text: "hi" },
        position: "e:1",
        offset: 1,
        key: "k",
        traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        missed: false,
      },
      {
        topic: "news",
        subscription: "news",
        data: new Uint8Array([0, 255]),
        position: "e:2",
        offset: 2,
        key: undefined,
        traceparent: undefined,
        missed: false,
      },
    ])
  })

  test("that is subscribed to twice is there once on the wire", async () => {
    const one = listen("news", {}, "one")
    await settle()
    stage.socket.accept()
    const two = listen("news", {}, "two")
    assert.deepEqual(await two.ready, { position: "e:0", recovered: true, connection: undefined })
    stage.socket.publish("news", 1)
    one.unsubscribe()
    await settle()
    stage.socket.publish("news", 2)
    assert.deepEqual(stage.socket.of("unsubscribe"), [])
    two.unsubscribe()
    await settle()
    stage.socket.publish("news", 3) // was on its way
    assert.equal(stage.socket.of("unsubscribe").length, 1)
    assert.equal(subscribes().length, 1)
    assert.deepEqual(got, ["one 1", "two 1", "two 2"])
  })

  test("goes on for others when a listener throws", async () => {
    const thrown: unknown[] = []
    const noteIt = (error: unknown) => thrown.push(error)
    const others = process.listeners("uncaughtException")
    process.removeAllListeners("uncaughtException").on("uncaughtException", noteIt)
    try {
      stage.client.subscribe("news", () => {
        throw new Error("the application's")
      })
      listen("news")
      await settle()
      stage.socket.accept()
      stage.socket.publish("news", 1)
      stage.socket.publish("news", 2)
      await settle()
    } finally {
      process.off("uncaughtException", noteIt)
      for (const other of others) {
        process.on("uncaughtException", other)
      }
    }
    assert.deepEqual(got, ["news 1", "news 2"])
    assert.equal(thrown.length, 2)
  })

  test("that a listener leaves gives nothing more", async () => {
    const others: Subscription[] = []
    const first = stage.client.subscribe("news", ({ data }) => {
      got.push(`first ${data}`)
      for (const other of others) {
        other.unsubscribe()
      }
    })
    first.onReset = () => first.unsubscribe()
    first.onJoined = () => others[0]?.unsubscribe()
    others.push(listen("news", {}, "second"), listen("news.*", {}, "third"), listen("*", {}, "fourth"))
    await settle()
    stage.socket.accept()
    stage.socket.publish("news", 1)
    assert.deepEqual(got, ["first 1"])
    const last = listen("news", {}, "last")
    await settle()
    stage.socket.say({ type: "resumed", topic: "news", epoch: "f", offset: 1, recovered: false })
    stage.socket.publish("news", 2, 2, "f")
    last.onReset = () => last.unsubscribe()
    stage.socket.say({ type: "resumed", topic: "news", epoch: "g", offset: 1, recovered: false })
    stage.socket.publish("news", 2, 2, "g")
    assert.deepEqual(got, ["first 1", "last reset at f:1: history", "last 2 after a gap"])
  })

  test("gives nothing more once a listener has closed the client", async () => {
    stage.client.subscribe("news", () => stage.client.close())
    listen("news")
    listen("*")
    await settle()
    stage.socket.accept()
    stage.socket.publish("news", 1)
    assert.deepEqual(got, [])
  })

  test("that a listener leaves when it begins is not told of a reset", async () => {
    const news = listen("news", { since: "e:4" })
    news.onSubscribed = () => news.unsubscribe()
    await settle()
    stage.socket.accept({ epoch: "f", offset: 9, recovered: false })
    assert.deepEqual(got, [])
  })

  test("may be subscribed to in its own listener: the second begins behind what the first was just given", async () => {
    let begun = false
    listen("news", { last: 1 }, "first")
    const starter = stage.client.subscribe("news", () => {
      if (!begun) {
        begun = true
        listen("news", { last: 5 }, "second")
      }
    })
    await settle()
    stage.socket.accept()
    stage.socket.say(
      ...[1, 2, 3].map(offset => ({ type: "publication", topic: "news", epoch: "e", offset, data: offset })),
    )
    starter.unsubscribe()
    await settle()
    stage.socket.publish("news", 4)
    assert.deepEqual(
      got.filter(line => line.startsWith("second")),
      ["second 1", "second 2", "second 3", "second 4"],
    )
  })

  test("that is left and taken again at once is subscribed to anew", async () => {
    listen("news", {}, "one").unsubscribe()
    listen("news", {}, "two")
    await settle()
    assert.deepEqual(
      stage.socket.take().map(({ type }) => type),
      ["subscribe", "unsubscribe", "subscribe"],
    )
    stage.socket.say({ type: "subscribed", id: 2, topic: "news", epoch: "e", offset: 0, recovered: true })
    stage.socket.publish("news", 1) // of the first subscription
    assert.deepEqual(got, [])
    stage.socket.say({ type: "unsubscribed", id: 3, topic: "news" })
    stage.socket.say({ type: "subscribed", id: 4, topic: "news", epoch: "e", offset: 1, recovered: true })
    stage.socket.publish("news", 2)
    assert.deepEqual(got, ["two 2"])
  })

  test("that is left and taken again does not end with what the server ends in between", async () => {
    const one = listen("news", {}, "one")
    await settle()
    stage.socket.accept()
    one.unsubscribe()
    const two = listen("news", {}, "two")
    await settle()
    const [unsubscribe, subscribe] = stage.socket.take()
    stage.socket.say(
      { type: "unsubscribed", topic: "news" },
      { type: "error", id: unsubscribe?.id, code: "not_subscribed", message: "No." },
      { type: "subscribed", id: subscribe?.id, topic: "news", epoch: "e", offset: 0, recovered: true },
    )
    stage.socket.publish("news", 1)
    await two.ready
    assert.deepEqual(got, ["two 1"])
  })

  test("ends with its signal", async () => {
    const leaving = new AbortController()
    listen("news", { signal: leaving.signal })
    await settle()
    stage.socket.accept()
    leaving.abort()
    await settle()
    assert.equal(stage.socket.of("unsubscribe").length, 1)
    assert.throws(() => listen("news", { signal: leaving.signal }), { name: "AbortError" })
  })

  test("waits for a connection", async () => {
    await stage.socket.end()
    const news = listen("news")
    listen("sports").unsubscribe()
    await stage.pass(750)
    await stage.socket.open()
    assert.deepEqual(subscribes(), [{ topic: "news" }])
    stage.socket.accept()
    await news.ready
    assert.deepEqual(got, [])
  })

  test("with an info that is no JSON is refused at once, and stands in nobody's way", async () => {
    const circular: { self?: unknown } = {}
    circular.self = circular
    for (const info of [circular, 1n]) {
      assert.throws(() => listen("room", { info }), TypeError)
    }
    await stage.socket.end()
    assert.throws(() => listen("room", { info: circular }), TypeError)
    const room = listen("room", { info: { name: "Ada" } })
    const publishing = stage.client.publish("room", "hi")
    await stage.pass(750)
    await stage.socket.open()
    const [subscribe, publish] = stage.socket.take()
    assert.deepEqual([subscribe?.topic, subscribe?.info], ["room", { name: "Ada" }])
    stage.socket.say(
      { type: "subscribed", id: subscribe?.id, topic: "room", epoch: "e", offset: 0, recovered: true },
      { type: "published", id: publish?.id, topic: "room", epoch: "e", offset: 1 },
    )
    await Promise.all([room.ready, publishing])
  })

  test("shows the same info over each connection, whatever has become of the object", async () => {
    const info = { name: "Ada" }
    listen("room", { info })
    info.name = "Eve"
    await stage.reconnect()
    assert.deepEqual(stage.socket.of("subscribe")[0]?.info, { name: "Ada" })
  })

  test("tells who comes and goes", async () => {
    const room = listen("room")
    room.onJoined = ({ connection, principal, info }) => got.push(`${principal} at ${connection} with ${info}`)
    room.onLeft = ({ connection }) => got.push(`${connection} left`)
    await settle()
    stage.socket.accept()
    stage.socket.say({ type: "joined", topic: "room", connection: "c1", principal: "ada", info: 7 })
    stage.socket.say({ type: "left", topic: "room", connection: "c1" })
    assert.deepEqual(got, ["ada at c1 with 7", "c1 left"])
  })
})

describe("after a loss", () => {
  test("topics go on from where they were", async () => {
    listen("news")
    listen("sports")
    await settle()
    stage.socket.accept({ epoch: "e", offset: 40, recovered: true })
    stage.socket.publish("news", 41)
    stage.socket.publish("news", 42)
    await stage.reconnect()
    assert.deepEqual(subscribes(), [
      { topic: "news", since: "e:42" },
      { topic: "sports", since: "e:40" },
    ])
    stage.socket.accept({ epoch: "e", offset: 42, recovered: true })
    stage.socket.publish("news", 42) // doubled
    stage.socket.publish("news", 43)
    assert.deepEqual(got, ["news 41", "news 42", "news 43"])
  })

  test("all topics go in one message", async () => {
    for (let i = 0; i < 100; i++) {
      listen(`topic${i}`)
    }
    await stage.reconnect()
    assert.equal(stage.socket.of("subscribe").length, 100)
    assert.deepEqual(
      stage.socket.commands.map(({ type }) => type),
      ["connect", "subscribe"],
    )
  })

  test("what cannot be had is said, and marked", async () => {
    const news = listen("news")
    const begun: unknown[] = []
    news.onSubscribed = subscribed => begun.push(subscribed.recovered)
    await settle()
    stage.socket.accept({ epoch: "e", offset: 40, recovered: true })
    await stage.reconnect()
    stage.socket.accept({ epoch: "f", offset: 7, recovered: false })
    stage.socket.publish("news", 8, 8, "f")
    stage.socket.publish("news", 9, 9, "f")
    assert.deepEqual(got, ["news reset at f:7: history", "news 8 after a gap", "news 9"])
    assert.deepEqual(begun, [true, false])
    assert.equal(news.position, "f:9")
  })

  test("an interruption inside the service counts as one", async () => {
    const news = listen("news")
    await settle()
    stage.socket.accept({ epoch: "e", offset: 40, recovered: true })
    stage.socket.say({ type: "resumed", topic: "news", epoch: "f", offset: 3, recovered: true })
    assert.equal(news.position, "f:3")
    stage.socket.say({ type: "resumed", topic: "news", epoch: "g", offset: 9, recovered: false })
    stage.socket.publish("news", 10, 10, "g")
    assert.deepEqual(got, ["news reset at g:9: history", "news 10 after a gap"])
  })

  test("a topic that never began begins from then on", async () => {
    listen("news")
    await settle()
    await stage.reconnect()
    assert.deepEqual(subscribes(), [{ topic: "news" }])
    stage.socket.accept()
    assert.deepEqual(got, [])
  })

  test("a topic that was left is not subscribed to", async () => {
    const news = listen("news")
    await settle()
    stage.socket.accept()
    await stage.socket.end()
    news.unsubscribe()
    await stage.pass(750)
    await stage.socket.open()
    assert.deepEqual(subscribes(), [])
  })
})

describe("topics that are asked for in one go", () => {
  const batches = () =>
    stage.socket.commands
      .filter(({ type }) => type === "subscribe")
      .map(({ topics }) => topics?.map(({ topic }) => topic))

  test("are one command, and each has an answer of its own", async () => {
    const [news, secret, chat] = ["news", "secret", "chat.*"].map(topic => listen(topic))
    await settle()
    assert.deepEqual(batches(), [["news", "secret", "chat.*"]])
    const [{ id }] = stage.socket.take() as unknown as [{ id: number }]
    stage.socket.say(
      { type: "subscribed", id, topic: "news", epoch: "e", offset: 40, recovered: true },
      { type: "publication", topic: "news", epoch: "e", offset: 41, data: 41 },
      { type: "error", id, topic: "secret", code: "forbidden", message: "No." },
      { type: "subscribed", id, topic: "chat.*" },
    )
    await Promise.all([
      news?.ready,
      assert.rejects(secret?.ready ?? Promise.resolve(), { topic: "secret" }),
      chat?.ready,
    ])
    assert.deepEqual(got, ["news 41"])
  })

  test("stay in their order with other commands", async () => {
    listen("one")
    void stage.client.publish("one", 1).catch(() => {})
    listen("two")
    listen("three").unsubscribe()
    await settle()
    assert.deepEqual(
      stage.socket.take().map(({ type, topic }) => `${type} ${topic}`),
      ["subscribe one", "publish one", "subscribe two", "subscribe three", "unsubscribe three"],
    )
    assert.deepEqual(batches(), [["one"], ["two", "three"]])
  })

  test("are as many as go into a message", async () => {
    const info = "x".repeat(1000)
    for (let i = 0; i < 100; i++) {
      listen(`topic${i}`, { info })
    }
    for (let i = 0; i < 2000; i++) {
      listen(`t${i}`)
    }
    await settle()
    assert.equal(stage.socket.of("subscribe").length, 2100)
    const sizes = stage.socket.commands.map(({ topics = [] }) => topics.length)
    assert.ok(Math.max(...sizes) <= 1000 && sizes.length < 10, String(sizes))
    assert.ok(stage.socket.messages.every(text => text.length < 33 * 1024))
  })

  test("of which one cannot be read are asked for in halves, until it is found", async () => {
    const names = ["a", "b", "no/name", "d", "e"]
    const all = names.map(name => listen(name))
    const wrong = assert.rejects(all[2]?.ready ?? Promise.resolve(), { code: "invalid_topic", topic: "no/name" })
    for (let step = 0; step < 5; step++) {
      await settle()
      const commands = new Map(stage.socket.take().map(({ id, topic }) => [id, topic]))
      for (const id of commands.keys()) {
        const topics = stage.socket.commands.find(command => command.id === id)?.topics ?? []
        if (topics.some(({ topic }) => topic === "no/name")) {
          stage.socket.say({ type: "error", id, code: "invalid_topic", message: "No." })
        } else {
          stage.socket.say(
            ...topics.map(({ topic }) => ({ type: "subscribed", id, topic, epoch: "e", offset: 0, recovered: true })),
          )
        }
      }
    }
    await Promise.all([wrong, ...all.filter((_, i) => i !== 2).map(({ ready }) => ready)])
    assert.deepEqual(batches().slice(1), [["a", "b"], ["no/name", "d", "e"], ["no/name"], ["d", "e"]])
  })

  test("of which one cannot be read are not asked for again where they were left meanwhile", async () => {
    const left = listen("a")
    listen("no/name")
    await settle()
    left.unsubscribe()
    await settle()
    const [subscribe, , unsubscribe] = stage.socket.take()
    stage.socket.say(
      { type: "error", id: subscribe?.id, code: "invalid_topic", message: "No." },
      { type: "error", id: unsubscribe?.id, code: "not_subscribed", message: "No." },
    )
    await settle()
    assert.deepEqual(batches(), [["a", "no/name"], ["no/name"]])
  })

  test("and never answered are asked for again", async () => {
    listen("news")
    listen("sports")
    await stage.reconnect()
    assert.deepEqual(batches(), [["news", "sports"]])
  })
})

describe("the newest", () => {
  test("come first", async () => {
    listen("price", { last: 2 })
    await settle()
    assert.equal(stage.socket.of("subscribe")[0]?.last, 2)
    stage.socket.accept({ epoch: "e", offset: 40, recovered: true })
    stage.socket.publish("price", 41)
    stage.socket.publish("price", 42)
    assert.deepEqual(got, ["price 41", "price 42"])
  })

  test("come to those that subscribe later, too", async () => {
    listen("price", { last: 2 }, "one")
    await settle()
    stage.socket.accept({ epoch: "e", offset: 40, recovered: true })
    for (const offset of [41, 42, 43]) {
      stage.socket.publish("price", offset)
    }
    listen("price", {}, "without")
    listen("price", { last: 1 }, "two")
    listen("price", { last: 10 }, "three")
    await settle()
    stage.socket.publish("price", 44)
    assert.deepEqual(got, [
      ...["one 41", "one 42", "one 43", "two 43", "three 42", "three 43"],
      ...["one 44", "without 44", "two 44", "three 44"],
    ])
  })

  test("come to those that subscribe while there is no connection, too, and once", async () => {
    listen("price", { last: 1 }, "one")
    await settle()
    stage.socket.accept({ epoch: "e", offset: 40, recovered: true })
    stage.socket.publish("price", 41)
    await stage.socket.end()
    listen("price", { last: 1 }, "two")
    listen("price", {}, "without")
    await stage.pass(750)
    await stage.socket.open()
    stage.socket.accept({ epoch: "e", offset: 41, recovered: true })
    assert.deepEqual(got, ["one 41", "two 41"])
    stage.socket.publish("price", 42)
    await stage.reconnect()
    stage.socket.accept({ epoch: "e", offset: 42, recovered: true })
    assert.deepEqual(got.slice(2), ["one 42", "two 42", "without 42"])
  })

  test("are none that others have followed which were missed", async () => {
    listen("price", { last: 1 }, "one")
    await settle()
    stage.socket.accept({ epoch: "e", offset: 40, recovered: true })
    stage.socket.publish("price", 41)
    await stage.socket.end()
    listen("price", { last: 1 }, "two")
    await stage.pass(750)
    await stage.socket.open()
    stage.socket.accept({ epoch: "e", offset: 98, recovered: false }) // and the topic remembers nothing
    listen("price", { last: 1 }, "three")
    await settle()
    stage.socket.publish("price", 99)
    assert.deepEqual(got, [
      ...["one 41", "one reset at e:98: history", "two reset at e:98: history"],
      ...["one 99 after a gap", "two 99 after a gap", "three 99"],
    ])
  })

  test("come behind the reset where a position is lost", async () => {
    listen("price", { last: 1 })
    await settle()
    stage.socket.accept({ epoch: "e", offset: 40, recovered: true })
    stage.socket.publish("price", 41)
    await stage.reconnect()
    assert.deepEqual(
      stage.socket.of("subscribe").map(({ since, last }) => ({ since, last })),
      [{ since: "e:41", last: 1 }],
    )
    stage.socket.accept({ epoch: "e", offset: 98, recovered: false })
    stage.socket.publish("price", 99)
    assert.deepEqual(got, ["price 41", "price reset at e:98: history", "price 99 after a gap"])
  })
})

describe("what the server subscribes to by itself", () => {
  test("is told, and whoever takes it up misses nothing", async () => {
    stage.client.on("subscribed", ({ topic }) => listen(topic))
    stage.socket.say(
      { type: "subscribed", topic: "user.42", epoch: "e", offset: 7, recovered: true },
      { type: "publication", topic: "user.42", epoch: "e", offset: 8, data: 8 },
      { type: "subscribed", topic: "user.42.*" },
      { type: "publication", topic: "user.42.mail", epoch: "f", offset: 1, data: "mail" },
    )
    await settle()
    stage.socket.publish("user.42", 9)
    assert.deepEqual(got, ["user.42 8", "user.42.* mail", "user.42 9"])
    assert.deepEqual(subscribes(), [])
    await stage.reconnect()
    stage.socket.say({ type: "subscribed", topic: "user.42", epoch: "e", offset: 12, recovered: true })
    assert.deepEqual(subscribes(), [{ topic: "user.42", since: "e:9" }, { topic: "user.42.*" }])
    stage.socket.accept({ epoch: "e", offset: 9, recovered: true })
    stage.socket.publish("user.42", 10)
    assert.deepEqual(got.slice(3), ["user.42.* reset at undefined: pattern", "user.42 10"])
  })

  test("is asked for where it is to begin elsewhere", async () => {
    stage.client.on("subscribed", ({ topic }) => listen(topic, { since: "e:3" }))
    stage.socket.say({ type: "subscribed", topic: "user.42", epoch: "e", offset: 7, recovered: true })
    await settle()
    assert.deepEqual(subscribes(), [{ topic: "user.42", since: "e:3" }])
  })

  test("and cannot be had is the client's error", async () => {
    stage.socket.say({ type: "error", topic: "secret", code: "forbidden", message: "No." })
    assert.deepEqual(
      stage.errors.map(error => (error as { topic?: string }).topic),
      ["secret"],
    )
  })

  test("concerns nobody who does not want it", async () => {
    stage.socket.say(
      { type: "subscribed", topic: "user.42", epoch: "e", offset: 7, recovered: true },
      { type: "publication", topic: "user.42", epoch: "e", offset: 8, data: 8 },
    )
    listen("user.42")
    await settle()
    assert.deepEqual(subscribes(), [{ topic: "user.42" }])
    assert.deepEqual(got, [])
  })
})

describe("from a position", () => {
  test("is where the application says", async () => {
    listen("news", { since: "e:40" })
    await settle()
    assert.deepEqual(subscribes(), [{ topic: "news", since: "e:40" }])
    stage.socket.accept({ epoch: "f", offset: 2, recovered: true }) // the same place, in another epoch
    stage.socket.publish("news", 3, 3, "f")
    assert.deepEqual(got, ["news 3"])
  })

  test("may be gone", async () => {
    listen("news", { since: "e:40" })
    await settle()
    stage.socket.accept({ epoch: "e", offset: 90, recovered: false })
    stage.socket.publish("news", 91)
    assert.deepEqual(got, ["news reset at e:90: history", "news 91 after a gap"])
  })

  test("is said to be gone where others are beyond it", async () => {
    listen("news", {}, "one")
    await settle()
    stage.socket.accept({ epoch: "e", offset: 40, recovered: true })
    stage.socket.publish("news", 41)
    listen("news", { since: "e:40" }, "behind")
    listen("news", { since: "e:41" }, "even")
    listen("news", { since: "e:42" }, "ahead")
    await settle()
    stage.socket.publish("news", 42)
    stage.socket.publish("news", 43)
    assert.deepEqual(got, [
      "one 41",
      "behind reset at e:41: since",
      ...["one 42", "behind 42 after a gap", "even 42"],
      ...["one 43", "behind 43", "even 43", "ahead 43"],
    ])
  })

  test("that is none is refused", () => {
    for (const since of ["", "42", "e:", ":42", "e:42:1", "é:42", `${"e".repeat(33)}:1`]) {
      assert.throws(() => stage.client.subscribe("news", { since }), TypeError, since)
    }
  })
})

describe("a pattern", () => {
  test("gets what it matches, beside the topic's own subscription", async () => {
    listen("news.*", {}, "pattern")
    listen("news.a", {}, "name")
    await settle()
    stage.socket.accept()
    stage.socket.publish("news.a", 1)
    stage.socket.publish("news.b", 1)
    stage.socket.publish("news.a.c", 1)
    assert.deepEqual(got, ["name 1", "pattern 1", "pattern 1"])
  })

  test("is named in what came by it, whatever else one listener is subscribed to", async () => {
    const listener = ({ topic, subscription }: Publication) => got.push(`${topic} by ${subscription}`)
    for (const topic of ["news.*", "*.a", "news.a"]) {
      stage.client.subscribe(topic, listener)
    }
    await settle()
    stage.socket.accept()
    stage.socket.publish("news.a", 1)
    stage.socket.say({ type: "publication", topic: "news.b", epoch: "e", offset: 1, data: 1, subscription: "news.*" })
    assert.deepEqual(got, ["news.a by news.a", "news.a by news.*", "news.a by *.a", "news.b by news.*"])
  })

  test("gets once what also comes when the topic's own subscription catches up", async () => {
    listen("news.*", {}, "pattern")
    await settle()
    stage.socket.accept()
    stage.socket.publish("news.a", 50)
    listen("news.a", { since: "e:48" }, "name")
    await settle()
    stage.socket.accept({ epoch: "e", offset: 48, recovered: true })
    stage.socket.publish("news.a", 49)
    stage.socket.publish("news.a", 50)
    stage.socket.publish("news.a", 51)
    assert.deepEqual(got, ["pattern 50", "name 49", "name 50", "name 51", "pattern 51"])
  })

  test("is told after each loss that it may have missed something", async () => {
    const pattern = listen("news.*")
    await settle()
    stage.socket.accept()
    assert.deepEqual(await pattern.ready, { position: undefined, recovered: true, connection: undefined })
    await stage.reconnect()
    assert.deepEqual(subscribes(), [{ topic: "news.*" }])
    stage.socket.accept()
    assert.deepEqual(got, ["news.* reset at undefined: pattern"])
  })

  test("is told when one of its topics was interrupted", async () => {
    listen("news.*")
    await settle()
    stage.socket.accept()
    stage.socket.publish("news.a", 5)
    stage.socket.say({ type: "resumed", topic: "news.a", epoch: "f", offset: 0, recovered: false })
    stage.socket.publish("news.a", 1, 1, "f")
    assert.deepEqual(got, ["news.* 5", "news.* reset at undefined: history", "news.* 1 after a gap"])
  })
})

describe("a refusal", () => {
  async function refuse(code: string): Promise<void> {
    await settle()
    for (const { type, id } of stage.socket.take()) {
      if (type === "subscribe") {
        stage.socket.say({ type: "error", id, code, message: "No." })
      }
    }
    await settle()
  }

  for (const code of ["forbidden", "invalid_topic", "too_many_subscriptions", "something_new"]) {
    test(`with ${code} is final`, async () => {
      const news = listen("news")
      news.onError = error => got.push(error.code)
      await refuse(code)
      await assert.rejects(news.ready, { code, topic: "news", message: "No." })
      assert.deepEqual(got, [code])
      assert.deepEqual(stage.errors, [])
      await stage.reconnect()
      assert.deepEqual(subscribes(), [])
    })
  }

  test("that nobody wants to know is the client's error", async () => {
    listen("news")
    await refuse("forbidden")
    assert.deepEqual(
      stage.errors.map(error => (error as { code: string }).code),
      ["forbidden"],
    )
  })

  for (const code of ["unavailable", "too_many_new_topics", "too_many_topics", "server_full"]) {
    test(`with ${code} is tried again`, async () => {
      const news = listen("news")
      await refuse(code)
      await stage.pass(749)
      assert.equal(subscribes().length, 1)
      await stage.pass(1)
      assert.equal(subscribes().length, 2)
      stage.socket.accept()
      await news.ready
    })
  }

  test("is not tried again after the topic was left", async () => {
    const news = listen("news")
    await refuse("unavailable")
    news.unsubscribe()
    await stage.pass(5_000)
    assert.equal(subscribes().length, 1)
  })

  test("comes later, too, when a new token does not allow it any more", async () => {
    const news = listen("news")
    news.onError = ({ code }) => got.push(code)
    await settle()
    stage.socket.accept()
    stage.socket.say({ type: "unsubscribed", topic: "news" })
    stage.socket.publish("news", 1)
    assert.deepEqual(got, ["forbidden"])
  })
})

describe("iteration", () => {
  test("gives what comes, also what came before it began, until it is left", async () => {
    const news = stage.client.subscribe<number>("news")
    await settle()
    stage.socket.accept()
    stage.socket.publish("news", 1)
    stage.socket.publish("news", 2)
    const seen: number[] = []
    const reading = (async () => {
      for await (const { data } of news) {
        seen.push(data)
        if (data === 3) {
          break
        }
      }
    })()
    await settle()
    assert.deepEqual(seen, [1, 2])
    stage.socket.publish("news", 3)
    stage.socket.publish("news", 4)
    await reading
    await settle()
    assert.deepEqual(seen, [1, 2, 3])
    assert.equal(stage.socket.of("unsubscribe").length, 1)
  })

  test("ends with the subscription, or throws what ended it", async () => {
    const one = stage.client.subscribe("one")
    const two = stage.client.subscribe("two")
    two.onError = () => {}
    await settle()
    stage.socket.accept()
    stage.socket.publish("one", 1)
    one.unsubscribe()
    stage.socket.say({ type: "unsubscribed", topic: "two" })
    const first = one[Symbol.asyncIterator]()
    assert.equal((await first.next()).value.data, 1)
    assert.deepEqual(await first.next(), { value: undefined, done: true })
    const second = two[Symbol.asyncIterator]()
    await assert.rejects(second.next(), { code: "forbidden" })
    assert.deepEqual(await second.next(), { value: undefined, done: true })
  })

  test("ends where it begins behind the end", async () => {
    const news = listen("news")
    news.unsubscribe()
    const rest = news[Symbol.asyncIterator]().next()
    await settle()
    assert.deepEqual(await Promise.race([rest, "waits for ever"]), { value: undefined, done: true })
  })

  test("is ended by its signal, and by a handler that leaves when it is too slow", async () => {
    const ending = new AbortController()
    const news = stage.client.subscribe("news", { signal: ending.signal })
    const slow = stage.client.subscribe("news", { buffer: 1 })
    slow.onReset = () => slow.unsubscribe()
    await settle()
    stage.socket.accept()
    const reading = (async () => {
      for await (const { data } of news) {
        got.push(`news ${data}`)
      }
      got.push("end")
    })()
    stage.socket.publish("news", 1)
    stage.socket.publish("news", 2)
    await settle()
    ending.abort()
    await reading
    for await (const { data } of slow) {
      got.push(`slow ${data}`)
    }
    assert.deepEqual(got, ["news 1", "news 2", "end"])
  })

  test("says so when it is too slow", async () => {
    const news = stage.client.subscribe("news", { buffer: 2 })
    news.onReset = ({ position, reason }) => got.push(`reset at ${position}: ${reason}`)
    await settle()
    stage.socket.accept()
    for (const offset of [1, 2, 3, 4]) {
      stage.socket.publish("news", offset)
    }
    news.unsubscribe()
    for await (const { data, missed } of news) {
      got.push(`${data} ${missed}`)
    }
    assert.deepEqual(got, ["reset at e:3: overflow", "3 true", "4 false"])
  })
})
