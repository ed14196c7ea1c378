import { type Backoffs, waitOf } from "./backoff.ts"
import type { Commands } from "./commands.ts"
import type { Ending } from "./ending.ts"
import { PushwireError } from "./errors.ts"
import { Heartbeat } from "./heartbeat.ts"
import type { Settings } from "./options.ts"
import type { Answer, Authenticated, Closed, Connected, Event, Limits } from "./protocol.ts"
import { type Pace, Sender } from "./sender.ts"
import { renewalDelay, type Tokens } from "./tokens.ts"
import type { LoadHttp, OpenTransport, Transport, TransportListener } from "./transport.ts"
import type { Transports } from "./transports.ts"

/** The owner of a connection. */
export interface ConnectionOwner {
  /** The connection is ready for commands. */
  onReady(principal: string | undefined): void
  /** The server has sent something, so it is really there. */
  onAlive(): void
  onEvent(event: Event): void
  onEnd(ending: Ending): void
  /** An error that does not end the connection. */
  onError(error: PushwireError): void
}

/** What all connections of a client share. */
export interface ConnectionContext {
  readonly transports: Transports
  readonly load: LoadHttp
  readonly commands: Commands
  readonly pace: Pace
  readonly tokens: Tokens
  readonly settings: Settings
  readonly backoffs: Backoffs
  /** Aborted when the client is closed. */
  readonly closing: AbortSignal
}

/** If a new token was not accepted, the client asks for another one after this time, or after up to twice this time. */
const RENEW_AGAIN = 5_000

/** One connection from its beginning to its end: opens, authenticates, keeps the token fresh, and sees whether it lives. */
export class Connection implements TransportListener {
  readonly #context: ConnectionContext
  readonly #owner: ConnectionOwner
  readonly #token: string | undefined
  readonly #transport: Transport
  readonly #heartbeat: Heartbeat
  readonly #sender: Sender
  #opened = false
  #heard = false
  /** Whether the server has told its limits. */
  #told = false
  #ended = false
  #opening: ReturnType<typeof setTimeout> | undefined
  #renewal: ReturnType<typeof setTimeout> | undefined

  constructor(context: ConnectionContext, open: OpenTransport, token: string | undefined, owner: ConnectionOwner) {
    const { connectTimeout, pingInterval, pongTimeout } = context.settings
    this.#context = context
    this.#owner = owner
    this.#token = token
    this.#heartbeat = new Heartbeat(
      pingInterval,
      pongTimeout,
      () => this.#ping(),
      () => this.#giveUp("The server is silent."),
    )
    this.#transport = open(this)
    this.#opening = setTimeout(() => this.#giveUp("It did not open in time."), connectTimeout)
    this.#sender = new Sender(lines => this.#transport.send(lines), context.pace)
  }

  /** Checks whether the connection is still alive. */
  check(): void {
    if (this.#opened) {
      this.#heartbeat.check()
    }
  }

  /** Ends the connection without telling its owner. */
  close(): void {
    this.#ended = true
    clearTimeout(this.#opening)
    clearTimeout(this.#renewal)
    this.#heartbeat.stop()
    this.#sender.stop()
    this.#transport.close()
  }

  onOpen(): void {
    clearTimeout(this.#opening)
    this.#opened = true
    this.#context.commands.opened(line => this.#sender.push(line))
    this.#heartbeat.expect(this.#context.settings.connectTimeout)
    void this.#begin()
  }

  onText(lines: string): void {
    this.#heard = true
    this.#heartbeat.heard()
    this.#owner.onAlive()
    for (const line of lines.split("\n")) {
      if (line && !this.#ended) {
        this.#take(line)
      }
    }
  }

  onClose(code: number, reason: string): void {
    const error = new PushwireError("connection_lost", `The connection ended with ${code}${reason && `: ${reason}`}`, {
      closeCode: code,
      retryAfter: waitOf(/; retry in (\d+) s$/.exec(reason)?.[1]),
    })
    this.#end({ code, heard: this.#heard || code !== 1006, error })
  }

  /** The application's own faults are caught where it is called: what is left is the message's. */
  #take(line: string): void {
    try {
      this.#handle(JSON.parse(line))
    } catch (cause) {
      this.#giveUp("The server sent no JSON, or no message.", cause)
    }
  }

  #handle(message: Answer | Event | Closed): void {
    if (message.type === "closed") {
      this.onClose(message.code, message.reason)
    } else if ("id" in message) {
      this.#context.commands.answered(message as Answer)
    } else if (message.type === "connected") {
      this.#tell(message.limits)
    } else if (message.type === "error") {
      const { code, message: text, topic } = message // without an id its command is unknown
      this.#owner.onError(new PushwireError(code, text, { topic }))
    } else {
      this.#owner.onEvent(message as Event)
    }
  }

  #tell(limits: Limits): void {
    this.#told = true
    this.#context.pace.told(limits)
    this.#sender.flush()
  }

  /** The answer itself does not matter: anything that arrives shows that the connection is alive. */
  #ping(): void {
    this.#context.commands.now({ type: "ping" })
  }

  /** Sends the token first, since other commands may need it. Then asks for the server's limits. */
  async #begin(): Promise<void> {
    let principal: string | undefined
    try {
      principal = this.#token && (await this.#present(this.#token))
    } catch (e) {
      const error = e as PushwireError
      const code = error.code === "invalid_token" ? 4401 : 1000
      this.#end({ code, heard: true, error })
      return
    }
    if (this.#told) {
      this.#ping()
    } else {
      this.#context.commands.now<Connected>({ type: "connect" }, ({ limits }) => this.#tell(limits))
      await undefined // so that it is in a message of its own, which cannot be too large
    }
    if (!this.#ended) {
      this.#owner.onReady(principal)
    }
  }

  /** @returns the user of the token */
  async #present(token: string): Promise<string> {
    const { commands, tokens } = this.#context
    const authenticated = await new Promise<Authenticated>((resolve, reject) =>
      commands.now<Authenticated>({ type: "authenticate", token }, resolve, reject),
    )
    if (tokens.renewable && !this.#ended) {
      this.#renewal = setTimeout(() => this.#renew(), renewalDelay(authenticated))
    }
    return authenticated.principal
  }

  async #renew(): Promise<void> {
    try {
      const token = await this.#context.tokens.next("expiring")
      if (token !== undefined && !this.#ended) {
        await this.#present(token)
      }
    } catch (e) {
      const error = e as PushwireError
      if (error.code === "other_principal") {
        this.#end({ code: 1000, heard: true, error }) // somebody else is logged in now
      } else if (!this.#ended) {
        this.#owner.onError(error)
        this.#renewal = setTimeout(() => this.#renew(), RENEW_AGAIN * (1 + Math.random())) // the former still holds, for a while
      }
    }
  }

  #giveUp(message: string, cause?: unknown): void {
    const error = new PushwireError("connection_lost", message, { closeCode: 1006, cause })
    this.#end({ code: 1006, heard: this.#heard, error })
  }

  #end(ending: Ending): void {
    if (!this.#ended) {
      this.close()
      this.#owner.onEnd(ending)
    }
  }
}
