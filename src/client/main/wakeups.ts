/**
 * Calls back when the connection should be checked: the network has come back or gone, the page is visible again, or a
 * frozen page continues. Where there are no such events, as in Node.js, it never calls back.
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
