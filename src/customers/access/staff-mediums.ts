import { randomBytes, randomInt } from 'node:crypto'
import type { Queryable } from '../../platform/database/database.ts'
import { conflict } from '../../platform/errors/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import {
  type AccessMedium,
  addAccessMedium,
  giveMedium,
  isActiveAt,
  lockMedium,
  type MediumType,
  takeMedium,
} from './access-mediums.ts'
import { pinIndexes } from '../medium-hashes.ts'
import { findHolder, listMediums } from './medium-store.ts'

/** No letters that are taken for digits. */
const BARCODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const BARCODE_LENGTH = 12
const PIN_DIGITS = 6
const PASS_BYTES = 18
/** With more than nine of ten PINs in use a longer one is the answer, not more tries. */
const TRIES = 40

const draws = {
  PIN: () => String(randomInt(10 ** PIN_DIGITS)).padStart(PIN_DIGITS, '0'),
  BARCODE: () =>
    Array.from({ length: BARCODE_LENGTH }, () => BARCODE_ALPHABET[randomInt(BARCODE_ALPHABET.length)]).join(''),
  WALLET_PASS: () => randomBytes(PASS_BYTES).toString('base64url'),
} as const

export type GeneratedType = keyof typeof draws

/** Gives a customer a random PIN, barcode or wallet pass that nobody else has, and answers it. */
export async function generateAccessMedium(
  work: UnitOfWork,
  customerId: number,
  medium: { readonly type: GeneratedType; readonly validUntil?: Temporal.Instant },
  secrets: Secrets,
): Promise<AccessMedium> {
  const value = await drawFree(work.tx, medium.type, secrets)
  const id = await addAccessMedium(work, customerId, { ...medium, value }, secrets)
  return { id, type: medium.type, value }
}

/** Replaces a lost card or code by another one: the old value is free, the new medium belongs to the staff. */
export async function replaceAccessMedium(
  work: UnitOfWork,
  mediumId: number,
  value: string,
  secrets: Secrets,
): Promise<AccessMedium> {
  const lost = await lockMedium(work, mediumId)
  await takeMedium(work, lost)
  const { type, customerId, validUntil } = lost
  const end = validUntil !== null && isActiveAt(lost, work.now) ? { validUntil } : {}
  return giveMedium(work, customerId, { type, value, ...end }, secrets)
}

/** A medium as staff see it; PINs are not shown. */
export interface ListedMedium {
  readonly id: number
  readonly type: MediumType
  readonly value: string
  /** Name of the integration that owns it; null = staff. */
  readonly owner: string | null
  readonly validUntil: Temporal.Instant | null
}

/** The active media of a customer and who owns them. */
export async function listAccessMediums(
  db: Queryable,
  customerId: number,
  now: Temporal.Instant,
): Promise<ListedMedium[]> {
  const rows = await listMediums(db, customerId, now)
  return rows.map(({ id, type, valueNorm, owner, validUntil }) => ({
    id,
    type,
    owner,
    validUntil,
    value: type === 'PIN' ? '***' : valueNorm,
  }))
}

async function drawFree(db: Queryable, type: GeneratedType, secrets: Secrets): Promise<string> {
  for (let tries = 0; tries < TRIES; tries++) {
    const value = draws[type]()
    const stored = type === 'PIN' ? pinIndexes(secrets, value) : [value]
    if (!(await findHolder(db, type, stored))) return value
  }
  throw conflict('errormessage.accessMedium.valueInUse')
}
