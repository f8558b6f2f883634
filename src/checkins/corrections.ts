import { diffValues } from '../platform/units/audit-values.ts'
import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import { isAfter } from '../platform/time/order.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { refuseOrder, refuseOverlap } from './refusals.ts'
import { findVisit, hasOverlap, lockVisit, lockVisitor, updateTimes, type Visit } from './visit-store.ts'
import { leave } from './visits.ts'

export interface VisitCorrection {
  readonly checkedInAt?: Temporal.Instant
  /** For a visit that is open this ends it; an ended one never opens again. */
  readonly checkedOutAt?: Temporal.Instant
  readonly reason: string
}

/**
 * Staff put right when a customer came or left. Partners receive only the event of an end, because they know no event of a changed
 * time; how a visit began and ended stays as it was.
 */
export async function correctVisit(work: UnitOfWork, visitId: number, correction: VisitCorrection) {
  if (correction.reason.trim() === '') throw refuseFields([violation('reason', 'required')])
  const visit = await openVisitForChange(work, visitId)
  const checkedInAt = correction.checkedInAt ?? visit.checkedInAt
  const checkedOutAt = correction.checkedOutAt ?? visit.checkedOutAt
  await refuseImpossible(work, visit, { checkedInAt, checkedOutAt })
  const changed = diffValues<Partial<Visit>>(visit, { checkedInAt, checkedOutAt })
  if (Object.keys(changed).length === 0) return
  const isEnding = visit.checkedOutAt === null && checkedOutAt !== null
  await updateTimes(work.tx, visitId, { checkedInAt, checkedOutAt: isEnding ? null : checkedOutAt })
  const { studioId, customerId, passId } = visit
  work.audit({
    action: 'visit.corrected',
    entityKind: 'visit',
    entityId: visitId,
    studioId,
    diff: { ...changed, reason: [null, correction.reason] },
  })
  if (!isEnding) return
  await leave(work, { visitId, customerId, studioId, checkedInAt, passId }, { at: checkedOutAt, outSource: 'STAFF' })
}

/** Locks the customer, then the visit. */
async function openVisitForChange({ tx }: UnitOfWork, visitId: number): Promise<Visit> {
  const found = await findVisit(tx, visitId)
  if (!found) throw notFound('visit', visitId)
  await lockVisitor(tx, found.customerId)
  const visit = await lockVisit(tx, visitId)
  if (!visit) throw notFound('visit', visitId)
  return visit
}

async function refuseImpossible(
  { tx, now }: UnitOfWork,
  visit: Visit,
  { checkedInAt, checkedOutAt }: Pick<Visit, 'checkedInAt' | 'checkedOutAt'>,
) {
  const future = (field: string) => refuseFields([violation(field, 'mustNotBeFuture')])
  if (isAfter(checkedInAt, now)) throw future('checkInDateTime')
  if (checkedOutAt && isAfter(checkedOutAt, now)) throw future('checkOutDateTime')
  if (checkedOutAt && isAfter(checkedInAt, checkedOutAt)) throw refuseOrder(checkedInAt, checkedOutAt)
  if (await hasOverlap(tx, visit, { from: checkedInAt, until: checkedOutAt })) throw refuseOverlap()
}
