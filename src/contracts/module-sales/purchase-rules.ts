import { isAfter } from '../../platform/time/order.ts'

/** A contract to which a module is bought, on the day that it is asked for. */
export interface BuyingContract {
  readonly today: Temporal.PlainDate
  /** First day of a module that begins at once: today, or the first day of a contract that is to come. */
  readonly start: Temporal.PlainDate
  /** First day, from then on, of a billing period; the same day where the contract has none. */
  readonly periodStart: Temporal.PlainDate
  /** Last day; undefined while it goes on. */
  readonly lastDay?: Temporal.PlainDate
  readonly isCanceled: boolean
  readonly rateId: number | undefined
  /** Modules that it has now or will have. */
  readonly moduleIds: ReadonlySet<number>
}

/** A module as far as it decides who may buy it. */
export interface SoldModule {
  readonly id: number
  readonly isSoldOnline: boolean
  /** Without a term of its own it comes with offers only. */
  readonly hasTerm: boolean
  readonly startRule: 'IMMEDIATE' | 'NEXT_MAIN_PERIOD'
  readonly hasTrial: boolean
  /** First day after the initial term of a module that starts on a day, with or without its trial. */
  readonly findEnd: (start: Temporal.PlainDate, withTrial: boolean) => Temporal.PlainDate
  readonly multipleAllowed: boolean
  /** Only contracts with one of these rates; empty: all. */
  readonly rateIds: readonly number[]
}

/** Whether a trial is wished, and whether the customer had one of this module before. */
export interface TrialWish {
  readonly isWished: boolean
  readonly wasUsed: boolean
}

const noTrial: TrialWish = { isWished: false, wasUsed: false }

export const purchaseRefusals = [
  'ADDITIONAL_MODULE_NOT_FOUND',
  'ADDITIONAL_MODULE_CONTRACT_INVALID_STATUS',
  'ADDITIONAL_MODULE_NOT_ONLINE_PURCHASABLE',
  'ADDITIONAL_MODULE_CONTRACT_ALREADY_PURCHASED',
  'ADDITIONAL_MODULE_TRIAL_PERIOD_NOT_BOOKABLE',
] as const
export type PurchaseRefusal = (typeof purchaseRefusals)[number]
export type PurchaseStatus = PurchaseRefusal | 'ADDITIONAL_MODULE_PURCHASABLE'

/**
 * Whether a module may be bought to a contract; the first rule that fails is the answer. A module is undefined where the
 * studio has none with this id and this price.
 */
export function judgePurchase(
  module: SoldModule | undefined,
  contract: BuyingContract,
  trial: TrialWish = noTrial,
): PurchaseStatus {
  if (!module) return 'ADDITIONAL_MODULE_NOT_FOUND'
  if (isOver(module, contract) || endsTooEarly(module, contract, trial)) {
    return 'ADDITIONAL_MODULE_CONTRACT_INVALID_STATUS'
  }
  if (!module.isSoldOnline || !module.hasTerm || !fitsRate(module, contract)) {
    return 'ADDITIONAL_MODULE_NOT_ONLINE_PURCHASABLE'
  }
  if (!module.multipleAllowed && contract.moduleIds.has(module.id)) {
    return 'ADDITIONAL_MODULE_CONTRACT_ALREADY_PURCHASED'
  }
  if (trial.isWished && (!module.hasTrial || trial.wasUsed)) return 'ADDITIONAL_MODULE_TRIAL_PERIOD_NOT_BOOKABLE'
  return 'ADDITIONAL_MODULE_PURCHASABLE'
}

/** First day of a module that is bought today, its trial included. */
export function findModuleStart(
  { startRule }: Pick<SoldModule, 'startRule'>,
  { start, periodStart }: Pick<BuyingContract, 'start' | 'periodStart'>,
): Temporal.PlainDate {
  return startRule === 'NEXT_MAIN_PERIOD' ? periodStart : start
}

/** A contract that has ended, or that ends before the module would begin. */
function isOver(module: SoldModule, contract: BuyingContract): boolean {
  const { lastDay, today } = contract
  return lastDay !== undefined && (isAfter(today, lastDay) || isAfter(findModuleStart(module, contract), lastDay))
}

/** A canceled contract must last as long as the trial and the initial term of the module. */
function endsTooEarly(module: SoldModule, contract: BuyingContract, { isWished }: TrialWish): boolean {
  const { isCanceled, lastDay } = contract
  if (!isCanceled || lastDay === undefined) return false
  return isAfter(module.findEnd(findModuleStart(module, contract), isWished), lastDay.add({ days: 1 }))
}

function fitsRate({ rateIds }: SoldModule, { rateId }: BuyingContract): boolean {
  return rateIds.length === 0 || (rateId !== undefined && rateIds.includes(rateId))
}
