import { isVisibleCustomer, localSight } from '../customers/index.ts'
import { type ApiError, badRequest, conflict, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import { isAfter, isBefore } from '../platform/time/order.ts'
import type { PartnerWork } from '../platform/units/work.ts'
import { parseDateTime } from '../platform/time/zoned-time.ts'
import { accessRefusal } from './access.ts'
import type { AccessRefusal } from './access-rules.ts'
import type { HistoryVisit } from './history-store.ts'
import { findVisit } from './visit-store.ts'
import { checkIn, checkOut } from './visits.ts'

const LATEST_HOURS = 24

/** A partner's own door reports that a customer of the studio came, now or up to 24 hours ago. */
export async function reportCheckIn(work: PartnerWork, customerId: number, moment: string | undefined) {
  await requireOwnCustomer(work, customerId)
  const at = readMoment(work, moment, 'checkInDateTime')
  const studioId = work.caller.studio.id
  const rules = { antiPassback: 'STRICT' } as const
  const result = await checkIn(work, { customerId, studioId, source: 'API', at, rules })
  if (result.outcome === 'REFUSED') throw toRefusal(result.refusal)
  return readVisit(work, result.visitId)
}

/** A partner's own door reports that a customer of the studio left. */
export async function reportCheckOut(work: PartnerWork, customerId: number, moment: string | undefined) {
  await requireOwnCustomer(work, customerId)
  const at = readMoment(work, moment, 'checkOutDateTime')
  const visitId = await checkOut(work, { customerId, studioId: work.caller.studio.id, source: 'API', at })
  if (visitId === undefined) throw conflict('errormessage.access.notCheckedIn')
  return readVisit(work, visitId)
}

async function requireOwnCustomer(work: PartnerWork, customerId: number) {
  if (!(await isVisibleCustomer(work.db, localSight(work), customerId))) throw notFound('customer', customerId)
}

/** A customer who is in already is a collision, not a closed door. */
function toRefusal(refusal: AccessRefusal): ApiError {
  const error = accessRefusal(refusal)
  return refusal.reason === 'ALREADY_CHECKED_IN' ? conflict(error.code) : error
}

function readMoment({ now }: PartnerWork, text: string | undefined, reference: string): Temporal.Instant {
  const at = (text === undefined ? undefined : parseDateTime(text)) ?? now
  if (isAfter(at, now)) throw refuseFields([violation(reference, 'mustNotBeFuture')])
  if (!isBefore(at, now.subtract({ hours: LATEST_HOURS }))) return at
  throw badRequest('errormessage.visit.tooFarBack', {
    args: [
      { type: 'STRING', value: reference },
      { type: 'INTEGER', value: LATEST_HOURS },
    ],
    reference,
  })
}

async function readVisit(work: PartnerWork, visitId: number): Promise<HistoryVisit> {
  const visit = await findVisit(work.tx, visitId)
  if (!visit) throw notFound('visit', visitId)
  const { checkedInAt, checkedOutAt } = visit
  const { id: studioId, name: studioName, zone } = work.caller.studio
  return { visitId, checkedInAt, checkedOutAt, studioId, studioName, zone }
}
