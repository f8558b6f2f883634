import { chargeCustomer, findConsumptionCredit, lockFunds, spendCredit } from '../accounts/index.ts'
import type { DeviceCaller } from '../platform/units/caller.ts'
import { ApiError } from '../platform/errors/errors.ts'
import { amountNumber, type Money } from '../platform/values/money.ts'
import { toMinor } from './amounts.ts'
import type { DeviceView, DeviceWork } from './calls.ts'
import type { PaymentConfig } from './config-rules.ts'
import { type PaymentPlan, planLatePayment, planPayment } from './payment-rules.ts'

/** The prepaid credit that can be spent here: none where it is in another currency than that of the studio. */
export async function findSpendableCredit({ db, caller }: DeviceView, customerId: number): Promise<Money> {
  const balance = await findConsumptionCredit(db, customerId)
  return balance?.currency === caller.studio.currency ? balance : studioMoney(0n, caller)
}

/** What a device answers besides. */
export function presentCredit(credit: Money) {
  return { consumptionCredit: amountNumber(credit) }
}

export interface Bill {
  readonly customerId: number
  /** Minor units of the studio's currency. */
  readonly price: bigint
  readonly journalKey: string
  /** What is bought, as customers read it. */
  readonly title: string
}

/** A plan with the account locked, so that it holds until the unit ends. */
export interface Payment {
  readonly bill: Bill
  readonly plan: PaymentPlan
}

/** How a bill can be paid now; what the customer lacks is a text. */
export async function preparePayment(
  work: DeviceWork,
  bill: Bill,
  config: PaymentConfig | 'LATE',
): Promise<Payment | { readonly lack: ApiError }> {
  const { currency } = work.caller.studio
  const { credit, overdraft } = await lockFunds(work, bill.customerId)
  if (credit.currency !== currency) return { lack: currencyMismatch(credit.currency, currency) }
  if (config === 'LATE') return { bill, plan: planLatePayment(bill.price, credit.minor) }
  const { paymentMode, accountLimit } = config
  const plan = planPayment({
    mode: paymentMode,
    price: bill.price,
    credit: credit.minor,
    overdraft: overdraft.minor,
    accountLimit: accountLimit === undefined ? undefined : toMinor(accountLimit, currency),
  })
  return 'missing' in plan ? { lack: insufficientCredit({ minor: plan.missing, currency }) } : { bill, plan }
}

/** Moves the money. Answers the ledger entry: of the credit, else of the account. */
export async function pay(work: DeviceWork, { bill, plan }: Payment): Promise<number | null> {
  const { currency, id: studioId } = work.caller.studio
  const { customerId, journalKey, title: description } = bill
  const movement = (minor: bigint) => ({ customerId, studioId, journalKey, description, amount: { minor, currency } })
  const sale = { kind: 'SALE', chargeType: 'SALE' } as const
  const spent = plan.spend > 0n ? await spendCredit(work, movement(plan.spend)) : null
  const charged = plan.charge > 0n ? await chargeCustomer(work, { ...sale, ...movement(plan.charge) }) : null
  return spent ?? charged
}

export function currencyMismatch(given: string, studio: string): ApiError {
  return new ApiError(400, 'errormessage.validation.currencyMismatch', {
    args: [
      { type: 'STRING', value: given },
      { type: 'STRING', value: studio },
    ],
  })
}

function insufficientCredit(missing: Money): ApiError {
  return new ApiError(403, 'errormessage.device.insufficientCredit', { args: [moneyArgument(missing)] })
}

export function moneyArgument(money: Money) {
  return { type: 'MONEY', value: { amount: amountNumber(money), currency: money.currency } } as const
}

export function studioMoney(minor: bigint, { studio: { currency } }: DeviceCaller): Money {
  return { minor, currency }
}
