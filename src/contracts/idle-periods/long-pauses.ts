import { isAfter } from '../../platform/time/order.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { updateIdlePeriodRow } from './idle-writes.ts'
import { MOST_YEARS } from './request-rules.ts'

/** Gives pauses without end that have lasted as long as any may an end: the day before. */
export async function endLongPauses(work: UnitOfWork, { idlePeriods, row }: SignedContract, day: Temporal.PlainDate) {
  for (const { id, startDate, endDate, state } of idlePeriods) {
    const until = startDate.add({ years: MOST_YEARS })
    if (endDate !== null || state !== 'ACCEPTED' || isAfter(until, day)) continue
    const ended = { endDate: until.subtract({ days: 1 }), unlimited: false }
    await updateIdlePeriodRow(work.tx, id, ended, work.now)
    work.audit({ action: 'idlePeriod.ended', entityKind: 'idlePeriod', entityId: id, studioId: row.studioId })
  }
}
