import assert from "node:assert/strict"
import { test } from "node:test"
import { connect } from "../main/index.ts"
import { endpointOf } from "../main/options.ts"
import { FakeSocket } from "./fakes.ts"

const table: [address: string, endpoint: string][] = [
  ["https://push.example.com", "wss://push.example.com/push"],
  ["https://push.example.com/", "wss://push.example.com/push"],
  ["http://localhost:8080", "ws://localhost:8080/push"],
  ["wss://push.example.com/push", "wss://push.example.com/push"],
  ["wss://push.example.com/push/", "wss://push.example.com/push"],
  ["https://example.com/realtime", "wss://example.com/realtime/push"],
  ["https://example.com/realtime/", "wss://example.com/realtime/push"],
  ["https://example.com/realtime/push", "wss://example.com/realtime/push"],
  ["https://example.com/nopush", "wss://example.com/nopush/push"],
  ["https://example.com/?tenant=1#top", "wss://example.com/push?tenant=1"],
]

for (const [address, endpoint] of table) {
  test(`${address} is ${endpoint}`, () => assert.equal(endpointOf(address).href, endpoint))
}

test("refuses what cannot be meant", () => {
  const WebSocket = FakeSocket as never
  assert.throws(() => connect("ftp://push.example.com", { WebSocket }), TypeError)
  assert.throws(() => connect("push.example.com", { WebSocket }), TypeError)
  assert.throws(() => connect("https://push.example.com", { WebSocket, pingInterval: 0 }), /pingInterval/)
  assert.throws(() => connect("https://push.example.com", { WebSocket, maxQueue: Number.NaN }), /maxQueue/)
})
