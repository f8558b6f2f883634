import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { defined } from '../platform/values/defined.ts'
import { setBookingTerms } from './booking-terms.ts'
import * as api from './staff-api.ts'

/** Binds what staff set of customers. */
export function customerStaff(operations: StaffOperations) {
  operations.write(api.changeBookingTerms, async (work, { params: { customerId }, body }) => {
    const { memberCodes, blockReason, blockUntil, unblock } = body
    const until = blockUntil === undefined ? undefined : Temporal.Instant.from(blockUntil)
    const block =
      blockReason === undefined
        ? { bookingBlockUntil: until }
        : { bookingBlockReason: blockReason, bookingBlockUntil: until ?? null }
    const lifted = { bookingBlockReason: null, bookingBlockUntil: null }
    await setBookingTerms(work, customerId, defined({ memberCodes, ...(unblock === true ? lifted : block) }))
    return { customerId }
  })
}
