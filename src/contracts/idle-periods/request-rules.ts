import { type Phase, shiftDate, toShift } from '../../membership-offers/pricing-rules.ts'
import { isAfter, isBefore, laterDate } from '../../platform/time/order.ts'
import { alignStart, findFirstStart } from '../idle-config/start-rules.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import type { IdlePeriodRow } from '../signed/contract-store.ts'
import type { IdlePolicySnapshot } from '../signed/snapshot.ts'
import { findPauseUntil } from '../timeline/pause-rules.ts'
import type { Timeline } from '../timeline/timeline-rules.ts'
import type { IdleRefusal, IdleStatus } from './statuses.ts'
import { countByWindow, listUnits } from './unit-rules.ts'

/** A pause as it is asked for. */
export interface IdleWish {
  readonly startDate: Temporal.PlainDate
  readonly temporalUnit?: IdlePolicySnapshot['temporalUnit'] | undefined
  readonly termValue?: number | undefined
  /** Goes on until it is ended; the two above are then ignored. */
  readonly unlimited?: boolean | undefined
}

/** What a wish is judged by. */
export interface IdleFacts {
  readonly contract: SignedContract
  readonly timeline: Timeline
  readonly today: Temporal.PlainDate
  /** What members of the studio may do. */
  readonly mode: 'READ' | 'CHANGES_REQUIRE_VERIFICATION' | 'CHANGES_WITHOUT_VERIFICATION'
  /** A pause that the wish replaces: it stands in nobody's way. */
  readonly own?: IdlePeriodRow
}

/** No pause lasts longer. */
export const MOST_YEARS = 5
/** More units than any pause of five years has: larger numbers need no calendar. */
const MOST_UNITS = 366 * MOST_YEARS

/** Whether a pause may be made as it is wished. The first rule that is broken decides. */
export function judgeWish(wish: IdleWish, facts: IdleFacts): IdleStatus {
  return judgeContract(wish.startDate, facts) ?? judgePlan(wish, facts) ?? 'IDLEPERIOD_CREATABLE'
}

/** Whether the contract may pause from a day on at all, and nothing waits for staff. */
export function judgeContract(start: Temporal.PlainDate, facts: IdleFacts): IdleStatus | undefined {
  if (!mayPause(start, facts)) return 'IDLEPERIOD_DEACTIVATED_FOR_CONTRACT'
  const waits = listOthers(facts).some(isWaiting)
  return waits ? 'IDLEPERIOD_PENDING_VERIFICATION' : undefined
}

/** The pause itself, or a change of it, waits for staff. */
export function isWaiting({ state, pendingChange }: IdlePeriodRow): boolean {
  return state === 'PENDING_VERIFICATION' || pendingChange !== null
}

function mayPause(start: Temporal.PlainDate, { contract, timeline, today, mode }: IdleFacts): boolean {
  const policy = contract.row.snapshot.idlePolicy
  if (!policy?.enabled || mode === 'READ') return false
  const { end, isFinal } = timeline
  const isOver = isFinal && (isAfter(today, end) || isAfter(start, end))
  return !isOver && !isBefore(start, contract.plan.start)
}

/** The rules from the form of the wish on. */
export function judgePlan(wish: IdleWish, facts: IdleFacts): IdleStatus | undefined {
  const policy = facts.contract.row.snapshot.idlePolicy
  if (!policy) return 'IDLEPERIOD_DEACTIVATED_FOR_CONTRACT'
  return (
    judgeForm(wish, policy) ??
    judgeStart(wish.startDate, policy, facts) ??
    judgeLength(wish, policy) ??
    judgeOthers(wish, policy, facts)
  )
}

function judgeForm({ temporalUnit, termValue, unlimited }: IdleWish, policy: IdlePolicySnapshot) {
  if (unlimited) return undefined
  if (temporalUnit === undefined && termValue === undefined) return 'IDLEPERIOD_UNLIMITED_PARAMETER_IS_MISSING'
  if (termValue === undefined || termValue < 1) return 'IDLEPERIOD_TERMVALUE_MISSING'
  return temporalUnit === policy.temporalUnit ? undefined : 'IDLEPERIOD_TEMPORALUNIT_INVALID'
}

function judgeStart(start: Temporal.PlainDate, policy: IdlePolicySnapshot, facts: IdleFacts): IdleStatus | undefined {
  const { timeline, today } = facts
  if (!alignStart(policy, start, timeline.phases).equals(start)) return 'IDLEPERIOD_DATE_NOT_FIRSTDAY_OF_TEMPORALUNIT'
  if (isBefore(start, today.add({ days: policy.leadDays }))) return 'IDLEPERIOD_DEADLINE_VIOLATED'
  if (!policy.nextStartOnly || findNextStart(policy, facts).equals(start)) return undefined
  return 'IDLEPERIOD_EXPECTED_STARTDATE_MISMATCH'
}

function findNextStart(policy: IdlePolicySnapshot, facts: IdleFacts): Temporal.PlainDate {
  const { contract, timeline, today } = facts
  const earliest = laterDate(today.add({ days: policy.leadDays }), contract.plan.start)
  const phases: readonly Phase[] = timeline.phases
  const taken = listOthers(facts).map((pause) => ({ from: pause.startDate, until: findPauseUntil(pause, today) }))
  return findFirstStart(policy, earliest, { phases, taken })
}

/** What binds staff, too: a pause with an end lasts five years at most. */
export function judgeLength(wish: IdleWish, policy: IdlePolicySnapshot): IdleRefusal | undefined {
  if (wish.unlimited || wish.termValue === undefined) return undefined
  const latest = wish.startDate.add({ years: MOST_YEARS })
  const isTooLong = wish.termValue > MOST_UNITS || isAfter(findWishUntil(wish, wish.termValue, policy), latest)
  return isTooLong ? 'IDLEPERIOD_MAXIMUM_YEARS_VIOLATED' : undefined
}

/** First day after the wished units. */
function findWishUntil({ startDate }: IdleWish, value: number, { temporalUnit }: IdlePolicySnapshot) {
  return shiftDate(startDate, toShift({ value, unit: temporalUnit }))
}

/** Last day of a wished pause; null for one without end. */
export function findWishEnd(wish: IdleWish, policy: IdlePolicySnapshot): Temporal.PlainDate | null {
  if (wish.unlimited || wish.termValue === undefined) return null
  return findWishUntil(wish, wish.termValue, policy).subtract({ days: 1 })
}

function judgeOthers(wish: IdleWish, policy: IdlePolicySnapshot, facts: IdleFacts): IdleStatus | undefined {
  const endDate = findWishEnd(wish, policy)
  if (overlapsOther({ startDate: wish.startDate, endDate }, facts)) return 'IDLEPERIOD_OVERLAPPING'
  if (wish.unlimited) return policy.unlimitedAllowed ? undefined : 'IDLEPERIOD_MAXIMUM_TERMS_VIOLATED'
  const pause = { startDate: wish.startDate, endDate, unlimited: false, policySnapshot: policy }
  return exceedsLimit(pause, policy, facts) ? 'IDLEPERIOD_MAXIMUM_TERMS_VIOLATED' : undefined
}

interface IdleDays {
  readonly startDate: Temporal.PlainDate
  readonly endDate: Temporal.PlainDate | null
}

/** Whether another pause has one of the days. One without end has all that follow. */
export function overlapsOther(days: IdleDays, facts: Pick<IdleFacts, 'contract' | 'own'>): boolean {
  return listOthers(facts).some((other) => !isOver(days, other) && !isOver(other, days))
}

const isOver = (one: IdleDays, other: IdleDays) => one.endDate !== null && isBefore(one.endDate, other.startDate)

function exceedsLimit(pause: Parameters<typeof listUnits>[0], policy: IdlePolicySnapshot, facts: IdleFacts): boolean {
  const { contract, today } = facts
  const { start } = contract.plan
  const used = countByWindow(listOthers(facts).flatMap((other) => listUnits(other, policy, { start, today })))
  const wanted = countByWindow(listUnits(pause, policy, { start, today }))
  return [...wanted].some(([window, count]) => count + (used.get(window) ?? 0) > policy.maxTerms)
}

function listOthers({ contract, own }: Pick<IdleFacts, 'contract' | 'own'>): readonly IdlePeriodRow[] {
  return contract.idlePeriods.filter(({ id }) => id !== own?.id)
}
