/** Tabulators, line and page breaks, the shift of alphabets (ESC) of Japanese mails, and the end mark of old programs. */
const textControls: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b])
const END_MARK = 0x1a

/** No text holds other control characters, in whatever eight-bit encoding. */
export function isText(bytes: Buffer): boolean {
  const end = bytes.at(-1) === END_MARK ? bytes.length - 1 : bytes.length
  return !bytes.subarray(0, end).some((byte) => byte < 0x20 && !textControls.has(byte))
}

/** Signs that no text has: control characters, and numbers that stand for no character. */
const neverWritten = /[^\P{Cc}\t\n\v\f\r\u0085]|\p{Cn}/u
const twoSigns = (unit: number) => isPrintable(unit >> 8) && isPrintable(unit & 0xff)
const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f

/**
 * Whether the bytes are text of two or four bytes a character, as editors and spreadsheets of Windows write it, with or without
 * the mark of the byte order at its beginning: read whole, it consists of characters. Eight-bit text with bytes between that
 * belong to no text is not: read in pairs, most of it is two signs of a keyboard at a time.
 */
export function isWideText(bytes: Buffer): boolean {
  if (bytes.length < 2) return false
  return readings(bytes).some((text) => text !== undefined && !neverWritten.test(text) && !isMispaired(text))
}

/** What the bytes say in each byte order; undefined where they say nothing. A byte too many at the end is passed over. */
function readings(bytes: Buffer): readonly (string | undefined)[] {
  const whole = bytes.subarray(0, bytes.length & ~1)
  return [
    ...(['utf-16le', 'utf-16be'] as const).map((name) => decode(whole, name)),
    decode32(bytes, true),
    decode32(bytes, false),
  ]
}

function decode(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Only with its mark, which no other text begins with. */
function decode32(bytes: Buffer, isLittle: boolean): string | undefined {
  const read = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  if (bytes.length < 8 || bytes.length % 4 !== 0 || read(0) !== 0xfeff) return undefined
  let text = ''
  for (let at = 4; at < bytes.length; at += 4) {
    const code = read(at)
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined
    text += String.fromCodePoint(code)
  }
  return text
}

function isMispaired(text: string): boolean {
  let pairs = 0
  for (let at = 0; at < text.length; at++) if (twoSigns(text.charCodeAt(at))) pairs++
  return pairs * 2 > text.length
}
