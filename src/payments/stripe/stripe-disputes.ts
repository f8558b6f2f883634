import type Stripe from 'stripe'
import { bookPayment, findPaymentStanding, findPaymentRest, takeBackPart } from '../../accounts/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { formatAmount, type Money, readMoney } from '../../platform/values/money.ts'
import type { disputeStates } from '../provider.ts'
import { readReason } from '../returning/return-rules.ts'
import { returnPayment } from '../returning/returns.ts'
import { fromStripeAmount } from './stripe-amounts.ts'
import { findDispute, insertDispute, updateDispute } from './stripe-dispute-store.ts'

/** A payment as far as a dispute is about it. */
export interface DisputedPayment {
  readonly id: number
  readonly customerId: number
}

/**
 * Follows what has become of a dispute, however many of its events are lost or late. While it runs, and when it is lost,
 * the money is gone; when the studio has won, it is booked as a new payment. An inquiry moves no money.
 */
export async function followDispute(work: UnitOfWork, payment: DisputedPayment, dispute: Stripe.Dispute) {
  const known = await findDispute(work.tx, dispute.id)
  const state = readState(dispute.status)
  if (state === undefined || known?.state === state || (known && known.state !== 'OPEN')) return
  if (known) {
    if (state === 'OPEN') return
    await updateDispute(work.tx, known.id, state, work.now)
    const amount = readMoney(known.amount, known.currency, 'amount')
    if (state === 'WON' && amount.minor > 0n) await bookWon(work, payment, { ref: dispute.id, amount })
    recordState(work, payment, state)
    return
  }
  const amount = await takeDisputed(work, payment.id, dispute, state)
  const row = {
    providerRef: dispute.id,
    paymentId: payment.id,
    amount: formatAmount(amount),
    currency: amount.currency,
  }
  await insertDispute(work.tx, { ...row, state }, work.now)
  recordState(work, payment, state)
}

function recordState(work: UnitOfWork, { id: entityId }: DisputedPayment, state: string) {
  work.audit({ action: 'payment.disputed', entityKind: 'payment', entityId, diff: { dispute: [null, state] } })
}

type DisputeState = (typeof disputeStates)[number]

/** How a dispute stands; undefined for an inquiry, which has taken nothing. */
function readState(status: string): DisputeState | undefined {
  if (status.startsWith('warning_') || status === 'prevented') return undefined
  if (status === 'won') return 'WON'
  return status === 'lost' ? 'LOST' : 'OPEN'
}

/** Takes back what the payer contests, as far as it is still there, and answers how much that is. */
async function takeDisputed(
  work: UnitOfWork,
  paymentId: number,
  dispute: Stripe.Dispute,
  state: DisputeState,
): Promise<Money> {
  const rest = await findPaymentRest(work, paymentId)
  // One that was won before we knew of it has taken nothing. It is recorded all the same: what is received later is older.
  if (state === 'WON') return { ...rest, minor: 0n }
  const contested = fromStripeAmount(dispute.amount, dispute.currency)
  const reason = 'CHARGED_BACK'
  if (rest.minor === 0n || contested.currency !== rest.currency) return { ...rest, minor: 0n }
  if (contested.minor >= rest.minor) {
    await returnPayment(work, { paymentId, kind: 'CHARGEBACK', ...readReason(reason) })
    return rest
  }
  const part = { paymentId, amount: contested, kind: 'CHARGEBACK', description: reason, rejection: reason } as const
  await takeBackPart(work, { ...part, journalKey: `dispute:${dispute.id}` })
  return contested
}

interface Won {
  readonly ref: string
  readonly amount: Money
}

async function bookWon(work: UnitOfWork, { id, customerId }: DisputedPayment, { ref, amount }: Won) {
  const owner = await findPaymentStanding(work.tx, id)
  if (!owner) throw new Error(`The disputed payment ${id} is not there.`)
  const { studioId, method } = owner
  const description = 'DISPUTE_WON'
  await bookPayment(work, { customerId, studioId, amount, method, description, journalKey: `dispute:${ref}` })
}
