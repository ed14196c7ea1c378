/** A place in a topic: right after the publication with this offset. Offsets of different epochs cannot be compared. */
export interface Position {
  readonly epoch: string
  readonly offset: number
}

const FORM = /^([A-Za-z0-9]{1,32}):(\d{1,18})$/

/** @throws TypeError if the text is not a position as the server writes it */
export function parsePosition(text: string): Position {
  const [, epoch, offset] = FORM.exec(text) ?? []
  if (epoch === undefined || offset === undefined) {
    throw new TypeError(`'${text}' is no position: it looks like 1hpwcgxymz:42.`)
  }
  return { epoch, offset: Number(offset) }
}

export function formatPosition({ epoch, offset }: Position): string {
  return `${epoch}:${offset}`
}

/** Whether `seen` has reached `position`. False if their epochs differ. */
export function covers(seen: Position | undefined, position: Position | undefined): boolean {
  return seen !== undefined && seen.epoch === position?.epoch && seen.offset >= position.offset
}
