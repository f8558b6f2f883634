import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import * as api from './staff-api.ts'
import { replaceAddress } from './staff-changes.ts'

/** Binds what staff change of the data that customers change themselves. */
export function selfServiceStaff(operations: StaffOperations) {
  operations.write(api.replaceAddress, async (work, { params: { customerId }, body }) => {
    await replaceAddress(work, { customerId, body })
    return { customerId }
  })
}
