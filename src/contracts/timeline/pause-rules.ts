import {
  joinShifts,
  noShift,
  type Pause,
  type Shift,
  shiftDate,
  type Term,
  toShift,
} from '../../membership-offers/pricing-rules.ts'
import { countDays, isAfter } from '../../platform/time/order.ts'
import type { IdlePeriodRow } from '../signed/contract-store.ts'
import type { IdlePolicySnapshot } from '../signed/snapshot.ts'

/** An accepted pause as it is stored. Both dates are inclusive. */
export interface StoredPause {
  readonly startDate: Temporal.PlainDate
  readonly endDate: Temporal.PlainDate | null
  readonly unlimited: boolean
  readonly policySnapshot: Partial<IdlePolicySnapshot>
}

/** First day after a pause, as far as it is certain on `today`: one without end lasts to the end of its running unit. */
export function findPauseUntil(pause: StoredPause, today: Temporal.PlainDate): Temporal.PlainDate {
  if (pause.endDate !== null) return pause.endDate.add({ days: 1 })
  const unit = getUnit(pause)
  for (let n = 1; ; n++) {
    const until = shiftDate(pause.startDate, toShift({ value: n, unit }))
    if (isAfter(until, today)) return until
  }
}

/** What becomes of the pauses of a contract that ends: later ones are dropped, a running one ends with it. */
export function splitPauses(pauses: readonly IdlePeriodRow[], lastDay: Temporal.PlainDate) {
  const accepted = pauses.filter(({ state }) => state === 'ACCEPTED')
  const reaches = ({ endDate }: IdlePeriodRow) => endDate === null || isAfter(endDate, lastDay)
  return {
    waiting: pauses.filter(({ state }) => state !== 'ACCEPTED'),
    dropped: accepted.filter(({ startDate }) => isAfter(startDate, lastDay)),
    cut: accepted.filter((pause) => !isAfter(pause.startDate, lastDay) && reaches(pause)),
  }
}

/** What a pause does to ends and charges: it moves ends by its whole units and the days that remain. */
export function readPause(pause: StoredPause, today: Temporal.PlainDate): Pause {
  const { startDate: from, policySnapshot } = pause
  const until = findPauseUntil(pause, today)
  return {
    from,
    until,
    ...(policySnapshot.extendsContract ? { shift: measureShift({ from, until }, getUnit(pause)) } : {}),
    suspendsModules: policySnapshot.suspendsModules ?? false,
  }
}

/** The whole units from `from` to `until`, joined with the days that remain. */
export function measureShift(
  { from, until }: { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate },
  unit: Term['unit'],
): Shift {
  let whole = noShift
  for (let n = 1; ; n++) {
    const next = toShift({ value: n, unit })
    const reached = shiftDate(from, next)
    if (isAfter(reached, until)) break
    whole = next
  }
  const days = countDays(shiftDate(from, whole), until)
  return joinShifts(whole, { months: 0, days })
}

const getUnit = ({ policySnapshot }: StoredPause) => policySnapshot.temporalUnit ?? 'DAY'
