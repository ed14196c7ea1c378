import { PushwireError } from "./errors.ts"
import { LONGEST_TIMER, type TokenRequest, type TokenSource } from "./options.ts"
import type { Authenticated } from "./protocol.ts"

/** How long before its end a token is replaced. */
const AHEAD = 30_000

/** More than any server is early or late: so that the tokens of clients that came together are not all asked for at once. */
const SPREAD = 10_000

/** How long the application may take: its own request may hang on a network that is gone. */
const TIMEOUT = 30_000

/** Gets tokens from the application. */
export class Tokens {
  readonly #source: TokenSource | undefined
  readonly #signal: AbortSignal

  constructor(source: TokenSource | undefined, signal: AbortSignal) {
    this.#source = source
    this.#signal = signal
  }

  /** Whether there can be another one than the last. */
  get renewable(): boolean {
    return typeof this.#source === "function"
  }

  /** @throws PushwireError where the application's function throws, or takes too long */
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
 * When to get the next token. Of one that lives for less than a minute in the second half of its life. Where an older
 * server tells the time of the end alone, a client whose clock is wrong asks too early, or is told that it is too late; it does so
 * once in half a minute at most.
 */
export function renewalDelay({ expiresAt, expiresIn }: Pick<Authenticated, "expiresAt" | "expiresIn">): number {
  const left = expiresIn === undefined ? Date.parse(expiresAt) - Date.now() : expiresIn * 1000
  if (left <= 0) {
    return AHEAD
  }
  const ahead = Math.min(left / 2, AHEAD) + Math.random() * Math.min(left / 8, SPREAD)
  return Math.min(left - ahead, LONGEST_TIMER)
}
