const travellers = /[\p{Cf}\uFE00-\uFE0F]/gu
const joiners = '\u200C\u200D'
/** Letters and marks of scripts that write them joined or apart; the others have no use for a joiner. */
const joinedBehind = /(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})[\p{L}\p{M}]$/u
const joinedBefore = /^(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})[\p{L}\p{M}]/u

/**
 * Text as it was meant: what comes along unseen when it is copied from another program is left out, such as directions
 * of writing, blanks without width and variants of signs. Joiners stay between letters of scripts that need them. Composed
 * (NFC), without blanks at its ends.
 */
export function cleanPasted(text: string): string {
  const seen = text.replace(travellers, (sign, at: number) => (isJoining(text, sign, at) ? sign : ''))
  return seen.trim().normalize('NFC')
}

function isJoining(text: string, sign: string, at: number): boolean {
  if (!joiners.includes(sign)) return false
  return joinedBehind.test(text.slice(Math.max(0, at - 2), at)) && joinedBefore.test(text.slice(at + 1, at + 3))
}
