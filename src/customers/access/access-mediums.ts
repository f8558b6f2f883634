import { hashed } from '../../platform/units/audit-values.ts'
import { brokenConstraint } from '../../platform/database/database.ts'
import { badRequest, conflict, notFound } from '../../platform/errors/errors.ts'
import { accessMediumCreated, accessMediumDeleted, accessMediumUpdated } from '../events.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { isAfter } from '../../platform/time/order.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { defined } from '../../platform/values/defined.ts'
import { listBarcodeForms, normalBarcode } from './identification-rules.ts'
import { isMediumValue, judgeNewMedium } from './medium-rules.ts'
import {
  countMediums,
  findHolder,
  findMedium,
  insertMedium,
  type NewMedium,
  releaseExpired,
  removeMediumRow,
  updateMediumEnds,
  updateMediumValue,
} from './medium-store.ts'
import { announceToHomeStudio } from '../home-studio-events.ts'
import { lockCustomers } from '../reading/visibility-store.ts'
import { pinIndexes } from '../medium-hashes.ts'

export type MediumType = NewMedium['type']

export interface MediumInput {
  readonly id?: number
  readonly type: MediumType
  /** A card number in decimal digits, a PIN in clear. */
  readonly value: string
  readonly validUntil?: Temporal.Instant
  /** The integration that may change it later; left out for staff. */
  readonly ownerIntegrationId?: number
}

/** A medium as everybody may read it who may read the customer. */
export interface AccessMedium {
  readonly id: number
  readonly type: MediumType
  /** Cards in decimal digits without leading zeros, an EAN-13 that begins with 0 as its UPC-A. */
  readonly value: string
}

/** Gives a customer a card, PIN or code that nobody else of the tenant holds. Answers its id. */
export async function addAccessMedium(
  work: UnitOfWork,
  customerId: number,
  medium: MediumInput,
  secrets: Secrets,
): Promise<number> {
  const [locked] = await lockCustomers(work.tx, [customerId])
  if (locked === undefined) throw notFound('customer', customerId)
  return (await giveMedium(work, customerId, medium, secrets)).id
}

/** Takes a medium away; its value is free for others once the unit commits. */
export async function removeAccessMedium(work: UnitOfWork, mediumId: number) {
  const medium = await lockMedium(work, mediumId)
  await takeMedium(work, medium)
}

/** The same for a customer who is locked already. */
export async function giveMedium(
  work: UnitOfWork,
  customerId: number,
  { value, ...medium }: MediumInput,
  secrets: Secrets,
): Promise<AccessMedium> {
  const { tx, now } = work
  const { type, ownerIntegrationId = null } = medium
  const stored = readValue(type, value, secrets)
  const holder = await findFreshHolder(work, type, stored)
  const activeMediums = await countMediums(tx, customerId, now)
  switch (judgeNewMedium({ customerId, ownerIntegrationId, holder, activeMediums })) {
    case 'VALUE_IN_USE':
      throw conflict('errormessage.accessMedium.valueInUse')
    case 'LIMIT_REACHED':
      throw badRequest('errormessage.accessMedium.limitReached')
    case 'KNOWN':
      return { id: holder?.id as number, type, value: stored.shown }
    case 'NEW': {
      const row = { ...medium, customerId, ...toColumns(stored) }
      const id = await insertMedium(tx, row, now).catch(refuseTaken)
      await recordChange(work, { id, customerId }, 'created', {
        type: [null, type],
        value: [null, hashed(secrets, type, stored.shown)],
      })
      return { id, type, value: stored.shown }
    }
  }
}

/** Gives a medium of a customer who is locked another value; the id stays. The same value changes nothing. */
export async function changeMedium(
  work: UnitOfWork,
  medium: { readonly id: number; readonly customerId: number; readonly type: MediumType; readonly valueNorm: string },
  value: string,
  secrets: Secrets,
): Promise<AccessMedium> {
  const { id, type } = medium
  const stored = readValue(type, value, secrets)
  const answer = { id, type, value: stored.shown }
  if (stored.all.includes(medium.valueNorm)) return answer
  if (await findFreshHolder(work, type, stored)) throw conflict('errormessage.accessMedium.valueInUse')
  await updateMediumValue(work.tx, id, toColumns(stored), work.now).catch(refuseTaken)
  await recordChange(work, medium, 'updated', {
    type: [type, type],
    value: ['***', hashed(secrets, type, stored.shown)],
  })
  return answer
}

/** Takes a medium from a customer who is locked. */
export async function takeMedium(work: UnitOfWork, medium: { readonly id: number; readonly customerId: number }) {
  const removed = await removeMediumRow(work.tx, medium.id, work.now)
  if (!removed) throw notFound('accessMedium', medium.id)
  await recordChange(work, medium, 'deleted', {})
}

/** Ends media of customers who are locked at once; those that count no more stay as they are. */
export async function expireMediums(work: UnitOfWork, mediumIds: readonly number[]) {
  if (mediumIds.length === 0) return
  for (const medium of await updateMediumEnds(work.tx, mediumIds, work.now)) {
    await recordChange(work, medium, 'updated', { validUntil: [null, work.now.toString()] })
  }
}

/** A medium with its customer locked. */
export async function lockMedium({ tx }: UnitOfWork, mediumId: number) {
  const known = await findMedium(tx, mediumId)
  if (!known) throw notFound('accessMedium', mediumId)
  await lockCustomers(tx, [known.customerId])
  const medium = await findMedium(tx, mediumId)
  if (!medium) throw notFound('accessMedium', mediumId)
  return medium
}

/** Whether a medium that was not removed still counts at `now`. */
export function isActiveAt({ validUntil }: { readonly validUntil: Temporal.Instant | null }, now: Temporal.Instant) {
  return validUntil === null || isAfter(validUntil, now)
}

interface StoredValues {
  /** As answers show it. */
  readonly shown: string
  readonly newest: string
  /** Every form in which an equal value may be stored. */
  readonly all: readonly string[]
  readonly sealed?: Buffer
}

function readValue(type: MediumType, value: string, secrets: Secrets): StoredValues {
  if (!isMediumValue(type, value)) throw badRequest('errormessage.accessMedium.valueInvalid', { reference: 'value' })
  if (type === 'PIN') {
    const all = pinIndexes(secrets, value)
    return { shown: value, newest: all[0] ?? '', all, sealed: secrets.seal('field', value) }
  }
  if (type === 'BARCODE') {
    const newest = normalBarcode(value)
    return { shown: newest, newest, all: listBarcodeForms(newest) }
  }
  const newest = type === 'CARD_NUMBER' ? BigInt(value).toString() : value
  return { shown: newest, newest, all: [newest] }
}

function toColumns({ newest, sealed }: StoredValues) {
  return { valueNorm: newest, ...defined({ valueEnc: sealed }) }
}

/** The customer who holds the value and may still use it; a holder whose medium has expired loses it here. */
async function findFreshHolder({ tx, now, audit }: UnitOfWork, type: MediumType, { all }: StoredValues) {
  for (const { id } of await releaseExpired(tx, { type, values: all }, now)) {
    audit({ action: 'accessMedium.expired', entityKind: 'accessMedium', entityId: id })
  }
  return findHolder(tx, type, all)
}

/** The last line of defence when two want the same value at once. */
function refuseTaken(error: unknown): never {
  throw brokenConstraint(error) === 'access_mediums_value_unique'
    ? conflict('errormessage.accessMedium.valueInUse')
    : error
}

const changeEvents = { created: accessMediumCreated, updated: accessMediumUpdated, deleted: accessMediumDeleted }

async function recordChange(
  work: UnitOfWork,
  { id, customerId }: { readonly id: number; readonly customerId: number },
  change: keyof typeof changeEvents,
  diff: Readonly<Record<string, readonly [unknown, unknown]>>,
) {
  work.audit({ action: `accessMedium.${change}`, entityKind: 'accessMedium', entityId: id, diff })
  await announceToHomeStudio(work, changeEvents[change], customerId)
}
