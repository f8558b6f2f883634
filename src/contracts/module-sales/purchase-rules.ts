import { isAfter, isBefore } from '../../platform/time/order.ts'

/** A contract to which a module is bought, on the day that it is asked for. */
export interface BuyingContract {
  readonly today: Temporal.PlainDate
  /** First day of the contract itself. */
  readonly start: Temporal.PlainDate
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
  /** First day after the initial term of a module that starts on a day. */
  readonly findEnd: (start: Temporal.PlainDate) => Temporal.PlainDate
  readonly multipleAllowed: boolean
  /** Only contracts with one of these rates; empty: all. */
  readonly rateIds: readonly number[]
}

export type PurchaseStatus =
  | 'ADDITIONAL_MODULE_CONTRACT_INVALID_STATUS'
  | 'ADDITIONAL_MODULE_NOT_ONLINE_PURCHASABLE'
  | 'ADDITIONAL_MODULE_CONTRACT_ALREADY_PURCHASED'
  | 'ADDITIONAL_MODULE_PURCHASABLE'

/** Whether a module that is sold online may be bought to a contract without its trial; the first rule that fails is the answer. */
export function judgePurchase(module: SoldModule, contract: BuyingContract): PurchaseStatus {
  if (isOver(contract) || endsTooEarly(module, contract)) return 'ADDITIONAL_MODULE_CONTRACT_INVALID_STATUS'
  if (!fitsRate(module, contract)) return 'ADDITIONAL_MODULE_NOT_ONLINE_PURCHASABLE'
  if (!module.multipleAllowed && contract.moduleIds.has(module.id))
    return 'ADDITIONAL_MODULE_CONTRACT_ALREADY_PURCHASED'
  return 'ADDITIONAL_MODULE_PURCHASABLE'
}

function isOver({ lastDay, today }: BuyingContract): boolean {
  return lastDay !== undefined && isAfter(today, lastDay)
}

/** A canceled contract must last as long as the initial term of the module. */
function endsTooEarly({ findEnd }: SoldModule, { isCanceled, lastDay, start, today }: BuyingContract): boolean {
  if (!isCanceled || lastDay === undefined) return false
  const moduleStart = isBefore(today, start) ? start : today
  return isAfter(findEnd(moduleStart), lastDay.add({ days: 1 }))
}

function fitsRate({ rateIds }: SoldModule, { rateId }: BuyingContract): boolean {
  return rateIds.length === 0 || (rateId !== undefined && rateIds.includes(rateId))
}
