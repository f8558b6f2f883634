import { withoutEnds } from '../values/ends.ts'

/**
 * What comes along unseen when text is copied: directions of writing, blanks without width, fillers of Hangul. Signs that
 * choose the variant of a letter count where they follow none.
 */
const travellers =
  /\u034F|[\p{Cf}\uFE00-\uFE0F\u115F\u1160\u3164\uFFA0\uFFF0-\uFFF8]|(?<![\p{L}\p{M}])(?:[\u17B4\u17B5]|[\u180B-\u180F]|[\u{E0100}-\u{E01EF}])/gu
const joiners = '\u200C\u200D'
/** Letters and marks of scripts that write them joined or apart; the others have no use for a joiner. */
const joinedBehind = /(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})[\p{L}\p{M}]$/u
const joinedBefore = /^(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic})[\p{L}\p{M}]/u
/** Blanks, the empty cell of Braille among them. */
const blank = /[\s\u2800]/
/** Ends of lines and blanks, several of which are one in a name. */
const blanks = /\s+/g
const hyphens = /[\p{Pd}\u2212]/gu

/**
 * Text as it was meant: what comes along unseen when it is copied from another program is left out, such as directions
 * of writing, blanks without width and variants of signs. Joiners stay between letters of scripts that need them. Composed
 * (NFC), without blanks at its ends.
 */
export function cleanPasted(text: string): string {
  const seen = text.replace(travellers, (sign, at: number) => (isJoining(text, sign, at) ? sign : ''))
  return withoutEnds(seen, blank).normalize('NFC')
}

/** Text of a name, address or contact: as {@link cleanPasted}, on one line, with single blanks. */
export const onOneLine = (text: string): string => cleanPasted(text).replace(blanks, ' ')

/** What a copied link to a phone number begins with. */
const phoneLink = /^tel:\s*/i

/**
 * A number or code in the signs of a keyboard: figures and letters of full width as usual ones, and each hyphen or dash,
 * which programs put in place of the one that was typed, as a hyphen. Of a link to a phone the number is left.
 */
export function plainSigns(text: string): string {
  return text.normalize('NFKC').replace(hyphens, '-').replace(phoneLink, '')
}

const ofKeyboard = /[!-~]/

/** Whether a text holds something, and nothing of it can be seen. Blanks alone are left to the rules of each field. */
export function showsNothing(text: string): boolean {
  return !ofKeyboard.test(text) && text.trim() !== '' && cleanPasted(text) === ''
}

function isJoining(text: string, sign: string, at: number): boolean {
  if (!joiners.includes(sign)) return false
  return joinedBehind.test(text.slice(Math.max(0, at - 2), at)) && joinedBefore.test(text.slice(at + 1, at + 3))
}
