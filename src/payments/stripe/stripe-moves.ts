import { findPaymentRest, takeBackPart } from '../../accounts/index.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { settlePayment } from '../captures.ts'
import { findPaymentByKey } from '../payment-store.ts'
import { bookedRefund, bookFailedRefund } from '../refunds.ts'
import { fromStripeAmount } from './stripe-amounts.ts'
import { ask } from './stripe-client.ts'
import { followDispute } from './stripe-disputes.ts'
import { findBegun, type OpenedAccount } from './stripe-intents.ts'
import { isFailedRefund, isMadeRefund } from './stripe-rules.ts'
import { type IntentRow, planFollowing } from './stripe-store.ts'

/** What a unit does with what Stripe has said before. */
export type Effect = (work: UnitOfWork) => Promise<void>

type Account = Pick<OpenedAccount, 'client'>
type Charge = Pick<IntentRow, 'key' | 'intentId'>

/**
 * Books what was given back, here or at Stripe; a refund that was booked already is known by its name. What could not be given
 * back after all, often days later, is the customer's again.
 */
export async function prepareRefunds({ client }: Account, { key, intentId }: Charge): Promise<Effect> {
  const { data } = await ask(client.refunds.list({ payment_intent: intentId ?? '', limit: 100 }))
  const refunds = data.toReversed().map((refund) => ({
    ref: refund.id,
    amount: fromStripeAmount(refund.amount, refund.currency),
    hasFailed: isFailedRefund(refund),
    isMade: isMadeRefund(refund),
  }))
  return async (work) => {
    const payment = await findCollected(work, key)
    if (!payment) return
    const { id: paymentId } = payment
    const description = 'REFUND'
    for (const { ref, amount } of refunds.filter(({ hasFailed }) => hasFailed)) {
      await bookFailedRefund(work, ref, { paymentId, amount, description })
    }
    for (const { ref, amount } of refunds.filter(({ isMade }) => isMade)) {
      const rest = await findPaymentRest(work, paymentId)
      if (rest.minor === 0n || amount.currency !== rest.currency) continue
      const part = { paymentId, amount: amount.minor > rest.minor ? rest : amount, description }
      await takeBackPart(work, { ...bookedRefund(ref), ...part })
    }
  }
}

/** What has become of a dispute, as it stands at Stripe now. */
export async function prepareDispute({ client }: Account, { key }: Charge, disputeId: string): Promise<Effect> {
  const dispute = await ask(client.disputes.retrieve(disputeId))
  return async (work) => {
    const payment = await findCollected(work, key)
    if (payment) await followDispute(work, payment, dispute)
  }
}

/**
 * The payment of a charge of which money has moved: it was taken, even if no event has said so yet. Where it is not booked yet,
 * Stripe is asked again once it is.
 */
async function findCollected(work: UnitOfWork, key: string) {
  const payment = await findPaymentByKey(work.tx, key)
  if (!payment) await planFollowing(work.tx, key, work.now, work.now)
  if (payment?.state === 'PENDING') await settlePayment(work, payment.id)
  return payment
}

/** Does for a booked payment what events of its money would have done that came before it. */
export async function follow(run: RunUnit, key: string) {
  const begun = await findBegun(run, key)
  if (!begun) return
  const { account, row } = begun
  const refunds = await prepareRefunds(account, row)
  const { data } = await ask(account.client.disputes.list({ payment_intent: row.intentId ?? '', limit: 100 }))
  await run(async (work) => {
    await refunds(work)
    const payment = await findCollected(work, key)
    if (!payment) return
    for (const dispute of data) await followDispute(work, payment, dispute)
    await planFollowing(work.tx, key, null, work.now)
  })
}
