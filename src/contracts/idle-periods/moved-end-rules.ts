import { joinShifts, noShift, type Pause, type Shift, shiftDate } from '../../membership-offers/pricing-rules.ts'
import { isAfter } from '../../platform/time/order.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { walkTerms } from '../timeline/cancelation-rules.ts'
import { readState } from '../timeline/timeline-rules.ts'

/**
 * Where a cancelation to a day belongs when the pauses of a contract have changed: pauses that begin by that day move it as
 * they move the end of its term. `before` and `after` are the contract on their days.
 */
export function moveEnd(
  toDate: Temporal.PlainDate,
  before: { readonly contract: SignedContract; readonly today: Temporal.PlainDate },
  after: { readonly contract: SignedContract; readonly today: Temporal.PlainDate },
): Temporal.PlainDate {
  const { pauses: old } = readState(before.contract, before.today)
  const { pauses: now } = readState(after.contract, after.today)
  const index = findTerm(after.contract, old, toDate)
  const end = index === undefined ? undefined : endOfTerm(after.contract, now, index)
  return end ?? shiftBack(toDate, sumShifts(old, toDate), sumShifts(now, toDate))
}

/** The number of the term that ends on a day, if one does. */
function findTerm({ plan }: SignedContract, pauses: readonly Pause[], day: Temporal.PlainDate): number | undefined {
  let index = 0
  for (const { end } of walkTerms(plan, pauses)) {
    if (end.equals(day)) return index
    if (isAfter(end, day)) return undefined
    index++
  }
  return undefined
}

function endOfTerm({ plan }: SignedContract, pauses: readonly Pause[], wanted: number): Temporal.PlainDate | undefined {
  let index = 0
  for (const { end } of walkTerms(plan, pauses)) if (index++ === wanted) return end
  return undefined
}

function sumShifts(pauses: readonly Pause[], day: Temporal.PlainDate): Shift {
  return pauses.reduce((sum, { from, shift }) => (shift && !isAfter(from, day) ? joinShifts(sum, shift) : sum), noShift)
}

/** A day that is no end of a term moves by what the pauses add or no longer add. */
function shiftBack(day: Temporal.PlainDate, old: Shift, now: Shift): Temporal.PlainDate {
  const moved = shiftDate(day.add({ days: 1 }), { months: now.months - old.months, days: now.days - old.days })
  return moved.subtract({ days: 1 })
}
