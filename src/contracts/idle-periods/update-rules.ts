import { shiftDate, toShift } from '../../membership-offers/pricing-rules.ts'
import { earlierDate, isAfter, isBefore } from '../../platform/time/order.ts'
import type { IdlePeriodRow } from '../signed/contract-store.ts'
import { findPauseUntil } from '../timeline/pause-rules.ts'
import type { IdleChange } from './pending-change.ts'
import { findWishEnd, type IdleFacts, type IdleWish, judgeContract, judgePlan } from './request-rules.ts'
import type { IdleStatus } from './statuses.ts'

/** A change of a pause: `endDate` shortens it, without it the pause is planned anew. */
export interface IdleUpdate extends IdleWish {
  readonly endDate?: Temporal.PlainDate | undefined
}

/** Whether a pause may be changed as it is wished. The first rule that is broken decides. */
export function judgeUpdate(update: IdleUpdate, row: IdlePeriodRow, facts: IdleFacts): IdleStatus {
  const own = { ...facts, own: row }
  const refusal = judgeContract(update.startDate, own)
  if (refusal) return refusal
  if (update.endDate === undefined) return judgeReplan(update, row, own) ?? 'IDLEPERIOD_UPDATABLE'
  const hasTerm = update.termValue !== undefined || update.temporalUnit !== undefined || update.unlimited === true
  if (hasTerm) return 'IDLEPERIOD_ENDDATE_AND_TERM_PROVIDED'
  return judgeShorten(update.startDate, update.endDate, row, own) ?? 'IDLEPERIOD_UPDATABLE'
}

function judgeShorten(
  start: Temporal.PlainDate,
  end: Temporal.PlainDate,
  row: IdlePeriodRow,
  { today }: IdleFacts,
): IdleStatus | undefined {
  if (isBefore(end, start)) return 'IDLEPERIOD_ENDDATE_BEFORE_STARTDATE'
  const isShorter = row.endDate === null || isBefore(end, row.endDate)
  if (!start.equals(row.startDate) || !isShorter) return 'IDLEPERIOD_ENDDATE_ONLY_FOR_SHORTENING'
  if (row.policySnapshot.dayShortening !== true && !endsUnit(end, row)) return 'IDLEPERIOD_TEMPORALUNIT_INVALID'
  return isBefore(end, today.subtract({ days: 1 })) ? 'IDLEPERIOD_DEADLINE_VIOLATED' : undefined
}

/** Whether a day is the last one of a unit of the pause. */
function endsUnit(day: Temporal.PlainDate, { startDate, policySnapshot }: IdlePeriodRow): boolean {
  const unit = policySnapshot.temporalUnit ?? 'DAY'
  for (let value = 1; ; value++) {
    const last = shiftDate(startDate, toShift({ value, unit })).subtract({ days: 1 })
    if (!isBefore(last, day)) return last.equals(day)
  }
}

function judgeReplan(update: IdleUpdate, row: IdlePeriodRow, facts: IdleFacts): IdleStatus | undefined {
  const isOver = row.endDate !== null && isBefore(row.endDate, facts.today)
  if (keepsDays(update, row) && !isOver) return undefined
  if (!isAfter(row.startDate, facts.today)) return 'IDLEPERIOD_DEADLINE_VIOLATED'
  return judgePlan(update, facts)
}

/** Only reason or document are other ones; a wish without a length keeps the present one. */
function keepsDays({ startDate, temporalUnit, termValue, unlimited }: IdleUpdate, row: IdlePeriodRow): boolean {
  if (!startDate.equals(row.startDate)) return false
  if (unlimited === true) return row.unlimited
  if (temporalUnit === undefined && termValue === undefined) return true
  if (row.unlimited || termValue === undefined || termValue < 1 || temporalUnit !== row.policySnapshot.temporalUnit) {
    return false
  }
  return row.unit === temporalUnit && row.value === termValue
}

/** What the pause is after a change that was judged. */
export function applyUpdate(
  update: IdleUpdate,
  row: IdlePeriodRow,
  { contract }: IdleFacts,
): Omit<IdleChange, 'reasonId' | 'documentId'> {
  const policy = contract.row.snapshot.idlePolicy
  const { startDate, endDate, unlimited = false, termValue = null } = update
  if (endDate) return { startDate, endDate, unlimited: false, unit: row.unit, value: null }
  if (!policy || keepsDays(update, row)) {
    return { startDate, endDate: row.endDate, unlimited: row.unlimited, unit: row.unit, value: row.value }
  }
  const length = unlimited ? { unit: null, value: null } : { unit: policy.temporalUnit, value: termValue }
  return { startDate, endDate: findWishEnd(update, policy), unlimited, ...length }
}

/**
 * The first day whose facts a change of the days of a pause concerns. One without end had only the units that have begun: an
 * end beyond them adds days.
 */
export function findChangedFrom(
  row: IdlePeriodRow,
  change: Pick<IdleChange, 'startDate' | 'endDate'>,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  if (change.startDate.equals(row.startDate) && change.endDate && isShortened(row, change.endDate)) {
    return earlierDate(change.endDate.add({ days: 1 }), findPauseUntil(row, today))
  }
  return earlierDate(change.startDate, row.startDate)
}

const isShortened = ({ endDate }: IdlePeriodRow, end: Temporal.PlainDate) => endDate === null || isBefore(end, endDate)
