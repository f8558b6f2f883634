import { countDays, isAfter } from '../../platform/time/order.ts'
import { add, divideHalfUp, type Money } from '../../platform/values/money.ts'
import type { CalendarUnit } from '../../platform/time/zoned-time.ts'
import { wantedLines } from './contract-lines.ts'
import type { ContractLine } from './contract-line.ts'
import { withoutVoucher } from './part-prices.ts'
import type { ContractPlan, ModulePlan } from './plan.ts'
import { countRenewals, findTermEnd } from './run-time-rules.ts'
import { type Term } from './terms.ts'

/** What a contract costs from its start, or from the first day of paid use, to the end of its initial term. */
export interface ContractVolume {
  readonly total: Money
  readonly days: number
  /** For 30 days on average. */
  readonly perMonth: Money
  /** For one step of the payment frequency on average; undefined where payments do not recur. */
  readonly perFrequencyTerm: Money | undefined
}

const daysByUnit: Readonly<Record<CalendarUnit, number>> = { DAY: 1, WEEK: 7, MONTH: 30, YEAR: 365 }

/** The lines whose billing period begins in the initial term: what a preview shows. */
export function planInitialSchedule(plan: ContractPlan): ContractLine[] {
  const { end } = findInitialEnd(plan)
  const lines = wantedLines(
    { ...plan, modules: plan.modules.map(runAlong) },
    { today: plan.signedOn, pauses: [], ...(isExtended(plan) ? {} : { canceledTo: end }) },
  )
  return lines.filter(({ periodFrom }) => !isAfter(periodFrom, end))
}

/** The sum of the prices that make `dueOnSigningAmount`; never below 0. What a company pays is not in it. */
export function sumDueOnSigning(lines: readonly ContractLine[], currency: string): Money {
  const sum = lines
    .filter(({ isMandatoryOnSigning }) => isMandatoryOnSigning)
    .reduce((total, line) => add(total, payableByMember(line)), { minor: 0n, currency })
  return sum.minor < 0n ? { minor: 0n, currency } : sum
}

/** The member's part of a line. */
export function payableByMember({ amount, companyShare }: ContractLine): Money {
  return { minor: amount.minor - companyShare.minor, currency: amount.currency }
}

/** Without voucher, and only with the days of the initial term. */
export function planVolume(plan: ContractPlan): ContractVolume {
  const plain = withoutVoucher(plan)
  const { end, until } = findInitialEnd(plain)
  const modules = plain.modules.map(runAlong)
  const lines = wantedLines({ ...plain, modules }, { today: plain.signedOn, pauses: [], canceledTo: end })
  const { currency } = plan
  const total = lines
    .filter(({ periodFrom }) => !isAfter(periodFrom, end))
    .reduce((sum, { amount }) => add(sum, amount), { minor: 0n, currency })
  const isUsePaid = lines.some(({ component, amount }) => component === 'PRE_USE' && amount.minor > 0n)
  const days = countDays(isUsePaid ? plain.useFrom : plain.start, until)
  const per = (length: number) => ({ minor: divideHalfUp(total.minor * BigInt(length), BigInt(days)), currency })
  return { total, days, perMonth: per(30), perFrequencyTerm: perFrequencyTerm(plan, { total, per }) }
}

function perFrequencyTerm(
  { rate }: ContractPlan,
  { total, per }: { readonly total: Money; readonly per: (days: number) => Money },
): Money | undefined {
  if (rate.frequency.type === 'NON_RECURRING') return total
  return rate.frequency.type === 'RECURRING' ? per(lengthInDays(rate.frequency.step)) : undefined
}

function lengthInDays({ value, unit }: Term): number {
  return value * daysByUnit[unit]
}

function findInitialEnd(plan: ContractPlan) {
  return findTermEnd({ terms: plan, start: plan.start, pauses: [] }, 0)
}

/** Whether the contract goes on under the same rate after its initial term, so that a crossing period stays whole. */
function isExtended(plan: ContractPlan): boolean {
  return countRenewals(plan) > 0
}

/** A module that renews itself lasts as long as its contract. */
function runAlong(module: ModulePlan): ModulePlan {
  if (!module.runTime || countRenewals(module.runTime) === 0) return module
  const { runTime: _terms, ...rest } = module
  return rest
}
