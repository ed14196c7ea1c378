interface Encoded {
  data: unknown
  encoding?: "base64"
}

/**
 * Encodes a payload for a command.
 *
 * @param data text, any JSON value, or bytes
 */
export function encode(data: unknown): Encoded {
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data
  if (ArrayBuffer.isView(bytes)) {
    return { data: toBase64(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)), encoding: "base64" }
  }
  if (JSON.stringify(data) === undefined) {
    throw new TypeError("A publication is text, a JSON value or bytes.")
  }
  return { data }
}

/** Decodes a payload. Bytes become a Uint8Array. */
export function decode({ data, encoding }: { data: unknown; encoding?: string }): unknown {
  return encoding === "base64" ? Uint8Array.from(atob(data as string), char => char.charCodeAt(0)) : data
}

/** Works in steps, since a call takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  let binary = ""
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  }
  return btoa(binary)
}
