import type { Module } from '../module.ts'
import * as api from './api.ts'
import * as events from './events.ts'
import { accountJobs } from './jobs.ts'
import { accountsOfPerson } from './person-part.ts'
import { accountRoutes } from './routes.ts'
import { accountStaff } from './staff-routes.ts'

export { choosePayment, type PayingAccount } from './choices.ts'
export { type Account, lockAccount } from './account-lock.ts'
export { bookAgencyPayment } from './agency/agency-payments.ts'
export type { ClaimPart } from './agency/agency-entries.ts'
export { assignClaims, releaseAssigned, settleAssigned, writeOffAssigned } from './agency/assignments.ts'
export { changeCollection, type CollectionStanding, markClaims } from './agency/collection-marks.ts'
export { correctAgencyPayment } from './agency/corrections.ts'
export { recoverAssigned, recoverWriteOff } from './agency/recoveries.ts'
export { hasOpenClaim } from './agency/agency-store.ts'
export {
  bookCollection,
  type CollectedPart,
  recordRejection,
  rejectCollection,
  releaseCollections,
} from './collections/collections.ts'
export { type InFlightClaim, markInFlight } from './collections/in-flight-store.ts'
export { lockAccountRows } from './billing/posting-store.ts'
export { settleAccount } from './allocation/allocation.ts'
export { least, readMinor, storeMinor, sum } from './amounts.ts'
export { type Charge, chargeCustomer } from './charge.ts'
export { type Claim, listClaims, listCustomerClaims } from './claim-store.ts'
export { recordReminder } from './dunning/dunning.ts'
export {
  findStudioBooks,
  listChart,
  listLegalEntities,
  listTaxCodeNames,
  listTaxRates,
} from './legal-entities/legal-entity-store.ts'
export {
  type CreditMovement,
  type Funds,
  lockFunds,
  reverseCreditEntry,
  spendCredit,
  topUpCredit,
} from './credits/consumption-credit.ts'
export { bookBankCost } from './bank-cost.ts'
export { countTakenBack, findPaymentStanding, listCustomerCredits, listOpenAgain } from './credits/credit-item-store.ts'
export { type BookedEntry, type BookedLine, findLastClosedDay, listJournal } from './journal/booked-entries.ts'
export { closeDays } from './journal/day-close.ts'
export { isReversed } from './journal/journal-store.ts'
export { type AccountHooks, type BilledCustomers, fillAccountHooks } from './hooks.ts'
export { type InstallmentPlan, planInstallments } from './installments.ts'
export { checkLedger, checkRules, type LedgerFault } from './journal/ledger-check.ts'
export { rows as ledgerRule } from './journal/ledger-check-store.ts'
export { payDues, type PlantedPayer, plantHistory } from './planting.ts'
export type { PaymentMethod } from './payment-rules.ts'
export { type PaymentChoice, paymentChoices } from './payment-choices.ts'
export { bookPayment, type Payment, type PaymentReversal, reallocatePayment, reversePayment } from './pay.ts'
export { creditClaim, type Reduction, reverseCharge, writeOffClaim } from './reductions.ts'
export type { PlannedClaim } from './planned-claims/planned-claim-rules.ts'
export { type PlannedOutcome, previewPlannedClaims } from './planned-claims/preview-rules.ts'
export { listPlannedCredits, type PlannedCredit } from './planned-claims/credit-rules.ts'
export { listContractClaims } from './planned-claims/planned-claim-store.ts'
export {
  moveModuleClaims,
  postCreditNotes,
  postResidualClaims,
  postSigningClaims,
  syncPlannedClaims,
} from './planned-claims/planned-claims.ts'
export { type RejectionReason, rejectionReasons } from './rejection-reasons.ts'
export { type Refund, refundCredit } from './refund.ts'
export { type LockedTopUp, lockTopUp, returnTopUp } from './credits/returned-top-up.ts'
export { findPaymentRest, restorePart, type TakenBack, takeBackPart } from './take-back.ts'
export { customerIdOfDebtor, findConsumptionCredit, listAccounts } from './store.ts'
export { giveCredit, takeBackCredit } from './credits/voucher-credit.ts'
export { type AccountState, findAccountState } from './customer-account.ts'
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
