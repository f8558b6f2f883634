import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { acceptIdlePeriod, changeByStaff, pauseByStaff, rejectIdlePeriod, withdrawByStaff } from './by-staff.ts'
import * as api from './staff-api.ts'
import { listForStaff } from './staff-list.ts'
import { readDay } from '../../platform/time/zoned-time.ts'

/** Binds what staff do with pauses. */
export function idlePeriodStaff(operations: StaffOperations) {
  operations.read(api.listIdlePeriods, (view, { body }) => listForStaff(view, body))
  operations.write(api.createIdlePeriod, async (work, { params: { contractId }, body }) => {
    const { startDate, termValue, reasonId } = body
    const length = termValue === undefined ? { unlimited: true } : { termValue }
    const wish = { startDate: Temporal.PlainDate.from(startDate), ...length }
    return { idlePeriodId: await pauseByStaff(work, { contractId, wish, reasonId }), state: 'ACCEPTED' }
  })
  operations.write(api.changeIdlePeriod, async (work, { params: { idlePeriodId }, body }) => {
    const { startDate, endDate, ...wish } = body
    await changeByStaff(work, idlePeriodId, { ...wish, startDate: readDay(startDate), endDate: readDay(endDate) })
    return { idlePeriodId, state: 'ACCEPTED' }
  })
  operations.write(api.acceptIdlePeriod, async (work, { params: { idlePeriodId } }) => {
    await acceptIdlePeriod(work, idlePeriodId)
    return { idlePeriodId, state: 'ACCEPTED' }
  })
  operations.write(api.rejectIdlePeriod, async (work, { params: { idlePeriodId }, body }) => {
    await rejectIdlePeriod(work, idlePeriodId, body.note)
    return { idlePeriodId, state: 'REJECTED' }
  })
  operations.write(api.withdrawIdlePeriod, async (work, { params: { idlePeriodId } }) => {
    await withdrawByStaff(work, idlePeriodId)
    return { idlePeriodId, state: 'WITHDRAWN' }
  })
}
