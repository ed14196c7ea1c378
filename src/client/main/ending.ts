import type { PushwireError } from "./errors.ts"

/** How a connection ended. */
export interface Ending {
  /** The WebSocket close code; 1006 if there was none. */
  readonly code: number
  /** Whether the server had said anything: the connection had really come about. */
  readonly heard: boolean
  readonly error: PushwireError
}

/** What follows from a close code, as docs/protocol.md says. From all others: connect again after a while. */
type Consequence =
  /** The same, with a new token. */
  | "token"
  /** Connect again, and send fewer commands per second. */
  | "slower"
  /** Do not connect again: it would end in the same way each time. */
  | "never"

export const CONSEQUENCES: Record<number, Consequence> = {
  4400: "never",
  4401: "token",
  4403: "token",
  4429: "slower",
}
