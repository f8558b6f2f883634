import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { acceptModuleCancelation, rejectModuleCancelation } from './by-staff.ts'
import { listWaitingModules } from './module-cancelation-store.ts'
import * as api from './staff-api.ts'

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
}
