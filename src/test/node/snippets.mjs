// Runs the snippets of the pages against a service, each until it has shown what was published. Takes JSON: {service, key, token,
// snippets: [{name, code}]}; writes a line for each: its name, and what it has shown or why it failed.
import { createRequire } from "node:module"
const { io: connect } = createRequire(import.meta.url)("socket.io-client")
const { service, key, token, snippets } = JSON.parse(process.argv[2])
const here = url => String(url).replace(/^(ws|http)s?:\/\/[^/]+/, (_, scheme) => `${scheme}://${service}`)
const onService = Base => class extends Base { constructor(url, ...rest) { super(here(url.startsWith("/") ? "http://x" + url : url), ...rest) } }
const run = Object.getPrototypeOf(async () => {}).constructor
const open = new Set(snippets.map(({ name }) => name))

for (const { name, code } of snippets) {
  const shown = (...what) => { if (open.delete(name)) console.log(`${name}\t${what.map(one => typeof one === "object" ? JSON.stringify(one) : one).join(" ")}`) }
  const given = {
    WebSocket: onService(WebSocket), EventSource: onService(EventSource),
    io: (url, options) => { const socket = connect(here(url.startsWith("/") ? "http://x" + url : url), { forceNew: true, ...options }); socket.on("connect", () => options?.auth instanceof Function && shown("connected")); return socket },
    fetch: (url, options) => fetch(`http://${service}${url}`, options),
    get socket() { return connect(`http://${service}`, { forceNew: true, transports: ["websocket"] }) },
    loadEverything: () => shown("connected"),
    token, freshToken: async () => token, show: shown, console: { log: shown },
  }
  run(...Object.keys(given), `{ ${code}\n}`)(...Object.values(given)).catch(failed => shown("failed:", String(failed)))
}
const until = Date.now() + 30_000
while (open.size > 0 && Date.now() < until) {
  for (const topic of ["news", "news.sports", "greetings"]) {
    await fetch(`http://${service}/topics/${topic}`, { method: "POST", body: "hello", headers: { Authorization: `Bearer ${key}` } })
  }
  await fetch(`http://${service}/api/emit`, { method: "POST", body: '{"event": "news", "args": [{"hello": "world"}]}', headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" } })
  await new Promise(done => setTimeout(done, 50))
}
process.exit(0)
