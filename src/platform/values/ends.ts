/**
 * A text without such signs at its ends. A pattern like `/[ /]+$/` would begin anew at each of them, wherever it stands: in
 * quadratic time.
 */
export function withoutEnds(text: string, sign: RegExp): string {
  let from = 0
  let to = text.length
  while (from < to && sign.test(text.charAt(from))) from += 1
  while (to > from && sign.test(text.charAt(to - 1))) to -= 1
  return text.slice(from, to)
}
