import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { switchByStaff } from './by-staff.ts'
import * as api from './staff-api.ts'

/** Binds how staff switch contracts. */
export function switchingStaff(operations: StaffOperations) {
  operations.write(api.switchContract, (work, { params: { contractId }, body }) => {
    const { studioId, paidBy, reason, ...wish } = body
    return switchByStaff(work, { contractId, studioId, wish, paidBy, reason })
  })
}
