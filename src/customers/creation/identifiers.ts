import { randomInt, randomUUID } from 'node:crypto'
import type { Tx } from '../../platform/database/database.ts'
import type { LockedRow } from '../../platform/units/single-file.ts'
import { countCreated, findFreeNumber, listTakenCodes, setNextNumber, takeNumbers } from './creation-store.ts'

/** Letters that nobody mistakes for digits. */
const REFERRAL_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SHORT_CODE = 5
const CANDIDATES = 12
/** A migration brings thousands of numbers in a row: so many are passed over by one statement. */
const PASSED_AT_ONCE = 1000
const ACCESS_NUMBER_DIGITS = 12
const DIGITS = '0123456789'
const NUMBER_PATTERN = '{studio}-{counter}'

export interface Identifiers {
  readonly customerNumber: string
  readonly uuid: string
  readonly referralCode: string
  readonly staticAccessNumber: string
}

/** Everything by which a new customer will be known; the number is taken from the studio's counter. */
export async function newIdentifiers(
  tx: Tx,
  studio: { readonly id: number; readonly number: number; readonly customerNumberPattern: string | null },
): Promise<Identifiers> {
  const length = referralCodeLength(await countCreated(tx))
  const codes = candidates(() => randomText(REFERRAL_ALPHABET, length))
  const accessNumbers = candidates(() => randomText(DIGITS, ACCESS_NUMBER_DIGITS))
  const taken = await listTakenCodes(tx, codes, accessNumbers)
  const referralCode = codes.find((code) => !taken.has(code))
  const staticAccessNumber = accessNumbers.find((number) => !taken.has(number))
  if (referralCode === undefined || staticAccessNumber === undefined) throw new Error('All drawn codes are in use.')
  return { customerNumber: await newCustomerNumber(tx, studio), uuid: randomUUID(), referralCode, staticAccessNumber }
}

/** Five characters until a tenth of all codes is given out, then six. */
export function referralCodeLength(given: number): number {
  return given * 10 > REFERRAL_ALPHABET.length ** SHORT_CODE ? SHORT_CODE + 1 : SHORT_CODE
}

/** Numbers that migrated customers have brought along are passed over. */
async function newCustomerNumber(
  tx: Tx,
  {
    id,
    number,
    customerNumberPattern,
  }: { readonly id: number; readonly number: number; readonly customerNumberPattern: string | null },
): Promise<string> {
  const pattern = (customerNumberPattern ?? NUMBER_PATTERN).replaceAll('{studio}', String(number))
  for (let count = 1; ; count = PASSED_AT_ONCE) {
    const first = await takeNumbers(tx, id, count)
    const wanted = Array.from({ length: count }, (_, at) => pattern.replaceAll('{counter}', String(first + at)))
    const free = await findFreeNumber(tx, wanted)
    if (!free) continue
    if (free.at < count) await setNextNumber(tx, id, first + free.at)
    return free.number
  }
}

function candidates(draw: () => string): string[] {
  return Array.from({ length: CANDIDATES }, draw)
}

function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** Who creates a customer locks the counter of the studio until the unit ends: the others wait in memory. */
export const numbersOfStudio = (studioId: number): LockedRow => `numbers ${studioId}`
