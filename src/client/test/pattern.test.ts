import assert from "node:assert/strict"
import { test } from "node:test"
import { isPattern, matches } from "../main/pattern.ts"

const table: [pattern: string, topic: string, matches: boolean][] = [
  ["news.*", "news.sports", true],
  ["news.*", "news.sports.chess", false],
  ["news.*", "news", false],
  ["news.>", "news.sports", true],
  ["news.>", "news.sports.chess", true],
  ["news.>", "news", false],
  [">", "news", true],
  [">", "news.sports", true],
  ["*", "news", true],
  ["*", "news.sports", false],
  ["*.sports", "news.sports", true],
  ["*.sports", "news.politics", false],
  ["a.*.c", "a.b.c", true],
  ["a.*.c", "a.b.d", false],
  ["a.*.>", "a.b", false],
  ["a.*.>", "a.b.c.d", true],
]

for (const [pattern, topic, expected] of table) {
  test(`${pattern} ${expected ? "matches" : "does not match"} ${topic}`, () => {
    assert.equal(matches(pattern, topic), expected)
    assert.ok(isPattern(pattern))
  })
}

test("a name is no pattern", () => {
  assert.ok(!isPattern("news.sports:1-a_b"))
})
