import { cleanPasted } from '../platform/validation/pasted-text.ts'

/** Letters and digits that nobody takes for another: no I, no O, no 0 and 1. */
export const codeAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
export const PREFIX_CHARACTERS = 5
export const RANDOM_CHARACTERS = 8

const shortestGroup = 4

/**
 * A code as it is compared and stored: its letters and digits in upper case. Blanks, hyphens, quotes and the like stand between
 * or around them where a code was printed or copied.
 */
export function normaliseCode(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
}

/** A stored code as people read it: `CHVB1-YL29-MYVA`. */
export function formatCode(code: string): string {
  const [prefix, rest] = [code.slice(0, PREFIX_CHARACTERS), code.slice(PREFIX_CHARACTERS)]
  return [prefix, rest.slice(0, shortestGroup), rest.slice(shortestGroup)].join('-')
}

/** The prefix of a campaign as it is stored; undefined when it is not five letters and digits. */
export function parsePrefix(text: string): string | undefined {
  const prefix = cleanPasted(text).toUpperCase()
  return /^[A-Z0-9]{5}$/.test(prefix) ? prefix : undefined
}
