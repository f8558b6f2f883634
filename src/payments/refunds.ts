import { countTakenBack, findPaymentRest, takeBackPart } from '../accounts/index.ts'
import { badRequest, notFound } from '../platform/errors/errors.ts'
import { StartOver, type UnitOfWork } from '../platform/units/work.ts'
import { amountNumber, formatAmount, type Money, readMoney } from '../platform/values/money.ts'
import { findPayment } from './payment-store.ts'
import { provider } from './providers.ts'
import { refuseSilence } from './tokens/authorisation.ts'

export interface PaymentRefund {
  readonly paymentId: number
  /** Decimal text in the currency of the books; left out: all that is left of the payment. */
  readonly amount?: string | undefined
  readonly description: string
}

type Made = Awaited<ReturnType<typeof provider.refund>>

/**
 * Gives money of a collected payment back to its card or wallet, and answers how a unit does it: the books are asked
 * first, then the provider, then the books write it down. Whatever happens between the two, the provider names its
 * refund again, and it is booked once. Refuses (400) a payment that no provider has collected, and more than is left;
 * (503) when the provider does not answer: a repeat gives nothing back twice.
 */
export function prepareRefund({ paymentId, amount: wanted, description }: PaymentRefund) {
  let made: Made | undefined
  return async (work: UnitOfWork): Promise<number> => {
    const payment = await findPayment(work.tx, paymentId)
    if (!payment) throw notFound('payment', paymentId)
    if (payment.state !== 'SETTLED') throw refuseUncollected(paymentId)
    const rest = await findPaymentRest(work, paymentId)
    const amount = wanted === undefined ? rest : readMoney(wanted, rest.currency, 'amount')
    if (made && 'most' in made) throw refuseMore(made.most)
    const ref = made?.ref ?? 'not made yet'
    const entryId = await takeBackPart(work, { ...bookedRefund(ref), paymentId, amount, description })
    work.audit({ action: 'payment.refunded', entityKind: 'payment', entityId: paymentId, diff: diff(amount) })
    if (made) return entryId
    const { providerKey: key } = payment
    // The same until something of the payment was taken back: a repeat after silence names the same refund, and one after a
    // refund that has failed names another.
    const refundKey = `${key}:refund:${await countTakenBack(work.tx, paymentId)}:${formatAmount(amount)}`
    throw new StartOver(async (run) => {
      made = await provider.refund(run, { key, amount, refundKey }).catch(refuseSilence)
    })
  }
}

/** A refund is booked once, by the name that the provider gives it. */
export const bookedRefund = (ref: string) => ({ kind: 'REFUND', journalKey: `refund:${ref}` }) as const

const diff = (amount: Money) => ({ refunded: [null, formatAmount(amount)] }) as const

function refuseMore(most: Money) {
  const value = { amount: amountNumber(most), currency: most.currency }
  return badRequest('errormessage.account.amountTooLarge', { args: [{ type: 'MONEY', value }] })
}

const refuseUncollected = (paymentId: number) =>
  badRequest('errormessage.payment.notCollected', { args: [{ type: 'INTEGER', value: paymentId }] })
