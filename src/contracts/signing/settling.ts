import { giveCredit, postSigningClaims } from '../../accounts/index.ts'
import type { Quote } from '../../membership-offers/index.ts'
import { consumeInstrument, consumePayment } from '../../payments/index.ts'
import type { StudioWork } from '../../platform/units/work.ts'
import { readMoney } from '../../platform/values/money.ts'
import { orderDocument } from '../document/order-document.ts'
import { agreeAtDesk, type DeskPayment, payAtDesk } from './desk-payments.ts'
import type { CheckedTokens } from './payment-terms.ts'
import type { FrozenTerms } from './frozen-terms.ts'
import { keyOfVoucherCredit } from './signing-store.ts'

/** How a member pays from now on, and how what is due on signing is paid. */
export type SigningPayment = CheckedTokens | DeskPayment

/** What a signing says of the money that is due now. */
export interface Settlement {
  readonly customerId: number
  /** The customer was created in this unit. */
  readonly isNewCustomer: boolean
  /** The studio that sells. */
  readonly studioId: number
  readonly quote: Quote
  readonly terms: Pick<FrozenTerms, 'firstPhase'>
  readonly payment: SigningPayment
}

/**
 * Books what is due now and lets the payment settle it. The payment comes behind all that may be refused, see `consumePayment`.
 * Credit of a voucher comes behind it: it pays nothing of what is due on signing and is left for what falls due later.
 */
export async function settleSigning(work: StudioWork, contractId: number, settlement: Settlement) {
  const { customerId } = settlement
  await agreeOnPayment(work, settlement)
  await orderDocument(work, contractId, customerId)
  const claimIds = await postSigningClaims(work, { contractId, customerId })
  await payDues(work, settlement, claimIds)
  await giveVoucherCredit(work, contractId, settlement)
}

async function agreeOnPayment(work: StudioWork, { customerId, isNewCustomer, payment }: Settlement) {
  if (payment.kind === 'DESK') return agreeAtDesk(work, customerId, payment)
  if (payment.instrument) await consumeInstrument(work, payment.instrument, customerId, { isNew: isNewCustomer })
}

async function payDues(
  work: StudioWork,
  { customerId, studioId, payment, terms: { firstPhase } }: Settlement,
  claimIds: readonly number[],
) {
  const booking = { customerId, studioId, claimIds, description: firstPhase.lineText ?? firstPhase.rateName }
  if (payment.kind === 'DESK') return payAtDesk(work, booking, payment)
  if (payment.payment) await consumePayment(work, payment.payment, booking)
}

/** A CREDIT voucher changes no price: its value is credit of the account. */
async function giveVoucherCredit(work: StudioWork, contractId: number, { customerId, quote }: Settlement) {
  const value = quote.voucher?.voucher.creditValue ?? null
  if (value === null) return
  const { id: studioId, currency } = work.caller.studio
  await giveCredit(work, {
    customerId,
    studioId,
    amount: readMoney(value, currency, 'creditValue'),
    description: quote.voucher?.code.code ?? '',
    journalKey: keyOfVoucherCredit(contractId),
  })
}
