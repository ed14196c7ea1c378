import type { WebSocketConstructor } from "./options.ts"
import type { OpenTransport } from "./transport.ts"

const SUBPROTOCOL = "pushwire.v1.json"

/** @throws TypeError if the platform has no WebSocket and none was given */
export function webSockets(url: URL, given: WebSocketConstructor | undefined): OpenTransport {
  const Constructor = given ?? globalThis.WebSocket
  if (!Constructor) {
    throw new TypeError("There is no WebSocket here: give one as options.WebSocket.")
  }
  return listener => {
    const socket = new Constructor(url.href, [SUBPROTOCOL])
    let heard = true
    const end = ({ code, reason }: { code: number; reason: string }) => {
      if (heard) {
        heard = false
        listener.onClose(code, reason)
      }
    }
    socket.onopen = () => heard && listener.onOpen()
    socket.onmessage = ({ data }: { data: unknown }) => heard && listener.onText(String(data))
    socket.onclose = end
    socket.onerror = () => end({ code: 1006, reason: "" }) // in Node.js 22 nothing follows
    return {
      send: lines => socket.send(lines),
      close() {
        heard = false
        socket.close()
      },
    }
  }
}
