/**
 * The shortest decimal text that reads back as the same number, without an exponent: 0.1 → `0.1`, 1e21 → a one and
 * 21 zeros. Expects a finite number.
 */
export function decimalText(value: number): string {
  const text = String(value === 0 ? 0 : value)
  const at = text.indexOf('e')
  if (at < 0) return text
  const sign = text.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = text.slice(sign.length, at).split('.')
  const digits = whole + fraction
  const point = whole.length + Number(text.slice(at + 1))
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length)
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}
