import type { Module } from '../module.ts'
import * as events from './events.ts'
import { accountsOfPerson } from './person-part.ts'

export { type Charge, chargeCustomer, postClaims } from './charge.ts'
export {
  type CreditMovement,
  type Funds,
  lockFunds,
  payOutCredit,
  reverseCreditEntry,
  spendCredit,
  topUpCredit,
} from './consumption-credit.ts'
export { checkLedger, type LedgerFault } from './ledger-check.ts'
export { creditClaim, type Reduction, reverseCharge, writeOffClaim } from './reductions.ts'
export { bookPayment, type Payment, type PaymentReversal, reallocatePayment, reversePayment } from './pay.ts'
export { type Refund, refundCredit } from './refund.ts'
export { customerIdOfDebtor, findConsumptionCredit } from './store.ts'

export const accountsModule: Module = { name: 'accounts', events: [events], personPart: accountsOfPerson }
