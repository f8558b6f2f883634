import { randomInt } from 'node:crypto'
import type { Secrets } from '../platform/secrets.ts'
import { codeAlphabet, PREFIX_CHARACTERS, RANDOM_CHARACTERS } from './code-rules.ts'

const letters = (count: number) =>
  Array.from({ length: count }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('')

/** What opens the door for a person without a contract: eight characters. */
export const drawAccessCode = () => letters(RANDOM_CHARACTERS)

export const drawPrefix = () => letters(PREFIX_CHARACTERS)

/** As many different codes of a campaign. */
export function drawCodes(prefix: string, count: number): string[] {
  const codes = new Set<string>()
  while (codes.size < count) codes.add(`${prefix}${letters(RANDOM_CHARACTERS)}`)
  return [...codes]
}

/** How a voucher is found without its code being stored: under every key of the installation, newest first. */
export function codeHashes(secrets: Secrets, code: string): readonly Buffer[] {
  return secrets.hashes('blind-index', `checkin voucher\n${code}`)
}

/** Who a person is to a campaign, newest key first; `facts` are folded names and e-mail address. */
export function personHashes(secrets: Secrets, facts: readonly string[]): readonly Buffer[] {
  return secrets.hashes('blind-index', `voucher person\n${JSON.stringify(facts)}`)
}
