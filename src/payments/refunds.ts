import {
  countTakenBack,
  findPaymentRest,
  isReversed,
  restorePart,
  takeBackPart,
  type TakenBack,
} from '../accounts/index.ts'
import { badRequest, notFound } from '../platform/errors/errors.ts'
import { StartOver, type UnitOfWork } from '../platform/units/work.ts'
import { amountNumber, formatAmount, type Money, readMoney } from '../platform/values/money.ts'
import { findPayment } from './payment-store.ts'
import type { MadeRefund } from './provider.ts'
import { provider } from './providers.ts'
import { refuseSilence } from './tokens/authorisation.ts'

export interface PaymentRefund {
  readonly paymentId: number
  /** Decimal text in the currency of the books; left out: all that is left of the payment. */
  readonly amount?: string | undefined
  readonly description: string
}

/**
 * Gives money of a collected payment back to its card or wallet, and answers how a unit does it: the books are asked
 * first, then the provider, then the books write it down. Whatever happens between the two, the provider names its
 * refund again, and it is booked once. Refuses (400) a payment that no provider has collected, more than is left, and a
 * refund that the provider could not make; (503) when the provider does not answer: a repeat gives nothing back twice.
 */
export function prepareRefund({ paymentId, amount: wanted, description }: PaymentRefund) {
  let made: MadeRefund | { readonly most: Money } | undefined
  return async (work: UnitOfWork): Promise<number> => {
    const payment = await findPayment(work.tx, paymentId)
    if (!payment) throw notFound('payment', paymentId)
    if (payment.state !== 'SETTLED') throw refuseUncollected(paymentId)
    if (made && 'most' in made) throw refuseMore(made.most)
    if (made?.hasFailed) throw refuseFailed(paymentId)
    const rest = await findPaymentRest(work, paymentId)
    const amount = wanted === undefined ? rest : readMoney(wanted, rest.currency, 'amount')
    const part = { paymentId, amount, description }
    const entryId = await takeBackPart(work, { ...bookedRefund(made?.ref ?? 'not made yet'), ...part })
    // The provider has said so before this unit began.
    if (await isReversed(work.tx, entryId)) throw refuseFailed(paymentId)
    work.audit({ action: 'payment.refunded', entityKind: 'payment', entityId: paymentId, diff: diff(amount) })
    if (made) return entryId
    const { providerKey: key } = payment
    // The same until something of the payment was taken back, be it in vain: a repeat after silence names the same refund, and
    // one after a refund that has failed names another.
    const refundKey = `${key}:refund:${await countTakenBack(work.tx, paymentId)}:${formatAmount(amount)}`
    throw new StartOver(async (run) => {
      const answer = await provider.refund(run, { key, amount, refundKey }).catch(refuseSilence)
      if ('ref' in answer && answer.hasFailed) await run((next) => bookFailedRefund(next, answer.ref, part))
      made = answer
    })
  }
}

/** A refund is booked once, by the name that the provider gives it. */
export const bookedRefund = (ref: string) => ({ kind: 'REFUND', journalKey: `refund:${ref}` }) as const

/**
 * Books that a refund has failed: what had left is of the payment again. One that was not booked leaves both entries, so that
 * the order in which a provider and a unit write of it does not matter.
 */
export async function bookFailedRefund(
  work: UnitOfWork,
  ref: string,
  { paymentId, amount, description }: Pick<TakenBack, 'paymentId' | 'amount' | 'description'>,
) {
  const refund = { ...bookedRefund(ref), paymentId }
  const rest = await findPaymentRest(work, paymentId)
  const isThere = amount.currency === rest.currency && amount.minor <= rest.minor
  if (isThere) await takeBackPart(work, { ...refund, amount, description })
  const restored = await restorePart(work, { ...refund, description: 'REFUND_FAILED' })
  if (restored === undefined) return
  const failed = { restored: [null, restored] } as const
  work.audit({ action: 'payment.refundFailed', entityKind: 'payment', entityId: paymentId, diff: failed })
}

const diff = (amount: Money) => ({ refunded: [null, formatAmount(amount)] }) as const

function refuseMore(most: Money) {
  const value = { amount: amountNumber(most), currency: most.currency }
  return badRequest('errormessage.account.amountTooLarge', { args: [{ type: 'MONEY', value }] })
}

const refuseUncollected = (paymentId: number) =>
  badRequest('errormessage.payment.notCollected', { args: [{ type: 'INTEGER', value: paymentId }] })

const refuseFailed = (paymentId: number) =>
  badRequest('errormessage.payment.refundFailed', { args: [{ type: 'INTEGER', value: paymentId }] })
