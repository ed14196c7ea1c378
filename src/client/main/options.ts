/** The client's request for a token. */
export interface TokenRequest {
  /**
   * `connect`: before a connection. `expiring`: the present token expires soon. `refused`: the server refused the last
   * token.
   */
  readonly reason: "connect" | "expiring" | "refused"
  /** Aborted when the client is closed, and after 30 seconds: then the client tries again later. */
  readonly signal: AbortSignal
}

/** A token, or a function that gets one. With `undefined`, `null` or `""` the client connects without a token. */
export type TokenSource = string | ((request: TokenRequest) => TokenResult | PromiseLike<TokenResult>)

type TokenResult = string | null | undefined

/** A WebSocket as browsers have it, such as that of the package `ws`. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike

/** As much of a WebSocket as the client uses: the events of other WebSockets have types of their own. */
export interface WebSocketLike {
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
  send(text: string): void
  close(): void
}

/** All times are in milliseconds; Infinity means for ever. */
export interface Options {
  /**
   * Default: no token, so the client is anonymous. A function is called before each connection, and some time before a
   * token expires.
   */
  token?: TokenSource | undefined
  /** Closes the client when it is aborted. */
  signal?: AbortSignal | undefined
  /** The shortest wait before connecting again. Default 500. */
  minDelay?: number | undefined
  /** The longest wait before connecting again. Default 20000. */
  maxDelay?: number | undefined
  /** How long a connection must last before the waits begin again with the shortest one. Default 5000. */
  stableAfter?: number | undefined
  /** How long a connection may take to open, and how long the server may then take to send something. Default 5000. */
  connectTimeout?: number | undefined
  /** How long the server may be silent before it is asked whether it is there. Default 25000. */
  pingInterval?: number | undefined
  /** How long the server may take to answer; then the connection counts as lost. Default 10000. */
  pongTimeout?: number | undefined
  /** How many publications and questions may wait for their answers, also while there is no connection. Default 1000. */
  maxQueue?: number | undefined
  /** The WebSocket class. Default: that of the platform. */
  WebSocket?: WebSocketConstructor | undefined
}

/** The longest timer, in milliseconds: more than three weeks. A longer wait is cut to it. */
export const LONGEST_TIMER = 2 ** 31 - 1

const DEFAULTS = {
  minDelay: 500,
  maxDelay: 20_000,
  stableAfter: 5_000,
  connectTimeout: 5_000,
  pingInterval: 25_000,
  pongTimeout: 10_000,
  maxQueue: 1_000,
}

export type Settings = Omit<Options, keyof typeof DEFAULTS> & typeof DEFAULTS

/** @throws TypeError for a value that cannot be used */
export function settingsOf(options: Options): Settings {
  const settings = { ...options } as Settings
  for (const [name, preset] of Object.entries(DEFAULTS) as [keyof typeof DEFAULTS, number][]) {
    const value = options[name] ?? preset
    if (!(value > 0)) {
      throw new TypeError(`${name} is a number above 0.`)
    }
    settings[name] = Math.min(value, LONGEST_TIMER)
  }
  return settings
}

/**
 * The address of `/push`, made of the service's address with or without `/push`.
 *
 * @throws TypeError if it is not an address of HTTP or WebSockets
 */
export function endpointOf(address: string | URL): URL {
  const url = new URL(address, globalThis.location?.href)
  const [, secure] = /^(?:http|ws)(s?):$/.exec(url.protocol) ?? []
  if (secure === undefined) {
    throw new TypeError(`'${url}' is no address of http, https, ws or wss.`)
  }
  url.protocol = `ws${secure}:`
  url.hash = ""
  url.pathname = url.pathname.replace(/(\/push)?\/?$/, "/push")
  return url
}
