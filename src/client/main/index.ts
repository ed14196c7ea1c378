/** The client of Pushwire: topics over one connection, without loss. */
import { connectWith, type PushwireClient } from "./client.ts"
import type { Options } from "./options.ts"

export type { PushwireClient, ServerSubscription } from "./client.ts"
export { type ClientErrorCode, type ErrorCode, PushwireError, type ServerErrorCode } from "./errors.ts"
export type { State, StateChange } from "./link.ts"
export type { Options, TokenRequest, TokenSource, WebSocketConstructor } from "./options.ts"
export type { Member } from "./protocol.ts"
export type { Publication, Reset } from "./publication.ts"
export type { Published, PublishOptions } from "./publishing.ts"
export type { Subscribed, SubscribeOptions, Subscription } from "./subscription.ts"
export type { TransportName } from "./transport.ts"

/**
 * Connects to a service, and stays connected. After each loss, the client connects again, continues its subscriptions
 * where they were, and publishes what was waiting.
 *
 * @param address such as `https://push.example.com`; `/push` is added if it is missing
 * @throws TypeError for an address or an option that cannot be used
 */
export function connect(address: string | URL, options: Options = {}): PushwireClient {
  return connectWith(() => import("./http.ts"), address, options)
}
