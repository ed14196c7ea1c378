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
