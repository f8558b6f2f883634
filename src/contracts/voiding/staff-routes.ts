import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { voidByStaff, voidModuleByStaff } from './by-staff.ts'
import * as api from './staff-api.ts'

/** Binds how staff take back what was signed or sold. */
export function voidingStaff(operations: StaffOperations) {
  operations.write(api.voidContract, async (work, { params: { contractId }, body }) => {
    return { contractId, ...(await voidByStaff(work, { contractId, ...body })) }
  })
  operations.write(api.voidModuleContract, async (work, { params: { moduleContractId }, body: { reason } }) => {
    const { contractId } = await voidModuleByStaff(work, { moduleContractId, reason })
    return { moduleContractId, contractId }
  })
}
