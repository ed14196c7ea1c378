import assert from "node:assert/strict"
import { afterEach, mock, test } from "node:test"
import { Backoff } from "../main/backoff.ts"

afterEach(() => mock.restoreAll())

function delays(random: number, count: number, backoff = new Backoff(500, 20_000)): number[] {
  mock.method(Math, "random", () => random)
  return Array.from({ length: count }, () => backoff.next())
}

test("is the shortest wait, and a part of a span that doubles up to the longest", () => {
  assert.deepEqual(delays(0.5, 8), [750, 1000, 1500, 2500, 4500, 8500, 10500, 10500])
})

test("is never below the shortest, and never above the longest", () => {
  assert.deepEqual(delays(0, 3), [500, 500, 500])
  assert.deepEqual(delays(1, 8), [1000, 1500, 2500, 4500, 8500, 16500, 20_000, 20_000])
})

test("begins anew after a success", () => {
  const backoff = new Backoff(500, 20_000)
  delays(1, 5, backoff)
  backoff.reset()
  assert.equal(backoff.next(), 1000)
})

test("stays finite after a night of failures", () => {
  assert.equal(delays(1, 5000).at(-1), 20_000)
})
