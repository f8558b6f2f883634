import { badRequest, notFound } from '../../platform/errors/errors.ts'
import { isBefore } from '../../platform/time/order.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import { insertCloses, lockDays } from './day-close-store.ts'

/**
 * Closes the booking days of a studio up to `day`: they take no more entries. What is booked later stands on the first
 * open day. Answers how many days were closed. Refuses (400) a day that is not over.
 */
export async function closeDays(work: UnitOfWork, studioId: number, day: Temporal.PlainDate): Promise<number> {
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  if (!isBefore(day, dateIn(work.now, studio.timeZone))) {
    throw badRequest('errormessage.validation.mustBePast', {
      args: [{ type: 'STRING', value: 'day' }],
      reference: 'day',
    })
  }
  await lockDays(work.tx, studioId)
  const closed = await insertCloses(work.tx, { studioId, until: day }, work.now)
  if (closed > 0) {
    const diff = { closedUntil: [null, day.toString()] } as const
    work.audit({ action: 'dayClose.done', entityKind: 'studio', entityId: studioId, studioId, diff })
  }
  return closed
}
