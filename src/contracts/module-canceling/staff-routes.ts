import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { acceptModuleCancelation, rejectModuleCancelation } from './by-staff.ts'
import { cancelModuleByStaff, withdrawModuleByStaff } from './cancel-by-staff.ts'
import { listWaitingModules } from './module-cancelation-store.ts'
import * as api from './staff-api.ts'
import { readDay } from '../../platform/time/zoned-time.ts'

/** Binds what staff decide about cancelations of modules. */
export function moduleCancelationStaff(operations: StaffOperations) {
  operations.read(api.listModuleCancelations, async ({ db }, { body: { studioId } }) => {
    const waiting = await listWaitingModules(db, studioId)
    return waiting.map(({ receiptDate, toDate, reason, ...row }) => ({
      ...row,
      receiptDate: receiptDate.toString(),
      toDate: toDate.toString(),
      reason: reason ?? '',
    }))
  })
  operations.write(api.acceptModuleCancelation, async (work, { params: { moduleContractId } }) => ({
    moduleContractId,
    state: await acceptModuleCancelation(work, moduleContractId),
  }))
  operations.write(api.rejectModuleCancelation, async (work, { params: { moduleContractId }, body: { note } }) => ({
    moduleContractId,
    state: await rejectModuleCancelation(work, { moduleContractId, note }),
  }))
  operations.write(api.cancelModule, async (work, { params: { moduleContractId }, body }) => {
    const { toDate, receiptDate, ...wish } = body
    const received = readDay(receiptDate)
    const days = { toDate: Temporal.PlainDate.from(toDate), receiptDate: received }
    await cancelModuleByStaff(work, { ...wish, ...days, moduleContractId })
    return { moduleContractId, state: 'EFFECTIVE' as const }
  })
  operations.write(api.withdrawModuleCancelation, async (work, { params: { moduleContractId }, body: { reason } }) => {
    await withdrawModuleByStaff(work, { moduleContractId, reason })
    return { moduleContractId, state: 'WITHDRAWN' as const }
  })
}
