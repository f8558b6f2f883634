import { shiftDate, toShift } from '../../membership-offers/pricing-rules.ts'
import { isAfter, isBefore } from '../../platform/time/order.ts'
import type { IdlePolicySnapshot } from '../signed/snapshot.ts'
import { findPauseUntil, type StoredPause } from '../timeline/pause-rules.ts'

/** One begun unit of a pause; `until` is the first day after it. */
export interface IdleUnit {
  readonly from: Temporal.PlainDate
  readonly until: Temporal.PlainDate
  /** Units with the same window share its limits. */
  readonly window: string
}

type UnitPolicy = Pick<IdlePolicySnapshot, 'temporalUnit' | 'limitWindow'>

/** The units of a pause that begin before it ends; of one without end those that have begun, and at least the first. */
export function listUnits(
  pause: StoredPause,
  policy: UnitPolicy,
  { start, today }: { readonly start: Temporal.PlainDate; readonly today: Temporal.PlainDate },
): IdleUnit[] {
  const end = findPauseUntil(pause, today)
  const edge = (n: number) => shiftDate(pause.startDate, toShift({ value: n, unit: policy.temporalUnit }))
  const units: IdleUnit[] = []
  for (let n = 0; isBefore(edge(n), end); n++) {
    const from = edge(n)
    units.push({ from, until: edge(n + 1), window: findWindow(policy, start, from) })
  }
  return units
}

/** The window in which a unit that begins on a day counts; years of the contract count from its first day. */
export function findWindow(
  { limitWindow }: Pick<UnitPolicy, 'limitWindow'>,
  start: Temporal.PlainDate,
  day: Temporal.PlainDate,
): string {
  switch (limitWindow) {
    case 'CONTRACT':
      return 'contract'
    case 'CALENDAR_YEAR':
      return `calendar ${day.year}`
    case 'CONTRACT_YEAR': {
      let years = day.year - start.year
      if (isAfter(start.add({ years }), day)) years--
      return `year ${years}`
    }
  }
}

/** How many units each window has. */
export function countByWindow(units: readonly IdleUnit[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { window } of units) counts.set(window, (counts.get(window) ?? 0) + 1)
  return counts
}

/** The units among those of all pauses that cost nothing: in each window the first ones. */
export function listFreeUnits(units: readonly IdleUnit[], freeTerms: number): ReadonlySet<IdleUnit> {
  const used = new Map<string, number>()
  const free = new Set<IdleUnit>()
  for (const unit of units.toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))) {
    const count = used.get(unit.window) ?? 0
    if (count < freeTerms) free.add(unit)
    used.set(unit.window, count + 1)
  }
  return free
}
