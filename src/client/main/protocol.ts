/** The messages of the server, as docs/protocol.md has them. Types and fields that are not here are ignored. */

export interface Authenticated {
  type: "authenticated"
  id: number
  principal: string
  expiresAt: string
  /** Seconds from now, whatever the clock here says. */
  expiresIn?: number
}

export interface SubscribedAnswer {
  type: "subscribed"
  id: number
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
}

/** The answer that carries no more than its kind: `unsubscribed` and `pong`. */
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
  /** The pattern by which it came; absent where the topic is subscribed to by name. */
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
  /** Unique among all connections of the service. */
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

/** Without an `id`: a new token does not allow the subscription. */
export interface UnsubscribedMessage {
  type: "unsubscribed"
  id?: undefined
  topic: string
}

export type Answer = Authenticated | SubscribedAnswer | PublishedAnswer | PresenceAnswer | ErrorAnswer | PlainAnswer

export type Event = PublicationMessage | ResumedMessage | MemberMessage | UnsubscribedMessage

/** A command without its `id`. */
export type Command =
  | { type: "authenticate"; token: string }
  | { type: "subscribe"; topic: string; since?: string | undefined; info?: unknown }
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
