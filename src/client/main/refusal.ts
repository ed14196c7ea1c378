import { PushwireError } from "./errors.ts"

/** A server may ask to wait, but not for ever: the page may be gone by then. */
const LONGEST_WAIT = 5 * 60_000

/** As long as the user may be left without a word. */
const TIMEOUT = 5_000

/**
 * Finds out why a handshake failed. A WebSocket tells a page nothing but 1006, so the same path is asked over HTTP: what refused
 * the handshake mostly refuses that, too, and says why.
 */
export async function whyRefused(endpoint: URL): Promise<PushwireError> {
  const url = new URL(endpoint)
  url.protocol = endpoint.protocol === "wss:" ? "https:" : "http:"
  try {
    const answer = await fetch(url, {
      headers: { Accept: "application/problem+json, text/plain;q=0.5" },
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    })
    const { status } = answer
    const text = (await answer.text()).slice(0, 10_000)
    return status === 426 ? blocked(url) : refused(url, status, sentenceOf(text), answer.headers.get("Retry-After"))
  } catch (cause) {
    const hint = globalThis.location && globalThis.location.origin !== url.origin
    return new PushwireError(
      "unreachable",
      `Nothing answers at ${url}${hint ? `, or it is not for pages of ${globalThis.location.origin}` : ""}.`,
      { cause },
    )
  }
}

/** The server itself would have taken a WebSocket: it answers so to who asks for none. */
function blocked(url: URL): PushwireError {
  return new PushwireError(
    "handshake_refused",
    `${url} is there, but no WebSocket came about: a proxy on the way does not pass them on, or the server does not allow ` +
      "this page's origin (pushwire.websocket.allowed-origins).",
    { status: 426 },
  )
}

function refused(url: URL, status: number, why: string, retryAfter: string | null): PushwireError {
  const wait = Number(retryAfter ?? Number.NaN) * 1000
  return new PushwireError("handshake_refused", `${url} answers ${status || "with a redirect"}${why && `: ${why}`}`, {
    status,
    retryAfter: wait > 0 ? Math.min(wait, LONGEST_WAIT) : undefined,
  })
}

/** Of a problem (RFC 9457) its detail; of a line of text the line; nothing of a proxy's page. */
function sentenceOf(text: string): string {
  try {
    const { detail, title } = JSON.parse(text) as { detail?: unknown; title?: unknown }
    return String(detail ?? title ?? "")
  } catch {
    return text.length < 300 && !text.includes("<") ? text.trim() : ""
  }
}
