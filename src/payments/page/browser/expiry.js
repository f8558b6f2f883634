/**
 * Reads the expiry of a card as people type it: `12/30`, `12 / 2030`, `1230`. Undefined for anything else.
 *
 * @param {string} text
 * @returns {{ expiryMonth: number, expiryYear: number } | undefined}
 */
export function readExpiry(text) {
  const [, month = '', year = ''] = /^\s*(\d{1,2})\s*[/.-]?\s*(20\d\d|\d\d)\s*$/.exec(text) ?? []
  const expiryMonth = Number(month)
  if (expiryMonth < 1 || expiryMonth > 12) return undefined
  return { expiryMonth, expiryYear: year.length === 4 ? Number(year) : 2000 + Number(year) }
}
