// A client in Node.js for the tests of the service: reads JavaScript from its standard input, a JSON string a line, and writes a line
// of JSON for each, with what the code returns.
import { createInterface } from "node:readline"

const [, , client, helpers] = process.argv
globalThis.Pushwire = await import(client)
await import(helpers)
const AsyncFunction = (async () => {}).constructor
for await (const line of createInterface({ input: process.stdin })) {
  let answer
  try {
    answer = { value: (await new AsyncFunction(JSON.parse(line))()) ?? null }
  } catch (error) {
    answer = { error: String(error) }
  }
  console.log(JSON.stringify(answer))
}
process.exit()
