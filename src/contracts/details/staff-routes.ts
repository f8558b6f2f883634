import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { changeDetails } from './details.ts'
import * as api from './staff-api.ts'

/** Binds what staff change of a contract besides its terms. */
export function detailStaff(operations: StaffOperations) {
  operations.write(api.changeContract, async (work, { params: { contractId }, body }) => {
    await changeDetails(work, contractId, body)
    return { contractId }
  })
}
