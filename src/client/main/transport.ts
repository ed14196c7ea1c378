/** One way to the server and back, for one connection. */
export interface Transport {
  /** Sends objects, one a line. Not before it is open. */
  send(lines: string): void
  /** Ends it at once; its listener hears no more. */
  close(): void
}

export interface TransportListener {
  onOpen(): void
  /** Objects, one a line. */
  onText(lines: string): void
  /** It has ended, or was never open. Nothing comes after this. */
  onClose(code: number, reason: string): void
}

export type OpenTransport = (listener: TransportListener) => Transport

/** How a client reaches the server: the best first. */
export type TransportName = "websocket" | "stream" | "poll"

/** Why no connection came about. */
export interface Why {
  readonly code: "unreachable" | "handshake_refused"
  readonly message: string
  /** The HTTP status; 426 where the server itself would have taken a WebSocket. */
  readonly status?: number
  /** Seconds that the server asks to wait, as it wrote them. */
  readonly wait?: string | null
  readonly cause?: unknown
}

/** What goes over HTTP. In a file of its own, which is loaded when there is no WebSocket. */
export interface Http {
  whyRefused(endpoint: URL, closing: AbortSignal): Promise<Why>
  /** @param since when it was taken first: kept for the page with the name, once it works */
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
