/** The messages of the server, as docs/protocol.md has them. Types and fields that are not here are ignored. */

export interface Authenticated {
  type: "authenticated"
  id: number
  principal: string
  expiresAt: string
  /** The seconds until then, independent of the client's clock. */
  expiresIn?: number
}

/** The server's limits. */
export interface Limits {
  /** The largest message, in bytes. */
  messageSize: number
  /** Absent if there is no limit. */
  commandsPerSecond?: number
}

/** Over HTTP, the first line of each session, without an `id`. */
export interface Connected {
  type: "connected"
  id?: number
  limits: Limits
}

/** Without an `id` if the server itself has subscribed the client. */
export interface SubscribedAnswer {
  type: "subscribed"
  id?: number
  topic: string
  epoch?: string
  offset?: number
  recovered?: boolean
  connection?: string
}

export interface PublishedAnswer {
  type: "published"
  id: number
  topic: string
  epoch: string
  offset: number
  duplicate?: boolean
}

export interface PresenceAnswer {
  type: "presence"
  id: number
  topic: string
  members: Member[]
}

export interface ErrorAnswer {
  type: "error"
  id?: number
  code: string
  message: string
  /** Set for a command for several topics, and for a subscription by the server. */
  topic?: string
}

/** An answer without content: `unsubscribed` or `pong`. */
export interface PlainAnswer {
  type: "unsubscribed" | "pong"
  id: number
}

export interface PublicationMessage {
  type: "publication"
  topic: string
  epoch: string
  offset: number
  data: unknown
  encoding?: "base64"
  key?: string
  /** The trace that the publication belongs to, if the server passes it on. */
  traceparent?: string
  /** The pattern by which it came; absent if the topic is subscribed to by name. */
  subscription?: string
}

export interface ResumedMessage {
  type: "resumed"
  topic: string
  epoch: string
  offset: number
  recovered: boolean
}

/** A member of a topic that shows its members. */
export interface Member {
  /** The id of its connection, unique among all connections of the service. */
  connection: string
  /** The user's name, if known. */
  principal?: string
  /** What the member gave with its subscription. */
  info?: unknown
}

export interface MemberMessage extends Member {
  type: "joined" | "left"
  topic: string
}

/** Without an `id`: a new token does not allow the subscription, or the service has ended it. */
export interface UnsubscribedMessage {
  type: "unsubscribed"
  id?: undefined
  topic: string
}

/** The end of a session over HTTP. */
export interface Closed {
  type: "closed"
  code: number
  reason: string
}

export type Answer =
  | Authenticated
  | Connected
  | SubscribedAnswer
  | PublishedAnswer
  | PresenceAnswer
  | ErrorAnswer
  | PlainAnswer

export type Event = PublicationMessage | ResumedMessage | MemberMessage | UnsubscribedMessage | SubscribedAnswer

/** What a client wants to subscribe to. */
export interface Wanted {
  topic: string
  since?: string | undefined
  last?: number | undefined
  info?: unknown
}

/** A command without its `id`. */
export type Command =
  | { type: "authenticate"; token: string }
  | { type: "connect" }
  | { type: "subscribe"; topics: Wanted[] }
  | { type: "unsubscribe"; topic: string }
  | {
      type: "publish"
      topic: string
      data: unknown
      encoding?: "base64" | undefined
      key?: string | undefined
      idempotencyKey: string
    }
  | { type: "presence"; topic: string }
  | { type: "ping" }
