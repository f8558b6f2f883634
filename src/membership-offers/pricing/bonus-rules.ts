import type { BillingStart } from './billing-periods.ts'
import type { DaySpan } from './day-spans.ts'
import { intersectSpans } from './day-spans.ts'
import type { BonusPeriod } from './plan.ts'
import { findTermEnd, type RunTime } from './run-time-rules.ts'
import { joinShifts, noShift, shiftDate, subtractTerm, toShift } from './terms.ts'

/** Where billing begins: the start, moved by the bonus periods that stand before it. */
export function findBillingStart({ terms, start }: RunTime): BillingStart {
  return { start, passed: joinShifts(...startBonuses(terms.bonusPeriods)) }
}

/** The free days of a contract, one span for each bonus period, cut to the days before `until`. */
export function placeBonusPeriods(runTime: RunTime, until: Temporal.PlainDate): DaySpan[] {
  const whole = { from: runTime.start, until }
  return listSpans(runTime)
    .map((span) => intersectSpans(span, whole))
    .filter((span) => span !== undefined)
}

function listSpans(runTime: RunTime): DaySpan[] {
  const { terms, start } = runTime
  const initial = findTermEnd(runTime, 0).until
  let passed = noShift
  return terms.bonusPeriods.flatMap((bonus): DaySpan[] => {
    switch (bonus.strategy) {
      case 'CONTRACT_START': {
        const from = shiftDate(start, passed)
        passed = joinShifts(passed, toShift(bonus.term))
        return [{ from, until: shiftDate(start, passed) }]
      }
      case 'FIXED':
        return bonus.fixedDate
          ? [{ from: bonus.fixedDate, until: shiftDate(bonus.fixedDate, toShift(bonus.term)) }]
          : []
      case 'END_OF_CURRENT_TERM':
        return [{ from: findBonusStart(bonus, runTime, initial), until: initial }]
      case 'START_OF_NEXT_TERM':
        return [{ from: initial, until: shiftDate(initial, toShift(bonus.term)) }]
    }
  })
}

/** A bonus that extends the term begins where the term would end without it; any other takes the term's last days. */
function findBonusStart(bonus: BonusPeriod, runTime: RunTime, initial: Temporal.PlainDate): Temporal.PlainDate {
  if (bonus.runtimeExtension === 'WITHOUT_EXTENSION') return subtractTerm(initial, bonus.term)
  const others = runTime.terms.bonusPeriods.filter((each) => each !== bonus)
  return findTermEnd({ ...runTime, terms: { ...runTime.terms, bonusPeriods: others } }, 0).until
}

function startBonuses(bonuses: readonly BonusPeriod[]) {
  return bonuses.filter(({ strategy }) => strategy === 'CONTRACT_START').map(({ term }) => toShift(term))
}
