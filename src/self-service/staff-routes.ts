import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { acceptAmendment, configureAmendments, rejectAmendment } from './amendment-decisions.ts'
import * as api from './staff-api.ts'
import { replaceAddress } from './staff-changes.ts'

/** Binds what staff change of the data that customers change themselves. */
export function selfServiceStaff(operations: StaffOperations) {
  operations.write(api.replaceAddress, async (work, { params: { customerId }, body }) => {
    await replaceAddress(work, { customerId, body })
    return { customerId }
  })
  operations.write(api.acceptAmendment, async (work, { params: { amendmentId } }) => {
    const { secrets } = work.installation
    await acceptAmendment(work, amendmentId, { force: work.broken.includes('CONFLICT'), secrets })
    return { amendmentId, status: 'ACCEPTED' as const }
  })
  operations.write(api.rejectAmendment, async (work, { params: { amendmentId }, body: { reason } }) => {
    await rejectAmendment(work, amendmentId, reason)
    return { amendmentId, status: 'REJECTED' as const }
  })
  operations.write(api.configureAmendments, async (work, { body }) => {
    await configureAmendments(work, body)
    return body
  })
}
