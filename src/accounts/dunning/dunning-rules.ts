import { countDays, isBefore } from '../../platform/time/order.ts'
import { sum } from '../amounts.ts'

/** What reaching a level takes; amounts in minor units. */
export interface LevelRule {
  readonly id: number
  readonly no: number
  readonly daysOverdue: number
  readonly minDaysSincePrevious: number
  readonly minOpen: bigint
  readonly active: boolean
}

/** A claim that a customer has not paid, and since when its days count. */
export interface OverdueClaim {
  readonly id: number
  readonly open: bigint
  readonly since: Temporal.PlainDate
}

export interface DunningFacts<L extends LevelRule> {
  readonly today: Temporal.PlainDate
  /** Of the home studio, ascending. */
  readonly levels: readonly L[]
  /** The number of the present level; 0 without one. */
  readonly reached: number
  readonly dunnedOn: Temporal.PlainDate | null
  readonly isInCollection: boolean
  readonly claims: readonly OverdueClaim[]
}

export type DunningStep<L> = { readonly kind: 'RAISE'; readonly level: L } | { readonly kind: 'CLEAR' | 'STAY' }

/** The days that count from the day after the due date on. */
export function pickOverdue(today: Temporal.PlainDate, claims: readonly OverdueClaim[]): readonly OverdueClaim[] {
  return claims.filter(({ since }) => isBefore(since, today))
}

/**
 * What happens to a customer today: one level up where all that the next one takes is given, none any more where nothing is
 * overdue and no agency collects, else nothing.
 */
export function judgeDunning<L extends LevelRule>(facts: DunningFacts<L>): DunningStep<L> {
  const { today, levels, reached, dunnedOn, isInCollection } = facts
  const overdue = pickOverdue(today, facts.claims)
  if (overdue.length === 0) return { kind: reached > 0 && !isInCollection ? 'CLEAR' : 'STAY' }
  const next = levels.find(({ no, active }) => active && no > reached)
  if (!next) return { kind: 'STAY' }
  const oldest = Math.max(...overdue.map(({ since }) => countDays(since, today)))
  const paused = dunnedOn === null || countDays(dunnedOn, today) >= Math.max(1, next.minDaysSincePrevious)
  const isReached = paused && oldest >= next.daysOverdue && sum(overdue.map(({ open }) => open)) >= next.minOpen
  return isReached ? { kind: 'RAISE', level: next } : { kind: 'STAY' }
}
