import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { readReason } from './return-rules.ts'
import { configureReturns } from './return-settings.ts'
import { lockStanding, readCost, restorePayment, returnPayment } from './returns.ts'
import * as api from './staff-return-api.ts'
import { returnTopUp } from './returned-top-ups.ts'

/** Binds what staff do about payments that were taken back. */
export function returnStaff(operations: StaffOperations) {
  operations.write(api.returnPayment, async (work, { params: { paymentId }, body }) => {
    const { kind, reason, fee } = body
    const { currency } = await lockStanding(work, paymentId)
    return returnPayment(work, { paymentId, kind, ...readReason(reason), fee, cost: readCost(body.cost, currency) })
  })
  operations.write(api.returnTopUp, (work, { params: { entryId }, body }) => returnTopUp(work, { entryId, ...body }))
  operations.write(api.restorePayment, async (work, { params: { paymentId } }) => ({
    paymentId: await restorePayment(work, paymentId),
  }))
  operations.write(api.configureReturns, (work, { params: { studioId }, body }) =>
    configureReturns(work, studioId, body),
  )
}
