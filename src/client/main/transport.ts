/** The transport of one connection. */
export interface Transport {
  /** Sends JSON objects, one per line. Only for an open transport. */
  send(lines: string): void
  /** Ends the transport at once. Its listener is no longer called. */
  close(): void
}

export interface TransportListener {
  onOpen(): void
  /** JSON objects, one per line. */
  onText(lines: string): void
  /** The transport has ended, or could not open. This is the last call. */
  onClose(code: number, reason: string): void
}

export type OpenTransport = (listener: TransportListener) => Transport

/** How a client reaches the server; the best transport comes first. */
export type TransportName = "websocket" | "stream" | "poll"

/** Why no connection came about. */
export interface Why {
  readonly code: "unreachable" | "handshake_refused"
  readonly message: string
  /** The HTTP status; 426 if the server itself would have accepted a WebSocket. */
  readonly status?: number
  /** Seconds that the server asks to wait, as it wrote them. */
  readonly wait?: string | null
  readonly cause?: unknown
}

/** The part of the client that uses HTTP. It is in a file of its own, which is loaded if a WebSocket does not work. */
export interface Http {
  whyRefused(endpoint: URL, closing: AbortSignal): Promise<Why>
  /** @param since when it was first used: kept for the page, with the name, once it works */
  transport(endpoint: URL, name: TransportName, since: number): OpenTransport
  /**
   * Whether something comes back over a WebSocket. Then nothing else is kept for the page.
   *
   * @param delay milliseconds until it is tried
   * @param stop nobody wants to know any more
   */
  isThrough(endpoint: URL, sockets: OpenTransport, delay: number, stop: AbortSignal): Promise<boolean>
}

export type LoadHttp = () => Promise<Http>
