import {
  type ContractPlan,
  findBillingStart,
  findPhaseOn,
  findRatePrice,
  listPeriods,
  type Phase,
  toMoney,
  toRatio,
} from '../../membership-offers/pricing-rules.ts'
import { countDays, earlierDate, isBefore, laterDate } from '../../platform/time/order.ts'
import { add, type Money, multiply } from '../../platform/values/money.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import type { IdlePeriodRow } from '../signed/contract-store.ts'
import type { IdlePolicySnapshot } from '../signed/snapshot.ts'
import { type IdleUnit, listFreeUnits, listUnits } from './unit-rules.ts'

/** A pause as far as its fee depends on it. */
export type FeePause = Pick<IdlePeriodRow, 'id' | 'startDate' | 'endDate' | 'unlimited' | 'policySnapshot'>

/** What falls due of the fee of a pause on the first of its days. */
export interface FeeLine {
  readonly from: Temporal.PlainDate
  /** First day after those that it is for. */
  readonly until: Temporal.PlainDate
  readonly amount: Money
}

export interface IdleFee {
  readonly lines: readonly FeeLine[]
  /** Of a pause without end: of the units that have begun, and at least the first. */
  readonly total: Money
  readonly chargedUnits: number
  /** Days of the units that cost nothing. */
  readonly freeDays: number
}

/** A contract on a day, and where it stands. */
export interface FeeMoment {
  readonly contract: Pick<SignedContract, 'plan' | 'idlePeriods'>
  readonly phases: readonly Phase[]
  readonly today: Temporal.PlainDate
}

/**
 * What a pause costs by the rules with which its contract was signed. The first units of a window are free; the other
 * accepted pauses of the contract use them up as well. A unit that has begun costs all of it.
 */
export function findIdleFee(pause: FeePause, moment: FeeMoment): IdleFee {
  const { currency } = moment.contract.plan
  const nothing: Money = { minor: 0n, currency }
  const policy = pause.policySnapshot
  if (!isWhole(policy)) return { lines: [], total: nothing, chargedUnits: 0, freeDays: 0 }
  const units = listOwnUnits(pause, policy, moment)
  const free = listFreeUnits([...units, ...listOtherUnits(pause, policy, moment)], policy.freeTerms)
  const charged = units.filter((unit) => !free.has(unit))
  const lines = listFeeLines(units, charged, policy, moment)
  return {
    lines,
    total: lines.reduce((sum, { amount }) => add(sum, amount), nothing),
    chargedUnits: charged.length,
    freeDays: units.filter((unit) => free.has(unit)).reduce((sum, { from, until }) => sum + countDays(from, until), 0),
  }
}

/** Rows that were taken over know only a part of their rules; they cost nothing. */
function isWhole(policy: Partial<IdlePolicySnapshot>): policy is IdlePolicySnapshot {
  return policy.feeType !== undefined && policy.temporalUnit !== undefined && policy.limitWindow !== undefined
}

function listOwnUnits(pause: FeePause, policy: IdlePolicySnapshot, { contract, today }: FeeMoment): IdleUnit[] {
  return listUnits(pause, policy, { start: contract.plan.start, today })
}

function listOtherUnits(pause: FeePause, policy: IdlePolicySnapshot, moment: FeeMoment): IdleUnit[] {
  const others = moment.contract.idlePeriods.filter(({ id, state }) => state === 'ACCEPTED' && id !== pause.id)
  return others.flatMap((other) => listOwnUnits(other, policy, moment))
}

function listFeeLines(
  units: readonly IdleUnit[],
  charged: readonly IdleUnit[],
  policy: IdlePolicySnapshot,
  moment: FeeMoment,
): FeeLine[] {
  const [first] = units
  const last = units.at(-1)
  if (!first || !last || charged.length === 0 || policy.feeType === 'NONE') return []
  const whole = { from: first.from, until: last.until }
  const { currency } = moment.contract.plan
  if (policy.feeType === 'ABSOLUTE') return [{ ...whole, amount: toMoney(policy.amount ?? '0', currency) }]
  const lines = charged.map(({ from, until }) => ({ from, until, amount: priceUnit({ from, until }, policy, moment) }))
  if (policy.recurringCharges) return lines
  return [{ ...whole, amount: lines.reduce((sum, { amount }) => add(sum, amount), { minor: 0n, currency }) }]
}

type Days = Pick<IdleUnit, 'from' | 'until'>

function priceUnit(unit: Days, policy: IdlePolicySnapshot, { contract, phases }: FeeMoment): Money {
  const { plan } = contract
  if (policy.feeType === 'TERM_BASED') return toMoney(policy.amountPerUnit ?? '0', plan.currency)
  return multiply(sumSuspended(unit, plan, phases), toRatio(policy.percentage ?? '0'))
}

/** The membership fee of the days of a unit, as they lie in billing periods. */
function sumSuspended(unit: Days, plan: ContractPlan, phases: readonly Phase[]): Money {
  const nothing: Money = { minor: 0n, currency: plan.currency }
  const phase = findPhaseOn(phases, unit.from)
  const frequency = phase?.plan.rate.frequency
  if (!phase || frequency?.type !== 'RECURRING') return nothing
  let sum = nothing
  for (const period of listPeriods(findBillingStart(phase.runTime), frequency.step, frequency.calculation)) {
    if (!isBefore(period.from, unit.until)) return sum
    const from = laterDate(period.from, unit.from)
    const until = earlierDate(period.until, unit.until)
    if (!isBefore(from, until)) continue
    const share = {
      numerator: BigInt(countDays(from, until)),
      denominator: BigInt(period.pricedDays) * BigInt(period.divisor),
    }
    sum = add(sum, multiply(findRatePrice(plan, phase, period.from), share))
  }
  return sum
}
