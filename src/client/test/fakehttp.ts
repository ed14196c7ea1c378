import { type Mock, mock } from "node:test"

interface Asked {
  readonly method: string
  readonly url: URL
  readonly body: string
  /** Answers it, once. */
  answer(status: number, body?: string | ReadableStream): void
  /** The network fails. */
  fail(): void
}

/** A server that is reached by `fetch`: what it is asked waits until the test answers. */
export class FakeHttp {
  readonly asked: Asked[] = []
  /** What it answers to who asks why there is no WebSocket. */
  why = 426
  readonly fetch: Mock<typeof fetch>
  #stream: ReadableStreamDefaultController<Uint8Array> | undefined

  constructor() {
    this.fetch = mock.method(globalThis, "fetch", ((url: URL, options: RequestInit = {}) =>
      this.#take(url, options)) as typeof fetch)
  }

  #take(input: URL, { method = "GET", body = "", signal }: RequestInit): Promise<Response> {
    const url = new URL(input)
    if (method === "GET" && url.pathname === "/push") {
      return Promise.resolve(new Response("", { status: this.why }))
    }
    return new Promise((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason))
      this.asked.push({
        method,
        url,
        body: String(body),
        answer: (status, text = "") => resolve(new Response(status === 204 ? null : text, { status })),
        fail: () => reject(new TypeError("network error")),
      })
    })
  }

  /** Those that are not answered yet; each is given out once. */
  take(method: string): Asked[] {
    const found = this.asked.filter(each => each.method === method)
    this.asked.splice(0, this.asked.length, ...this.asked.filter(each => each.method !== method))
    return found
  }

  /** The only one. */
  one(method: string): Asked {
    const [found, ...more] = this.take(method)
    if (!found || more.length > 0) {
      throw new Error(`${found ? more.length + 1 : 0} requests instead of one ${method}`)
    }
    return found
  }

  /** Answers a request with a stream that goes on. */
  openStream(request: Asked): void {
    request.answer(
      200,
      new ReadableStream({
        start: controller => {
          this.#stream = controller
        },
      }),
    )
  }

  say(...objects: object[]): void {
    this.#stream?.enqueue(new TextEncoder().encode(lines(...objects)))
  }

  /** A part of a line. */
  sayBytes(bytes: Uint8Array): void {
    this.#stream?.enqueue(bytes)
  }

  endStream(): void {
    this.#stream?.close()
  }
}

export function lines(...objects: object[]): string {
  return objects.map(object => `${JSON.stringify(object)}\n`).join("")
}

export const CONNECTED = { type: "connected", session: "n-secret", connection: "c1", limits: { messageSize: 65_536 } }
