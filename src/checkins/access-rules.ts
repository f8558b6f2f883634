import { isOpen, openIntervals, weeklyIntervals, type WeeklyRow } from '../studios/opening-rules.ts'
import type { AccessFacts } from './access-facts.ts'
import type { AccessToday } from '../contracts/access-facts.ts'
import { isAfter, isBefore } from '../platform/time/order.ts'

/** Why the door stays shut, with what its text says. */
export type AccessRefusal =
  | { readonly reason: 'ERASED_OR_UNKNOWN'; readonly customerId: number }
  | { readonly reason: 'STUDIO_CLOSED' | 'ACCESS_RESTRICTED' | 'STUDIO_NOT_ALLOWED' }
  | { readonly reason: 'ALREADY_CHECKED_IN' | 'STUDIO_FULL' }
  | {
      readonly reason: 'NO_ACTIVE_CONTRACT'
      /** Earliest first day of a contract to come. */
      readonly startsOn: Temporal.PlainDate | null
      /** Latest last day of a past one. */
      readonly endedOn: Temporal.PlainDate | null
    }
  | { readonly reason: 'IDLE_PERIOD'; readonly lastDay: Temporal.PlainDate | null }
  | { readonly reason: 'OUTSIDE_ALLOWED_TIME'; readonly times: NonNullable<AccessToday['allowedTimes']> }
  | { readonly reason: 'CHECKIN_LIMIT_REACHED'; readonly limit: number }

/** What opens the door. */
export type AccessGround =
  | { readonly kind: 'CONTRACT'; readonly contractId: number }
  | { readonly kind: 'PASS'; readonly passId: number }
  | { readonly kind: 'BOOKING' }
  /** The visit that is open here, opened without contract, lets its guest come back. */
  | { readonly kind: 'OPEN_VISIT'; readonly visitId: number }

export type AccessVerdict =
  | { readonly granted: true; readonly ground: AccessGround }
  | { readonly granted: false; readonly refusal: AccessRefusal }

const refuse = (refusal: AccessRefusal) => ({ granted: false, refusal }) as const
const grant = (ground: AccessGround) => ({ granted: true, ground }) as const

/**
 * Whether a customer may enter: restrictions first, then any contract that opens the door, then a visit that is open
 * without contract, a pass, a booking. What refuses in the end is the contract that got furthest.
 */
export function judgeAccess(facts: AccessFacts): AccessVerdict {
  if (facts.isRestricted) return refuse({ reason: 'ACCESS_RESTRICTED' })
  const contract = judgeContracts(facts)
  if (contract.granted) return contract
  const { openVisit, passId } = facts
  if (openVisit && isHere(facts) && openVisit.contractId === null) {
    return grant({ kind: 'OPEN_VISIT', visitId: openVisit.visitId })
  }
  if (passId !== null) return grant({ kind: 'PASS', passId })
  return facts.admitsBookings && facts.hasBooking ? grant({ kind: 'BOOKING' }) : contract
}

/** Whether it is for a pass or a booking to say: nobody is banned, and no contract opens the door. */
export function needsOtherGround(facts: AccessFacts): boolean {
  return !facts.isRestricted && !judgeContracts(facts).granted
}

/** All nine checks of an entrance, in their order; those that are switched off by the facts' rules let pass. */
export function judgeEntrance(facts: AccessFacts): AccessVerdict {
  if (!isOpenNow(facts)) return refuse({ reason: 'STUDIO_CLOSED' })
  const access = judgeAccess(facts)
  if (!access.granted) return access
  if (isHere(facts)) return facts.isStrict ? refuse({ reason: 'ALREADY_CHECKED_IN' }) : access
  const { capacity, openVisits } = facts
  const isFull = openVisits !== null && capacity !== null && openVisits >= capacity
  return isFull ? refuse({ reason: 'STUDIO_FULL' }) : access
}

export function isHere({ openVisit, studioId }: AccessFacts): boolean {
  return openVisit?.studioId === studioId
}

function isOpenNow({ hours, zone, at }: AccessFacts): boolean {
  if (hours === null) return true
  const date = at.toZonedDateTimeISO(zone).toPlainDate()
  const ms = at.epochMilliseconds
  return isOpen(openIntervals(hours, { fromDate: date, untilDate: date }, zone), ms, ms + 1)
}

/** The first contract that passes, oldest first; else the reason of the one that got furthest. */
function judgeContracts(facts: AccessFacts): AccessVerdict {
  let furthest: { readonly step: number; readonly refusal: AccessRefusal } | undefined
  for (const { contractId, today } of facts.contracts) {
    if (today === null) continue
    const stop = judgeStop(today, facts, facts.visits.get(contractId) ?? 0)
    if (stop === undefined) return grant({ kind: 'CONTRACT', contractId })
    if (furthest === undefined || stop.step > furthest.step) furthest = stop
  }
  return refuse(furthest?.refusal ?? noActiveContract(facts))
}

/** Where a contract in force stops, and how far that is. */
function judgeStop(
  { idle, includesStudio, allowedTimes, limit }: AccessToday,
  facts: AccessFacts,
  visits: number,
): { readonly step: number; readonly refusal: AccessRefusal } | undefined {
  if (idle) return { step: 1, refusal: { reason: 'IDLE_PERIOD', lastDay: idle.lastDay } }
  if (!includesStudio) return { step: 2, refusal: { reason: 'STUDIO_NOT_ALLOWED' } }
  if (allowedTimes && !isWithin(allowedTimes, facts)) {
    return { step: 3, refusal: { reason: 'OUTSIDE_ALLOWED_TIME', times: allowedTimes } }
  }
  // Coming back into an open visit is no further visit.
  if (limit && !isHere(facts) && visits >= limit.count) {
    return { step: 4, refusal: { reason: 'CHECKIN_LIMIT_REACHED', limit: limit.count } }
  }
  return undefined
}

function isWithin(times: readonly WeeklyRow[], { at, zone }: AccessFacts): boolean {
  const date = at.toZonedDateTimeISO(zone).toPlainDate()
  const intervals = weeklyIntervals(times, { fromDate: date, untilDate: date }, zone)
  return isOpen(intervals, at.epochMilliseconds, at.epochMilliseconds + 1)
}

function noActiveContract({ contracts, at, zone }: AccessFacts): AccessRefusal {
  const today = at.toZonedDateTimeISO(zone).toPlainDate()
  const compare = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b)
  const starts = contracts.map(({ from }) => from).filter((from) => isAfter(from, today))
  const ends = contracts.flatMap(({ lastDay }) => (lastDay && isBefore(lastDay, today) ? [lastDay] : []))
  return {
    reason: 'NO_ACTIVE_CONTRACT',
    startsOn: starts.toSorted(compare)[0] ?? null,
    endedOn: ends.toSorted(compare).at(-1) ?? null,
  }
}
