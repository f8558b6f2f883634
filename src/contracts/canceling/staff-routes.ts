import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import type { CancelationRow } from '../signed/contract-store.ts'
import { acceptCancelation, cancelByStaff, rejectCancelation, withdrawByStaff } from './by-staff.ts'
import * as api from './staff-api.ts'
import { findShownEnd, listWaitingCancelations } from './staff-list.ts'
import { readDay } from '../../platform/time/zoned-time.ts'

/** Binds what staff do with cancelations. */
export function cancelationStaff(operations: StaffOperations) {
  operations.write(api.cancelContract, async (work, { params: { contractId }, body }) => {
    const { toDate, receiptDate, ...wish } = body
    const received = readDay(receiptDate)
    await cancelByStaff(work, { ...wish, contractId, toDate: Temporal.PlainDate.from(toDate), receiptDate: received })
    return answer(work, contractId, 'EFFECTIVE')
  })
  operations.read(api.listCancelations, (view, { body: { studioId } }) => listWaitingCancelations(view, studioId))
  operations.write(api.acceptCancelation, async (work, { params: { contractId } }) =>
    answer(work, contractId, await acceptCancelation(work, contractId)),
  )
  operations.write(api.rejectCancelation, async (work, { params: { contractId }, body }) =>
    answer(work, contractId, await rejectCancelation(work, { contractId, note: body.note })),
  )
  operations.write(api.withdrawCancelation, async (work, { params: { contractId }, body: { reason } }) => {
    await withdrawByStaff(work, { contractId, reason })
    return answer(work, contractId, 'WITHDRAWN')
  })
}

async function answer(work: UnitOfWork, contractId: number, state: CancelationRow['state']) {
  return { contractId, state, contractEnd: await findShownEnd(work, contractId) }
}
