import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { configurePayments } from './settings.ts'
import * as api from './staff-api.ts'

/** Binds what staff do with payments. */
export function paymentStaff(operations: StaffOperations) {
  operations.write(api.configurePayments, async (work, { params: { studioId }, body }) => {
    await configurePayments(work, studioId, body)
    return { studioId }
  })
}
