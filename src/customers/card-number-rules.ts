import type { CardNumberFormat } from './customer-schema.ts'

/** Cards are unsigned integers below 2^80, the longest chip id. */
const limit = 1n << 80n
const hexWidths = [
  { below: 1n << 32n, digits: 8 },
  { below: 1n << 56n, digits: 14 },
] as const
const longestHexDigits = 20

/**
 * The canonical form of a card number (decimal digits without leading zeros), however a reader writes it: the formats
 * are views of one integer. Undefined when the text is not a card number.
 */
export function parseCardNumber(text: string, format: CardNumberFormat): string | undefined {
  const number = format === 'DECIMAL' ? parseDecimal(text.trim()) : parseHex(text.trim(), format)
  return number !== undefined && number < limit ? number.toString() : undefined
}

function parseDecimal(text: string): bigint | undefined {
  return /^\d{1,200}$/.test(text) ? BigInt(text) : undefined
}

/** An even number of digits, two to twenty; `0x`, colons, blanks and hyphens are decoration. */
function parseHex(text: string, format: 'HEX_MSB' | 'HEX_LSB'): bigint | undefined {
  const digits = text.replace(/^0x/i, '').replace(/[: -]/g, '')
  if (!/^(?:[0-9a-f]{2}){1,10}$/i.test(digits)) return undefined
  return BigInt(`0x${format === 'HEX_MSB' ? digits : reverseBytes(digits)}`)
}

/** A canonical card number as the caller wants to read it: hexadecimal in lower case, padded to 4, 7 or 10 bytes. */
export function formatCardNumber(canonical: string, format: CardNumberFormat): string {
  if (format === 'DECIMAL') return canonical
  const number = BigInt(canonical)
  const digits = hexWidths.find(({ below }) => number < below)?.digits ?? longestHexDigits
  const hex = number.toString(16).padStart(digits, '0')
  return format === 'HEX_MSB' ? hex : reverseBytes(hex)
}

function reverseBytes(hex: string): string {
  return (hex.match(/../g) ?? []).reverse().join('')
}
