const pad = (n, width) => String(n).padStart(width, '0');

export const count = n => n.toLocaleString('en');

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1048576).toFixed(1)} MiB`;
}

export function clock(date) {
  return `${pad(date.getHours(), 2)}:${pad(date.getMinutes(), 2)}:${pad(date.getSeconds(), 2)}.${pad(date.getMilliseconds(), 3)}`;
}

/** Offset, bytes, and the printable characters among them. */
export function hexDump(bytes, perRow) {
  const rows = [];
  for (let at = 0; at < bytes.length; at += perRow) {
    const row = [...bytes.subarray(at, at + perRow)];
    const hex = row.map(b => pad(b.toString(16), 2)).join(' ').padEnd(perRow * 3 - 1);
    const text = row.map(b => (b > 31 && b < 127 ? String.fromCharCode(b) : '·')).join('');
    rows.push(`${pad(at.toString(16), 4)}  ${hex}  ${text}`);
  }
  return rows.join('\n');
}

export function parseHex(text) {
  const digits = text.replace(/0x|[\s,:]/gi, '');
  if (/[^0-9a-f]/i.test(digits) || digits.length % 2) throw new Error('Hex needs pairs of the digits 0–9 and a–f, as in 48 65 6c.');
  return Uint8Array.from(digits.match(/../g) ?? [], pair => parseInt(pair, 16));
}
