/**
 * Calls back when it is worth looking at the connection: the network has come back or gone, somebody looks at the page again, a
 * frozen page goes on. Where there are no such events, as in Node.js, never.
 *
 * @returns what ends that
 */
export function onWake(look: () => void): () => void {
  const ears = new AbortController()
  const { signal } = ears
  const page = globalThis.document
  for (const event of ["online", "offline", "pageshow"]) {
    globalThis.addEventListener?.(event, look, { signal })
  }
  page?.addEventListener("resume", look, { signal })
  page?.addEventListener("visibilitychange", () => page.visibilityState === "visible" && look(), { signal })
  return () => ears.abort()
}
