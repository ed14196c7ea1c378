/** The client of Pushwire: topics over one connection, without a loss. */
export { connect, type PushwireClient } from "./client.ts"
export { type ClientErrorCode, type ErrorCode, PushwireError, type ServerErrorCode } from "./errors.ts"
export type { State, StateChange } from "./link.ts"
export type { Options, TokenRequest, TokenSource, WebSocketConstructor } from "./options.ts"
export type { Member } from "./protocol.ts"
export type { Published, PublishOptions } from "./publishing.ts"
export type { Publication, Reset, Subscribed, SubscribeOptions, Subscription } from "./subscription.ts"
