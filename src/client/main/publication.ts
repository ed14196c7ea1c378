/** Something that was published. */
export interface Publication<T = unknown> {
  readonly topic: string
  /** The topic or pattern of the subscription that it came by. */
  readonly subscription: string
  /** Text as a string, JSON as its value, bytes as a Uint8Array. */
  readonly data: T
  /** `<epoch>:<offset>`: behind this publication. */
  readonly position: string
  readonly offset: number
  readonly key?: string | undefined
  /** The trace that it is part of (W3C Trace Context), where the server passes that on. */
  readonly traceparent?: string | undefined
  /** Whether others before this one may have been missed; `onReset` has said so, too. */
  readonly missed: boolean
}

/** What is the same for all subscriptions that it comes by. */
export type SharedPublication = Omit<Publication, "subscription" | "missed">

/** Publications may have been missed, and cannot be had any more. */
export interface Reset {
  /** Where the topic goes on. Patterns have no position. */
  readonly position: string | undefined
  /**
   * `history`: the server does not remember so far back. `pattern`: subscriptions to patterns are not recovered. `since`: the topic
   * had been subscribed to already, and was beyond the position asked for. `overflow`: the application did not read fast enough.
   */
  readonly reason: "history" | "pattern" | "since" | "overflow"
}
