import { type ApiError, badRequest, notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import { diffValues } from '../../platform/units/audit-values.ts'
import type { PartnerWork, UnitOfWork } from '../../platform/units/work.ts'
import { judgeRestriction, LONGEST_REASON, type RestrictionRefusal, type RestrictionWish } from './restriction-rules.ts'
import {
  deleteRestrictionRow,
  findOwnRestriction,
  findRestriction,
  insertRestriction,
  type NewRestriction,
  type RestrictionRow,
  type RestrictionTerms,
  updateRestrictionRow,
  upsertOwnRestriction,
} from './restriction-store.ts'
import { accessRestrictionCreated, accessRestrictionDeleted, customerUpdated } from '../events.ts'
import { announceToHomeStudio } from '../home-studio-events.ts'
import { lockOwnCustomer } from '../reading/visibility.ts'
import { lockCustomers } from '../reading/visibility-store.ts'

/** Keeps a customer out: always, or between two local dates of the home studio, both inclusive. */
export async function restrictAccess(work: UnitOfWork, restriction: NewRestriction): Promise<number> {
  const { customerId } = restriction
  const [locked] = await lockCustomers(work.tx, [customerId])
  if (locked === undefined) throw notFound('customer', customerId)
  const terms = readTerms(restriction)
  const id = await insertRestriction(work.tx, { ...restriction, ...terms }, work.now)
  await announceCreation(work, { id, customerId }, terms)
  return id
}

/** Lifts a restriction before it has lapsed by itself. */
export async function liftRestriction(work: UnitOfWork, restrictionId: number) {
  await removeRestriction(work, await lockRestriction(work, restrictionId))
}

/** Gives a ban of the staff another reason or other dates; what is left out stays, null takes the dates away. */
export async function changeRestriction(work: UnitOfWork, restrictionId: number, changes: Partial<RestrictionTerms>) {
  const before = await lockRestriction(work, restrictionId)
  if (before.source !== 'STAFF') throw notFound('accessRestriction', restrictionId)
  await saveTerms(work, before, readTerms({ ...pickTerms(before), ...changes }))
}

/**
 * Stores the one ban that the calling integration has for a customer; dates that are left out are taken away. Other
 * bans are not touched.
 */
export async function setOwnRestriction(
  work: PartnerWork,
  customerId: number,
  wish: RestrictionWish,
): Promise<RestrictionTerms> {
  await lockOwnCustomer(work, customerId)
  const terms = readTerms(wish)
  const integrationId = work.caller.integration.id
  const before = await findOwnRestriction(work.tx, customerId, integrationId)
  if (before && Object.keys(diffValues(pickTerms(before), terms)).length === 0) return terms
  const id = await upsertOwnRestriction(work.tx, { customerId, integrationId, ...terms }, work.now)
  if (before) await announceChange(work, before, terms)
  else await announceCreation(work, { id, customerId }, terms)
  return terms
}

/** Lifts the ban of the calling integration. */
export async function liftOwnRestriction(work: PartnerWork, customerId: number) {
  await lockOwnCustomer(work, customerId)
  const own = await findOwnRestriction(work.tx, customerId, work.caller.integration.id)
  if (!own) throw notFound('accessRestriction', customerId)
  await removeRestriction(work, own)
}

async function removeRestriction(work: UnitOfWork, { id, customerId }: RestrictionRow) {
  await deleteRestrictionRow(work.tx, id)
  work.audit({ action: 'accessRestriction.deleted', entityKind: 'accessRestriction', entityId: id })
  await announceToHomeStudio(work, accessRestrictionDeleted, customerId)
}

async function saveTerms(work: UnitOfWork, before: RestrictionRow, terms: RestrictionTerms) {
  if (Object.keys(diffValues(pickTerms(before), terms)).length === 0) return
  await updateRestrictionRow(work.tx, before.id, terms, work.now)
  await announceChange(work, before, terms)
}

/** A ban with its customer locked. */
async function lockRestriction({ tx }: UnitOfWork, restrictionId: number): Promise<RestrictionRow> {
  const known = await findRestriction(tx, restrictionId)
  if (!known) throw notFound('accessRestriction', restrictionId)
  await lockCustomers(tx, [known.customerId])
  const restriction = await findRestriction(tx, restrictionId)
  if (!restriction) throw notFound('accessRestriction', restrictionId)
  return restriction
}

function readTerms(wish: RestrictionWish): RestrictionTerms {
  const refusal = judgeRestriction(wish)
  if (refusal) throw refuseWish(refusal)
  return { reason: wish.reason.trim(), startDate: wish.startDate ?? null, endDate: wish.endDate ?? null }
}

function refuseWish(refusal: RestrictionRefusal): ApiError {
  switch (refusal) {
    case 'REASON_BLANK':
      return refuseFields([violation('reason', 'required')])
    case 'REASON_TOO_LONG':
      return refuseFields([violation('reason', 'maxLength', { type: 'INTEGER', value: LONGEST_REASON })])
    case 'DATES_INCOMPLETE':
      return badRequest('errormessage.accessRestriction.datesIncomplete')
    case 'END_BEFORE_START':
      return badRequest('errormessage.accessRestriction.endBeforeStart', { reference: 'endDate' })
  }
}

const pickTerms = ({ reason, startDate, endDate }: RestrictionTerms): RestrictionTerms => ({
  reason,
  startDate,
  endDate,
})

const formatPeriod = ({ startDate, endDate }: RestrictionTerms) => [
  startDate?.toString() ?? null,
  endDate?.toString() ?? null,
]

async function announceCreation(
  work: UnitOfWork,
  { id, customerId }: { readonly id: number; readonly customerId: number },
  terms: RestrictionTerms,
) {
  const diff = { period: [null, formatPeriod(terms)] } as const
  work.audit({ action: 'accessRestriction.created', entityKind: 'accessRestriction', entityId: id, diff })
  await announceToHomeStudio(work, accessRestrictionCreated, customerId)
}

/** There is no event of its own for a changed ban. The reason may name people and stays out of the audit log. */
async function announceChange(work: UnitOfWork, before: RestrictionRow, terms: RestrictionTerms) {
  work.audit({
    action: 'accessRestriction.updated',
    entityKind: 'accessRestriction',
    entityId: before.id,
    diff: {
      period: [formatPeriod(before), formatPeriod(terms)],
      isReasonChanged: [false, before.reason !== terms.reason],
    },
  })
  await announceToHomeStudio(work, customerUpdated, before.customerId)
}
