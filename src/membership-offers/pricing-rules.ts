/** What rules of other modules may use of prices and ends. */
export { findBillingStart, placeBonusPeriods } from './pricing/bonus-rules.ts'
export { listPeriods } from './pricing/billing-periods.ts'
export { toMoney, toRatio } from './catalogue/price-plan.ts'
export { type Commitment, type ContractState, findCommitment, type Phase } from './pricing/commitment-rules.ts'
export type { ContractLine } from './pricing/contract-line.ts'
export { wantedLines } from './pricing/contract-lines.ts'
export { listUsedLines } from './pricing/used-lines.ts'
export { carryModule, timeModule } from './pricing/module-lines.ts'
export { findPhaseOn, findRatePrice } from './pricing/rate-price.ts'
export { type Packed, packPlan, unpackPlan } from './pricing/packed-plan.ts'
export { findFirstPrice } from './pricing/first-price.ts'
export type { CarriedModule, ContractPlan, ModulePlan, Pause, PaymentFrequency, PricedPart } from './pricing/plan.ts'
export {
  countRenewals,
  earliestEndAfterReceipt,
  findTermEnd,
  noticeInTerm,
  type RunTime,
} from './pricing/run-time-rules.ts'
export { findCurrentPrice, findModulePrice, listPriceDays } from './pricing/price-days-rules.ts'
export { joinShifts, noShift, type Shift, shiftDate, type Term, toShift } from './pricing/terms.ts'
export { planInitialSchedule, sumDueOnSigning } from './pricing/initial-schedule.ts'
