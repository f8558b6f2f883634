import type { Operations } from '../../platform/http/operations.ts'
import * as api from './api.ts'
import { cancelContract } from './cancel-contract.ts'
import { withdrawCancelation } from './withdraw-cancelation.ts'

/** How members cancel their contracts. */
export function cancelationRoutes({ write }: Operations) {
  write(api.createContractCancelationAmendment, async (work, { params: { customerId }, body }) => {
    const { contractId, cancelationDate, cancelationReasonId: reasonId } = body
    const toDate = Temporal.PlainDate.from(cancelationDate)
    await cancelContract(work, { customerId, contractId, toDate, reasonId })
    return { success: 'true' }
  })
  write(api.withdrawContractCancelation, async (work, { params }) => {
    await withdrawCancelation(work, params)
    return { success: 'true' }
  })
}
