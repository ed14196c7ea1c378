/** The client for a page without modules: the global `Pushwire`. */
import { connectWith, type PushwireClient } from "./client.ts"
import { PushwireError } from "./errors.ts"
import type { Options } from "./options.ts"

/** The address of this script; the second file is beside it. A worker does not know it, and uses its own address. */
const { src = globalThis.location.href } = (globalThis.document?.currentScript ?? {}) as { src?: string }

const load = () => import(new URL("pushwire-http.mjs", src).href)

const connect = (address: string | URL, options: Options = {}): PushwireClient => connectWith(load, address, options)

Object.assign(globalThis, { Pushwire: { connect, PushwireError } })
