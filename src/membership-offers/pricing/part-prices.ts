import type { Money } from '../../platform/values/money.ts'
import type { ContractPlan, FlatFee, PricedPart, VoucherTerms } from './plan.ts'
import {
  adjustForAge,
  applyDiscount,
  findAge,
  findBasePrice,
  findWindow,
  shareWithCompany,
  type UnitPrice,
} from './price-rules.ts'
import { defined } from '../../platform/values/defined.ts'

/** What the prices of all parts of one phase depend on. */
export interface PriceFacts {
  readonly plan: ContractPlan
  /** Start of the whole contract: price rules and the windows of a voucher count from here. */
  readonly contractStart: Temporal.PlainDate
  /** First day after the initial term of the phase. */
  readonly initialUntil: Temporal.PlainDate
}

type PriceOn = (day: Temporal.PlainDate, price: Money) => UnitPrice

/** Prices of the rate: agreed steps, then age, then the voucher. */
export function priceRate(facts: PriceFacts): PriceOn {
  const { rate, voucher, start } = facts.plan
  const { priceRules: rules, priceAfterExtension } = rate
  const afterExtension = priceAfterExtension && { on: facts.initialUntil, price: priceAfterExtension }
  return (day, price) => {
    const base = findBasePrice({ price, start, rules, ...defined({ afterExtension }) }, day)
    return finishPrice(facts, { part: rate, base, day, isDiscounted: voucher?.appliesToRate ?? false })
  }
}

export function priceModule(facts: PriceFacts, part: PricedPart): PriceOn {
  const isDiscounted = facts.plan.voucher?.appliesToModules ?? false
  return (day, base) => finishPrice(facts, { part, base, day, isDiscounted })
}

/** A flat fee gets the voucher's windows if the voucher names it; some vouchers give the starter package away. */
export function priceFlatFee(facts: PriceFacts, fee: FlatFee): PriceOn {
  const { voucher } = facts.plan
  const isDiscounted = voucher?.flatFeeIdentifiers.includes(fee.identifier) ?? false
  if (fee.isStarterPackage && voucher?.omitsStarterPackage) return (_day, price) => nothingIn(price)
  return (day, base) => finishPrice(facts, { part: fee, base, day, isDiscounted })
}

/** The price of the rate for use before the start. The voucher applies only if it says so. */
export function pricePreUse(facts: PriceFacts): PriceOn {
  const { voucher } = facts.plan
  const plain = voucher && { ...voucher, appliesToRate: voucher.appliesToPreUse }
  return priceRate(plain ? { ...facts, plan: { ...facts.plan, voucher: plain } } : facts)
}

/** Without what the voucher changes: for comparisons and the volume of the contract. */
export function withoutVoucher(plan: ContractPlan): ContractPlan {
  const { voucher: _left, ...rest } = plan
  return rest
}

interface Priced {
  readonly part: PricedPart
  readonly base: Money
  readonly day: Temporal.PlainDate
  readonly isDiscounted: boolean
}

function finishPrice(
  { plan, contractStart, initialUntil }: PriceFacts,
  { part, base, day, isDiscounted }: Priced,
): UnitPrice {
  const { birthDate, ageEvaluation, voucher } = plan
  const countedOn = ageEvaluation === 'CONTRACT_START' ? contractStart : day
  const undiscounted = adjustForAge(base, part.ageAdjustments, birthDate && findAge(birthDate, countedOn))
  const windows: VoucherTerms['windows'] = isDiscounted ? (voucher?.windows ?? []) : []
  const price = applyDiscount(undiscounted, findWindow(windows, { start: contractStart, initialUntil }, day))
  return { undiscounted, price, companyShare: shareWithCompany(price, voucher?.companyShare) }
}

function nothingIn(price: Money): UnitPrice {
  const none = { ...price, minor: 0n }
  return { undiscounted: none, price: none, companyShare: none }
}
