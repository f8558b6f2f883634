import { type Static, Type } from 'typebox'
import { listContractClaims } from '../../accounts/index.ts'
import { PaymentPreview } from '../../membership-offers/api.ts'
import { date, described, id } from '../../platform/api/schema.ts'
import { Money, presentMoney } from '../../platform/api/values.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { View } from '../../platform/units/work.ts'
import { loadContracts } from '../changing/loading.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'

/** A contract that staff have sold, or would sell by a dry run. */
export const Sale = Type.Object({
  contractId: id('The contract.'),
  customerId: id('The customer.'),
  startDateOfUse: date('First day of use.'),
  startDate: date('First day.'),
  endDate: date('Last day as it is shown.'),
  paymentPreview: PaymentPreview,
  open: described(Money, 'What of it is booked and not paid.'),
})
export type Sale = Static<typeof Sale>

/** What staff are shown of a contract that they have just signed for a customer. */
export async function describeSale(
  { db, now }: View,
  contractId: number,
  paymentPreview: NonNullable<Sale['paymentPreview']>,
): Promise<Sale> {
  const [[contract], claims] = await Promise.all([loadContracts(db, [contractId]), listContractClaims(db, contractId)])
  if (!contract) throw new Error(`The contract ${contractId} that was signed is not there.`)
  const { row, plan, studio } = contract
  const booked = claims.filter(({ state, payer }) => state === 'POSTED' && payer === 'MEMBER')
  const minor = booked.reduce((sum, { openAmount }) => sum + openAmount, 0n)
  return {
    contractId,
    customerId: row.customerId,
    startDateOfUse: plan.useFrom.toString(),
    startDate: row.startDate.toString(),
    endDate: readTimeline(contract, dateIn(now, studio.zone)).end.toString(),
    paymentPreview,
    open: presentMoney({ minor, currency: studio.currency }),
  }
}
