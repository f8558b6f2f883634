import { countDays, isBefore } from '../../platform/time/order.ts'
import { add, type Money, type Ratio } from '../../platform/values/money.ts'
import { findBillingStart, placeBonusPeriods } from './bonus-rules.ts'
import type { Phase } from './commitment-rules.ts'
import type { ContractLine } from './contract-line.ts'
import type { DaySpan } from './day-spans.ts'
import { pricePreUse, priceRate } from './part-prices.ts'
import { factsFor, timePart } from './phase-time.ts'
import type { ContractPlan } from './plan.ts'
import { countPreUsePrices, takePortion } from './pre-use-rules.ts'
import { listPartLines, type PriceLine } from './price-lines.ts'
import type { UnitPrice } from './price-rules.ts'
import { findTermEnd } from './run-time-rules.ts'

/** What the rate costs in a phase, and a line of nothing for each bonus period. */
export function listRateLines(phase: Phase, plan: ContractPlan): ContractLine[] {
  const { runTime, until } = phase
  const bonusDays = placeBonusPeriods(runTime, until)
  const lines = listRatePrices(phase, priceRate(factsFor(phase, plan)))
  const rate = { component: 'RATE', componentId: 0, type: 'CONTRACT_FEE', isMandatoryOnSigning: false } as const
  return [...lines.map((line) => ({ ...line, ...rate })), ...bonusDays.map((days) => bonusLine(days, plan.currency))]
}

function listRatePrices(phase: Phase, priceOn: ReturnType<typeof priceRate>): PriceLine[] {
  const { rate } = phase.plan
  return listPartLines({
    ...timePart(phase),
    frequency: rate.frequency,
    billingStart: findBillingStart(phase.runTime),
    freeDays: [...phase.runTime.pauses, ...placeBonusPeriods(phase.runTime, phase.until)],
    hasPriceAfterExtension: rate.priceAfterExtension !== undefined,
    priceOn,
  })
}

function bonusLine(days: DaySpan, currency: string): ContractLine {
  const nothing = { minor: 0n, currency }
  return {
    component: 'BONUS',
    componentId: 0,
    type: 'BONUS_PERIOD',
    isMandatoryOnSigning: false,
    periodFrom: days.from,
    service: days,
    due: days.from,
    undiscounted: nothing,
    amount: nothing,
    companyShare: nothing,
  }
}

/** The one line for use before the start; nothing where such use is free, not wished, or the rate costs nothing. */
export function listPreUseLines(phase: Phase): ContractLine[] {
  const { plan } = phase
  if (plan.preUse !== 'CHARGEABLE' || plan.rate.frequency.type === 'FREE' || !isBefore(plan.useFrom, plan.start))
    return []
  const { undiscounted, price, companyShare } = pricePreUseDays(phase)
  return [
    {
      component: 'PRE_USE',
      componentId: 0,
      type: 'CONTRACT_FEE',
      isMandatoryOnSigning: false,
      periodFrom: plan.useFrom,
      service: { from: plan.useFrom, until: plan.start },
      due: plan.useFrom,
      undiscounted,
      amount: price,
      companyShare,
    },
  ]
}

/**
 * A recurring price is counted back by its periods; any other by days of the initial term. Pauses come later and change
 * neither.
 */
function pricePreUseDays(paused: Phase): UnitPrice {
  const phase = { ...paused, runTime: { ...paused.runTime, pauses: [] } }
  const { plan } = phase
  const priceOn = pricePreUse(factsFor(phase, plan))
  const { frequency } = plan.rate
  const portion = countPreUsePrices(plan)
  if (frequency.type === 'RECURRING' && portion) return takePortion(priceOn(plan.start, frequency.price), portion)
  const until = findTermEnd(phase.runTime, 0).until
  const lines = listRatePrices({ ...phase, until, isFinal: true }, priceOn)
  return takePortion(sumUp(lines, plan.currency), initialPortion(plan, until))
}

function initialPortion({ useFrom, start }: ContractPlan, until: Temporal.PlainDate): Ratio {
  return { numerator: BigInt(countDays(useFrom, start)), denominator: BigInt(countDays(start, until)) }
}

function sumUp(lines: readonly PriceLine[], currency: string): UnitPrice {
  const sum = (amounts: readonly Money[]) => amounts.reduce(add, { minor: 0n, currency })
  return {
    undiscounted: sum(lines.map((line) => line.undiscounted)),
    price: sum(lines.map((line) => line.amount)),
    companyShare: sum(lines.map((line) => line.companyShare)),
  }
}
