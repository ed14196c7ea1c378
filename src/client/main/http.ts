import type { OpenTransport, Transport, TransportListener, TransportName } from "./transport.ts"

export { whyRefused } from "./refusal.ts"

/**
 * How many seconds the server may hold a poll. By default a ping is due later, so that the answer makes it unnecessary.
 */
const WAIT = 20

/** How often a failing request is sent, a second apart, before the session counts as lost. */
const TRIES = 5

/**
 * Commands that wait for the previous request share the next one, up to this length. It is far below the server's
 * limit.
 */
const LARGEST = 16 * 1024

/** A WebSocket over which nothing comes for this long does not work. */
const SILENCE = 5_000

export function transport(endpoint: URL, name: TransportName, since: number): OpenTransport {
  return listener =>
    new Session(endpoint, name === "poll", {
      onOpen() {
        keep(endpoint, `${name} ${since}`)
        listener.onOpen()
      },
      onText: lines => listener.onText(lines),
      onClose: (code, reason) => listener.onClose(code, reason),
    })
}

/** Keeps the name of the transport for the next page of the tab. */
function keep(endpoint: URL, value: string): void {
  try {
    globalThis.sessionStorage.setItem(`pushwire ${endpoint}`, value)
  } catch {
    // there is no session storage, or the page may not use it
  }
}

export async function isThrough(
  endpoint: URL,
  sockets: OpenTransport,
  delay: number,
  stop: AbortSignal,
): Promise<boolean> {
  await pause(delay, stop)
  const trial = new Promise<boolean>(resolve => {
    stop.throwIfAborted()
    const end = (through: boolean) => {
      clearTimeout(timer)
      socket.close()
      if (through) {
        keep(endpoint, "")
      }
      resolve(through)
    }
    const socket = sockets({
      onOpen: () => socket.send('{"type":"ping","id":0}'),
      onText: () => end(true),
      onClose: () => end(false),
    })
    const timer = setTimeout(end, SILENCE, false)
    stop.addEventListener("abort", () => end(false))
  })
  return trial.catch(() => false) // the platform does not even try
}

/** Shorter where there is no sense in it any more. */
function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer)
      stop.removeEventListener("abort", end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    stop.addEventListener("abort", end)
  })
}

/** A session over HTTP: commands in requests one after the other, and all else in one response, or in those to polls. */
class Session implements Transport {
  readonly #endpoint: URL
  readonly #polls: boolean
  readonly #listener: TransportListener
  readonly #ending = new AbortController()
  #id: string | undefined
  /** Whether the server has ended the session. */
  #ended = false
  #commands: string[] = []
  #posting = false
  #posted = 0

  constructor(endpoint: URL, polls: boolean, listener: TransportListener) {
    this.#endpoint = new URL(endpoint)
    this.#endpoint.protocol = endpoint.protocol === "wss:" ? "https:" : "http:"
    this.#polls = polls
    this.#listener = listener
    void this.#over(this.#run())
  }

  send(lines: string): void {
    this.#commands.push(lines)
    if (!this.#posting) {
      void this.#over(this.#post())
    }
  }

  close(): void {
    const { aborted } = this.#ending.signal
    this.#ending.abort()
    if (this.#id && !this.#ended && !aborted) {
      fetch(this.#url("close=1"), { method: "POST", keepalive: true }).catch(() => {}) // else the server would keep it
    }
  }

  /** Ends the session with the code that the work results in, or with 1006 if it fails. The code 0 does not end it. */
  async #over(work: Promise<number>): Promise<void> {
    const code = await work.catch(() => 1006)
    if (code && !this.#ending.signal.aborted) {
      this.#ending.abort()
      this.#listener.onClose(code, "")
    }
  }

  /** @returns the close code */
  async #run(): Promise<number> {
    const opening = await fetch(this.#url(this.#polls ? `wait=${WAIT}` : ""), {
      method: "POST",
      headers: { Accept: "application/x-ndjson" },
      cache: "no-store",
      signal: this.#ending.signal,
    })
    if (opening.status !== 200 || !opening.body) {
      return 1006
    }
    await this.#read(opening.body)
    for (let read = 0; this.#polls; ) {
      const { status, text } = await this.#request(`ack=${read}&wait=${WAIT}`)
      if (status !== 200) {
        return 1006
      }
      read += Number(text !== "") // an empty answer is not counted
      this.#take(text)
    }
    return 1006
  }

  /** Takes the lines of a response as they come. */
  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader()
    const decoder = new TextDecoder()
    let rest = ""
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      rest += decoder.decode(part.value, { stream: true })
      const end = rest.lastIndexOf("\n") + 1
      if (end > 0) {
        this.#take(rest.slice(0, end))
        rest = rest.slice(end)
      }
    }
  }

  #take(lines: string): void {
    const first = this.#id === undefined
    if (first) {
      const { session } = JSON.parse(lines.slice(0, lines.indexOf("\n"))) as { session?: unknown }
      if (typeof session !== "string") {
        throw new TypeError("This is no session.") // a proxy's page, for example
      }
      this.#id = session
    }
    this.#ended ||= /^{"type":"closed"/m.test(lines)
    if (!this.#ending.signal.aborted) {
      this.#listener.onText(lines)
    }
    if (first && !this.#ending.signal.aborted) {
      this.#listener.onOpen()
    }
  }

  /** @returns the close code; 0 if the session goes on */
  async #post(): Promise<number> {
    this.#posting = true
    while (this.#commands.length > 0) {
      let body = this.#commands.shift() ?? ""
      while (body.length + (this.#commands[0] ?? body).length < LARGEST && this.#commands.length > 0) {
        body += `\n${this.#commands.shift()}`
      }
      const { status } = await this.#request(`seq=${++this.#posted}`, { method: "POST", body })
      if (status !== 202) {
        return status === 413 ? 1009 : 1006
      }
    }
    this.#posting = false
    return 0
  }

  /** Sends a request, and sends it again if it fails. The server carries out a repeated request only once. */
  async #request(query: string, options: RequestInit = {}): Promise<{ status: number; text: string }> {
    const { signal } = this.#ending
    for (let tries = 1; ; tries++) {
      try {
        const answer = await fetch(this.#url(query), { ...options, cache: "no-store", signal })
        const text = await answer.text()
        const { status } = answer
        const whole = status !== 200 || text === "" || text.endsWith("\n")
        if (whole && status !== 429 && status !== 503) {
          return { status, text }
        }
      } catch (error) {
        signal.throwIfAborted()
        if (tries === TRIES) {
          throw error
        }
      }
      if (tries === TRIES) {
        return { status: 503, text: "" }
      }
      await pause(1000, signal)
      signal.throwIfAborted()
    }
  }

  #url(query: string): URL {
    const url = new URL(this.#endpoint)
    if (this.#id) {
      url.pathname += `/${this.#id}`
      url.search = ""
    }
    for (const [name, value] of new URLSearchParams(query)) {
      url.searchParams.set(name, value)
    }
    return url
  }
}
