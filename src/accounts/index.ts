import type { Module } from '../module.ts'
import * as api from './api.ts'
import * as events from './events.ts'
import { accountJobs } from './jobs.ts'
import { accountsOfPerson } from './person-part.ts'
import { accountRoutes } from './routes.ts'
import { accountStaff } from './staff-routes.ts'

export { type Charge, chargeCustomer } from './charge.ts'
export { listCustomerClaims } from './claim-store.ts'
export { noteReminder } from './dunning/dunning.ts'
export { findStudioBooks, listChart, listLegalEntities, listTaxRates } from './legal-entities/legal-entity-store.ts'
export {
  type CreditMovement,
  type Funds,
  lockFunds,
  reverseCreditEntry,
  spendCredit,
  topUpCredit,
} from './consumption-credit.ts'
export { listCustomerCredits } from './credit-item-store.ts'
export { type BookedEntry, type BookedLine, findLastClosedDay, listJournal } from './journal/booked-entries.ts'
export { closeDays } from './journal/day-close.ts'
export { type AccountHooks, type BilledCustomers, fillAccountHooks } from './hooks.ts'
export { type InstallmentPlan, planInstallments } from './installments.ts'
export { checkLedger, type LedgerFault } from './journal/ledger-check.ts'
export { paymentChoices } from './payment-choices.ts'
export { bookPayment, type Payment, type PaymentReversal, reallocatePayment, reversePayment } from './pay.ts'
export { creditClaim, type Reduction, reverseCharge, writeOffClaim } from './reductions.ts'
export { type Refund, refundCredit } from './refund.ts'
export { customerIdOfDebtor, findConsumptionCredit, listAccounts } from './store.ts'
export { moveAccountClaims } from './studio-switch.ts'

export const accountsModule: Module = {
  name: 'accounts',
  api: [api],
  events: [events],
  routes: accountRoutes,
  staff: accountStaff,
  jobs: accountJobs,
  personPart: accountsOfPerson,
}
