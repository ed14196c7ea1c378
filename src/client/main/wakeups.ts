/**
 * Calls back when it is worth looking at the connection: the network has come back or gone, somebody looks at the page again, a
 * frozen page goes on. Where there are no such events, as in Node.js, never.
 *
 * @param closing nobody wants to know any more
 */
export function onWake(look: () => void, closing: AbortSignal): void {
  const options = { signal: closing }
  const page = globalThis.document
  for (const event of ["online", "offline", "pageshow"]) {
    globalThis.addEventListener?.(event, look, options)
  }
  page?.addEventListener("resume", look, options)
  page?.addEventListener("visibilitychange", () => page.visibilityState === "visible" && look(), options)
}
