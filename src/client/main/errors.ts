/** The codes with which the server refuses a command. docs/protocol.md describes them. */
export type ServerErrorCode =
  | "malformed"
  | "unknown_type"
  | "unauthenticated"
  | "invalid_token"
  | "other_principal"
  | "too_many_connections"
  | "invalid_topic"
  | "topic_too_long"
  | "invalid_position"
  | "invalid_info"
  | "invalid_publication"
  | "already_subscribed"
  | "not_subscribed"
  | "too_many_subscriptions"
  | "too_many_patterns"
  | "server_full"
  | "too_many_new_topics"
  | "too_many_topics"
  | "forbidden"
  | "no_presence"
  | "unavailable"

/** The codes of errors that the client itself reports. */
export type ClientErrorCode =
  /** The connection ended; `closeCode` says with which code. The client connects again by itself. */
  | "connection_lost"
  /** Nothing answers at the address, or the browser may not see the answer. */
  | "unreachable"
  /** The opening handshake was answered with an HTTP status: see `status`. */
  | "handshake_refused"
  /** The token function threw; its error is the `cause`. */
  | "token_failed"
  /** The client was closed: by `close()`, by its signal, or by an ending after which it does not connect again. */
  | "closed"
  /** As many commands wait as are allowed. */
  | "queue_full"
  /** The publication is larger than the server takes. */
  | "too_large"
  /** The publication was sent, no answer came, and it is too late to send it again without the risk of a duplicate. */
  | "outcome_unknown"

/** Later servers may have more codes than this client knows. */
export type ErrorCode = ServerErrorCode | ClientErrorCode | (string & {})

/** Codes after which the same command may succeed later. */
const TEMPORARY = /^(unavailable|server_full|too_many_(connections|(new_)?topics))$/

interface Details {
  topic?: string | undefined
  closeCode?: number | undefined
  status?: number | undefined
  retryAfter?: number | undefined
  cause?: unknown
}

/** An error of the client or of the server. `code` is for programs, `message` for people. */
export class PushwireError extends Error {
  declare readonly code: ErrorCode
  /** The topic that the error is about. */
  declare readonly topic: string | undefined
  /** The WebSocket close code, of `connection_lost` and `closed`. */
  declare readonly closeCode: number | undefined
  /** The HTTP status, of `handshake_refused`. */
  declare readonly status: number | undefined
  /** How long the server asked to wait, in milliseconds. */
  declare readonly retryAfter: number | undefined

  /** @internal */
  constructor(code: ErrorCode, message: string, { cause, ...details }: Details = {}) {
    super(message, cause ? { cause } : undefined)
    Object.assign(this, details, { name: "PushwireError", code })
  }

  /** Whether the same action may succeed later. */
  get temporary(): boolean {
    return TEMPORARY.test(this.code)
  }
}
