import {
  chargeCustomer,
  choosePayment,
  findPaymentOwner,
  type RejectionReason,
  reversePayment,
} from '../accounts/index.ts'
import { announceToHomeStudio } from '../customers/index.ts'
import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { readMoney } from '../platform/values/money.ts'
import { customerPaymentRejected } from './events.ts'
import { endInstrumentRow, findInstrument } from './instruments/instrument-store.ts'
import { markReversed } from './payment-store.ts'
import { endsInstrument } from './return-rules.ts'
import { noteReturnedItem } from './runs/returned-items.ts'

/** Money that was there and was taken back. */
export interface PaymentReturn {
  readonly paymentId: number
  readonly kind: 'RETURN' | 'CHARGEBACK'
  readonly reason: RejectionReason
  /** What the customer has to pay for it, decimal text in the currency of the books; left out: nothing. */
  readonly fee?: string | undefined
}

/**
 * Takes a payment back: what it settled is open again, with the reason. After some reasons its instrument is out of use. A
 * payment is taken back once (409). Answers the entry.
 */
export async function returnPayment(
  work: UnitOfWork,
  { paymentId, kind, reason, fee }: PaymentReturn,
): Promise<number> {
  const owner = await findPaymentOwner(work.tx, paymentId)
  if (!owner) throw notFound('payment', paymentId)
  const { customerId, studioId, currency } = owner
  const entryId = await reversePayment(work, { paymentId, kind, description: reason, rejection: reason })
  const collected = await markReversed(work.tx, paymentId, reason, work.now)
  if (collected?.runItemId) await noteReturnedItem(work, collected.runItemId, reason)
  if (collected?.instrumentId && endsInstrument(reason)) await endInstrument(work, collected.instrumentId)
  if (fee !== undefined) {
    const amount = readMoney(fee, currency, 'fee')
    if (amount.minor <= 0n) throw refuseFields([violation('fee', 'min', { type: 'DECIMAL', value: 0 })])
    const charge = { customerId, studioId, amount, kind: 'BANK_FEE', chargeType: 'FEE', description: reason } as const
    await chargeCustomer(work, { ...charge, journalKey: `return:${paymentId}` })
  }
  await announceToHomeStudio(work, customerPaymentRejected, customerId)
  return entryId
}

/** Puts an instrument out of use; a customer who was charged by it pays in cash from now on. */
export async function endInstrument(work: UnitOfWork, instrumentId: number) {
  const instrument = await findInstrument(work.tx, instrumentId)
  if (!instrument) throw notFound('paymentInstrument', instrumentId)
  await endInstrumentRow(work.tx, instrumentId, work.now)
  const { customerId, isRunDefault } = instrument
  if (customerId !== null && isRunDefault) await choosePayment(work, customerId, 'CASH')
  work.audit({ action: 'paymentInstrument.ended', entityKind: 'paymentInstrument', entityId: instrumentId })
}
