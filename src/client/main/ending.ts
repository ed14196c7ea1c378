import type { PushwireError } from "./errors.ts"

/** How a connection ended. */
export interface Ending {
  /** The WebSocket close code; 1006 where there was none. */
  readonly code: number
  readonly reason: string
  /** Whether the server had said anything: the connection had really come about. */
  readonly heard: boolean
  /** Why the client itself ended it. */
  readonly error?: PushwireError | undefined
}

/** What follows from a close code, as docs/protocol.md says. */
export type Consequence =
  /** Connect again after a while. */
  | "again"
  /** The same, with a new token. */
  | "token"
  /** The same, and send fewer commands a second. */
  | "slower"
  /** It would end in the same way each time. */
  | "never"

const CONSEQUENCES: Record<number, Consequence> = {
  4400: "never",
  4401: "token",
  4403: "token",
  4429: "slower",
}

export function consequenceOf(code: number): Consequence {
  return CONSEQUENCES[code] ?? "again"
}
