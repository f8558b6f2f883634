import type { DailyJob } from '../platform/jobs/job.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import { findStudio } from '../studios/index.ts'
import { announceStatuses, updateAnnouncedStatus, updateMembershipUntil } from './status-store.ts'
import { findHomeStudioId } from './creation/creation-store.ts'
import { notFound } from '../platform/errors/errors.ts'
import { customerUpdated } from './events.ts'

/**
 * Sends partners the members whose membership ended with the day that is just over: one event per change of status.
 * Reads never wait for it, they compute the status themselves.
 */
export const statusAnnouncements: DailyJob = {
  kind: 'DAILY',
  name: 'customers.announceStatuses',
  at: new Temporal.PlainTime(0, 0),
  run: async (work, studio) => {
    const today = dateIn(work.now, studio.zone)
    for (const { id, status } of await announceStatuses(work.tx, studio.id, today, work.now)) {
      recordStatus(work, { customerId: id, studioId: studio.id, status })
    }
  },
}

/**
 * Stores the last day of a customer's latest contract (null without one, FOREVER for one that goes on), in the unit that
 * changes the contract. Partners receive an event at once when that changes the status.
 */
export async function setMembershipUntil(
  work: UnitOfWork,
  customerId: number,
  until: Temporal.PlainDate | 'FOREVER' | null,
) {
  const studioId = await findHomeStudioId(work.tx, customerId)
  const studio = studioId === undefined ? undefined : await findStudio(work.tx, studioId)
  if (!studio) throw notFound('customer', customerId)
  const today = dateIn(work.now, studio.timeZone)
  const changed = await updateMembershipUntil(work.tx, customerId, { until, today }, work.now)
  if (!changed || changed.status === changed.announced) return
  await updateAnnouncedStatus(work.tx, customerId, changed.status)
  recordStatus(work, { customerId, studioId: changed.studioId, status: changed.status })
}

function recordStatus(
  { audit, emit }: UnitOfWork,
  { customerId, studioId, status }: { readonly customerId: number; readonly studioId: number; readonly status: string },
) {
  audit({
    action: 'customer.statusChanged',
    entityKind: 'customer',
    entityId: customerId,
    studioId,
    diff: { status: [null, status] },
  })
  emit(customerUpdated({ entityId: customerId, customerId, audienceStudioIds: [studioId] }))
}
