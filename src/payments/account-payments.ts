import { lockOwnCustomer } from '../customers/index.ts'
import { refuseFields, violation } from '../platform/errors/errors.ts'
import type { PartnerWork } from '../platform/units/work.ts'
import { type Money, readMoney, requireCurrency } from '../platform/values/money.ts'
import { consumeInstrument, consumePayment } from './tokens/consumption.ts'
import { checkPaymentToken } from './tokens/payment-tokens.ts'

export interface AccountPayment {
  readonly customerId: number
  readonly token: string
  readonly amount: { readonly amount: number; readonly currency: string }
  readonly claimIds: readonly number[]
}

const reference = 'paymentRequestToken'

/** Pays into the account of a customer by token, and answers the payment. */
export async function payIntoAccount(
  work: PartnerWork,
  { customerId, token, ...wish }: AccountPayment,
): Promise<number> {
  await lockOwnCustomer(work, customerId)
  const { id: studioId, currency } = work.caller.studio
  const amount = readAmount(wish.amount, currency)
  const use = { token, reference, purpose: 'PAYMENT', customerId, expected: [amount], takesMemberScope: true } as const
  const checked = await checkPaymentToken(work, use, work.caller.visibleStudioIds)
  const claimIds = [...new Set(wish.claimIds)]
  return consumePayment(work, checked, { customerId, studioId, claimIds, description: checked.referenceText })
}

function readAmount({ amount, currency }: AccountPayment['amount'], studioCurrency: string): Money {
  requireCurrency(currency, studioCurrency, 'amount.currency')
  const money = readMoney(amount, studioCurrency, 'amount.amount')
  if (money.minor > 0n) return money
  throw refuseFields([violation('amount.amount', 'min', { type: 'DECIMAL', value: 0 })])
}

/** From now on the customer is charged by what the token brings. */
export async function changeInstrument(work: PartnerWork, customerId: number, token: string) {
  await lockOwnCustomer(work, customerId)
  const use = { token, reference, purpose: 'INSTRUMENT', customerId } as const
  const checked = await checkPaymentToken(work, use, work.caller.visibleStudioIds)
  await consumeInstrument(work, checked, customerId)
}
