import { PushwireError } from "./errors.ts"
import { LONGEST_TIMER, type TokenRequest, type TokenSource } from "./options.ts"
import type { Authenticated } from "./protocol.ts"

/** How long before it expires a token is replaced. */
const AHEAD = 30_000

/**
 * Tokens are replaced up to this much earlier, at random. So clients that connected together do not all ask for tokens
 * at once.
 */
const SPREAD = 10_000

/** How long the application may take to get a token: its own request may hang if the network is gone. */
const TIMEOUT = 30_000

/** Gets tokens from the application. */
export class Tokens {
  readonly #source: TokenSource | undefined
  readonly #signal: AbortSignal

  constructor(source: TokenSource | undefined, signal: AbortSignal) {
    this.#source = source
    this.#signal = signal
  }

  /** Whether there can be another token than the last one. */
  get renewable(): boolean {
    return typeof this.#source === "function"
  }

  /** @throws PushwireError if the application's function throws, or takes too long */
  async next(reason: TokenRequest["reason"]): Promise<string | undefined> {
    const source = this.#source
    if (typeof source !== "function") {
      return source || undefined
    }
    const asking = new AbortController()
    const abort = (why: unknown) => asking.abort(why)
    const closed = () => abort(this.#signal.reason)
    const timer = setTimeout(abort, TIMEOUT, new DOMException("It took too long.", "TimeoutError"))
    this.#signal.addEventListener("abort", closed)
    try {
      const { signal } = asking
      const aborted = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))
      return (await Promise.race([source({ reason, signal }), aborted])) || undefined
    } catch (cause) {
      throw new PushwireError("token_failed", `The token function failed: ${cause}`, { cause })
    } finally {
      clearTimeout(timer)
      this.#signal.removeEventListener("abort", closed)
    }
  }
}

/**
 * The wait until the client asks for the next token. A token that lives for less than a minute is replaced in the
 * second half of its life. An older server tells only the time of expiry. Then a client with a wrong clock asks too
 * early, or too late; it asks at most once in half a minute.
 */
export function renewalDelay({ expiresAt, expiresIn }: Pick<Authenticated, "expiresAt" | "expiresIn">): number {
  const left = expiresIn === undefined ? Date.parse(expiresAt) - Date.now() : expiresIn * 1000
  if (left <= 0) {
    return AHEAD
  }
  const ahead = Math.min(left / 2, AHEAD) + Math.random() * Math.min(left / 8, SPREAD)
  return Math.min(left - ahead, LONGEST_TIMER)
}
