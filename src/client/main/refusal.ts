import type { Why } from "./transport.ts"

/** How long to wait for the answer. Until then the application does not learn what is wrong. */
const TIMEOUT = 5_000

/**
 * Finds out why a handshake failed. A WebSocket tells a page nothing but 1006. So this asks the same path over HTTP:
 * the service answers with the refusal that a handshake would get now, or with 426 if it would get none.
 *
 * @param closing aborted when the client is closed
 */
export async function whyRefused(endpoint: URL, closing: AbortSignal): Promise<Why> {
  const url = new URL(endpoint)
  url.protocol = endpoint.protocol === "wss:" ? "https:" : "http:"
  const asking = new AbortController()
  const { signal } = asking
  const abort = () => asking.abort()
  const timer = setTimeout(abort, TIMEOUT)
  closing.addEventListener("abort", abort, { signal })
  try {
    const answer = await fetch(url, {
      headers: { Accept: "application/problem+json, text/plain;q=0.5" },
      cache: "no-store",
      redirect: "manual",
      signal,
    })
    const { status } = answer
    const sentence = sentenceOf((await answer.text()).slice(0, 10_000))
    return {
      code: "handshake_refused",
      message:
        status === 426
          ? `${url} is there, but a proxy on the way does not let this through.`
          : `${url} answers ${status || "with a redirect"}${sentence && `: ${sentence}`}`,
      status,
      wait: answer.headers.get("Retry-After"),
    }
  } catch (cause) {
    const { origin = url.origin } = globalThis.location ?? {}
    const hint = origin === url.origin ? "" : `, or refuses pages of ${origin}`
    return { code: "unreachable", message: `${url} cannot be reached${hint}.`, cause }
  } finally {
    clearTimeout(timer)
    asking.abort()
  }
}

/** The reason in a sentence: the detail of a problem (RFC 9457), or a line of text. Empty for a proxy's page. */
function sentenceOf(text: string): string {
  try {
    const { detail, title } = JSON.parse(text) as { detail?: unknown; title?: unknown }
    return String(detail ?? title ?? "")
  } catch {
    return text.length < 300 && !text.includes("<") ? text.trim() : ""
  }
}
