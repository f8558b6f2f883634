import { isAfter, isBefore, laterDate } from '../../platform/time/order.ts'
import type { BonusPeriod, Pause, RunTimeTerms } from './plan.ts'
import { joinShifts, noShift, type Shift, shiftDate, subtractTerm, toShift } from './terms.ts'

/** Terms that began on a day, with the pauses that move their ends. */
export interface RunTime {
  readonly terms: RunTimeTerms
  readonly start: Temporal.PlainDate
  readonly pauses: readonly Pause[]
}

/** One term of a contract: number 0 is the initial one. */
export interface TermEnd {
  readonly index: number
  /** First day after the term. */
  readonly until: Temporal.PlainDate
  /** Last day of the term. */
  readonly end: Temporal.PlainDate
  /** Last day on which a cancelation to `end` can be received. */
  readonly deadline: Temporal.PlainDate
}

/** How many renewals follow the initial term; infinite for a contract that goes on until it is canceled. */
export function countRenewals({ extension }: RunTimeTerms): number {
  if (extension.type !== 'TERM_EXTENSION') return 0
  return extension.next ? Number.POSITIVE_INFINITY : extension.first ? 1 : 0
}

/** The end of term number `index` and its deadline. */
export function findTermEnd(runTime: RunTime, index: number): TermEnd {
  const until = endAfter(runTime, index, () => true)
  const notice = noticeInTerm(runTime.terms, index)
  if (!notice) return { index, until, end: until.subtract({ days: 1 }), deadline: until.subtract({ days: 1 }) }
  const counted = endAfter(runTime, index, (bonus) => bonus.extendsCancelationPeriod)
  return {
    index,
    until,
    end: until.subtract({ days: 1 }),
    deadline: subtractTerm(counted, notice).subtract({ days: 1 }),
  }
}

/** The period of notice in term number `index`; undefined: until its last day. */
export function noticeInTerm(terms: RunTimeTerms, index: number) {
  return index === 0 ? terms.cancelationPeriod : (terms.extensionCancelationPeriod ?? terms.cancelationPeriod)
}

/** First day after term number `index`, moved by the bonus periods that `counts` and by the pauses that start before it. */
function endAfter(runTime: RunTime, index: number, counts: (bonus: BonusPeriod) => boolean): Temporal.PlainDate {
  const { terms, start, pauses } = runTime
  const base = unmovedEnd(terms, start, index)
  const end = (moves: readonly Shift[]) => shiftDate(base.anchor, joinShifts(base.shift, ...moves))
  const moves: Shift[] = []
  for (const bonus of byFirstDay(terms.bonusPeriods, runTime)) {
    if (bonus.runtimeExtension === 'WITHOUT_EXTENSION' || !counts(bonus)) continue
    if (isInTerms(bonus, index, end(moves))) moves.push(toShift(bonus.term))
  }
  for (const pause of pauses.toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))) {
    if (pause.shift && isBefore(pause.from, end(moves))) moves.push(pause.shift)
  }
  return end(moves)
}

function byFirstDay(bonuses: readonly BonusPeriod[], { start }: RunTime) {
  return bonuses.toSorted((a, b) => Temporal.PlainDate.compare(a.fixedDate ?? start, b.fixedDate ?? start))
}

/** Whether the bonus lies in one of the terms 0 to `index`, the last of which would end before `until` without it. */
function isInTerms({ strategy, fixedDate }: BonusPeriod, index: number, until: Temporal.PlainDate): boolean {
  if (strategy === 'START_OF_NEXT_TERM') return index >= 1
  return strategy !== 'FIXED' || (fixedDate !== undefined && isBefore(fixedDate, until))
}

/** Where the term would end without bonus periods and pauses. */
function unmovedEnd(terms: RunTimeTerms, start: Temporal.PlainDate, index: number) {
  const renewals = renewalShift(terms, index)
  const initial = toShift(terms.initialTerm)
  const kept = terms.endsNotBefore
  if (kept && isAfter(kept, shiftDate(start, initial))) return { anchor: kept, shift: renewals }
  return { anchor: start, shift: joinShifts(initial, renewals) }
}

function renewalShift({ extension }: RunTimeTerms, count: number): Shift {
  if (count === 0 || extension.type !== 'TERM_EXTENSION') return noShift
  const { next } = extension
  const first = extension.first ?? next
  if (!first) return noShift
  return next ? joinShifts(toShift(first), toShift(next, count - 1)) : toShift(first)
}

/** The day on which terms are looked at, and the wished or fixed last day beyond which none is added. */
export interface TermDays {
  readonly today: Temporal.PlainDate
  readonly stopsAt?: Temporal.PlainDate | undefined
}

/**
 * The term whose end is shown today: the first whose deadline has not passed. A contract therefore extends at the first
 * moment of the day after a deadline, and not at the end of the term.
 */
export function findCommittedTerm(runTime: RunTime, { today, stopsAt }: TermDays): TermEnd {
  const last = countRenewals(runTime.terms)
  for (let index = 0; ; index++) {
    const term = findTermEnd(runTime, index)
    if (index >= last || !isAfter(today, term.deadline)) return term
    if (stopsAt && !isBefore(term.end, stopsAt)) return term
  }
}

/** Whether nothing but a new agreement lets the contract go on after this term. */
export function isLastTerm(terms: RunTimeTerms, index: number): boolean {
  return terms.extension.type !== 'SUBSEQUENT_RATE_DETAIL' && index >= countRenewals(terms)
}

/** The earliest day to which a cancelation that is received on `receipt` can end a contract that is canceled by receipt date. */
export function earliestEndAfterReceipt(runTime: RunTime, receipt: Temporal.PlainDate): Temporal.PlainDate {
  const initial = findTermEnd(runTime, 0)
  const isInitial = !isAfter(receipt, initial.end)
  const notice = noticeInTerm(runTime.terms, isInitial ? 0 : 1)
  return laterDate(initial.end, notice ? shiftDate(receipt, toShift(notice)) : receipt)
}
