/** A publication, as a subscription gets it. */
export interface Publication<T = unknown> {
  readonly topic: string
  /** The topic or pattern of the subscription that it came by. */
  readonly subscription: string
  /** Text as a string, JSON as its value, bytes as a Uint8Array. */
  readonly data: T
  /** The position right after this publication: `<epoch>:<offset>`. */
  readonly position: string
  readonly offset: number
  readonly key?: string | undefined
  /** The trace that it belongs to (W3C Trace Context), if the server passes it on. */
  readonly traceparent?: string | undefined
  /** Whether publications before this one may have been missed; `onReset` was called for that, too. */
  readonly missed: boolean
}

/** The part that is the same for all subscriptions. */
export type SharedPublication = Omit<Publication, "subscription" | "missed">

/** Publications may have been missed for good. */
export interface Reset {
  /** The position from which the topic continues. Patterns have none. */
  readonly position: string | undefined
  /**
   * `history`: the server does not remember so far back. `pattern`: subscriptions to patterns are not recovered.
   * `since`: the client was subscribed to the topic already, and was past the position asked for. `overflow`: the
   * application did not read fast enough.
   */
  readonly reason: "history" | "pattern" | "since" | "overflow"
}
