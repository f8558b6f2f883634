import { brokenConstraint } from '../platform/database.ts'
import { badRequest, conflict, notFound } from '../platform/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork } from '../platform/work.ts'
import { isMediumValue } from './medium-rules.ts'
import { countMediums, findHolder, insertMedium, type NewMedium, removeMediumRow } from './access-store.ts'
import { tellHomeStudio } from './telling.ts'
import { lockCustomers } from './visibility-store.ts'

const MOST_MEDIUMS = 20

export interface MediumInput {
  readonly id?: number
  readonly type: NewMedium['type']
  /** A card number in decimal digits, a PIN in clear. */
  readonly value: string
  readonly validUntil?: Temporal.Instant
  /** The integration that may change it later; left out for staff. */
  readonly ownerIntegrationId?: number
}

/** How a PIN is found again without being stored: its hash under every key of the installation, newest first. */
export function pinIndexes(secrets: Secrets, pin: string): readonly string[] {
  return secrets.hashes('blind-index', `PIN\n${pin}`).map((hash) => hash.toString('base64url'))
}

/** Gives a customer a card, PIN or code that nobody else of the tenant holds. Answers its id. */
export async function addAccessMedium(
  work: UnitOfWork,
  customerId: number,
  medium: MediumInput,
  secrets: Secrets,
): Promise<number> {
  const { tx, now } = work
  const [locked] = await lockCustomers(tx, [customerId])
  if (locked === undefined) throw notFound('customer', customerId)
  const { value, ...rest } = medium
  if (!isMediumValue(medium.type, value))
    throw badRequest('errormessage.accessMedium.valueInvalid', { reference: 'value' })
  const stored = storedValues(medium.type, value, secrets)
  if (await findHolder(tx, medium.type, stored.all)) throw conflict('errormessage.accessMedium.valueInUse')
  if ((await countMediums(tx, customerId)) >= MOST_MEDIUMS) throw badRequest('errormessage.accessMedium.limitReached')
  const id = await insertMedium(
    tx,
    { ...rest, customerId, valueNorm: stored.newest, ...(stored.sealed ? { valueEnc: stored.sealed } : {}) },
    now,
  ).catch((error: unknown) => {
    const isTaken = brokenConstraint(error) === 'access_mediums_value_unique'
    throw isTaken ? conflict('errormessage.accessMedium.valueInUse') : error
  })
  work.audit({
    action: 'accessMedium.created',
    entityKind: 'accessMedium',
    entityId: id,
    diff: { type: [null, medium.type] },
  })
  await tellHomeStudio(work, 'CUSTOMER_ACCESS_MEDIUM_CREATED', customerId)
  return id
}

/** Takes a medium away; its value is free for others once the unit commits. */
export async function removeAccessMedium(work: UnitOfWork, mediumId: number) {
  const removed = await removeMediumRow(work.tx, mediumId, work.now)
  if (!removed) throw notFound('accessMedium', mediumId)
  work.audit({ action: 'accessMedium.deleted', entityKind: 'accessMedium', entityId: mediumId })
  await tellHomeStudio(work, 'CUSTOMER_ACCESS_MEDIUM_DELETED', removed.customerId)
}

interface StoredValues {
  readonly newest: string
  /** Every form in which an equal value may be stored. */
  readonly all: readonly string[]
  readonly sealed?: Buffer
}

function storedValues(type: NewMedium['type'], value: string, secrets: Secrets): StoredValues {
  if (type === 'PIN') {
    const all = pinIndexes(secrets, value)
    return { newest: all[0] ?? '', all, sealed: secrets.seal('field', value) }
  }
  const newest = type === 'CARD_NUMBER' ? BigInt(value).toString() : value
  return { newest, all: [newest] }
}
