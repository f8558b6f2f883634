import { isAfter, isBefore } from '../../platform/time/order.ts'
import type { IdlePeriodRow } from '../signed/contract-store.ts'
import type { IdleChange } from './pending-change.ts'
import { findWishEnd, type IdleFacts, judgeLength, MOST_YEARS } from './request-rules.ts'
import { refuseIdle } from './statuses.ts'

/** What staff change of a pause; what is left out stays. `endDate` goes before a length in units. */
export interface StaffPauseChange {
  readonly startDate?: Temporal.PlainDate | undefined
  readonly endDate?: Temporal.PlainDate | undefined
  /** Units of the rules of the contract. */
  readonly termValue?: number | undefined
  readonly unlimited?: boolean | undefined
  readonly reasonId?: number | undefined
}

type Days = Omit<IdleChange, 'reasonId' | 'documentId'>

/**
 * The days of a pause after a change by staff. A pause that is only moved keeps its length in units; one that has none, because
 * it was shortened to a day, needs a new end. Refuses (400) an end before the first day, two lengths at once, and more than
 * five years.
 */
export function applyStaffChange(wish: StaffPauseChange, row: IdlePeriodRow, { contract }: IdleFacts): Days {
  const { startDate = row.startDate, endDate, termValue, unlimited } = wish
  const lengths = [endDate !== undefined, termValue !== undefined, unlimited === true].filter((isGiven) => isGiven)
  if (lengths.length > 1) throw refuseIdle('IDLEPERIOD_ENDDATE_AND_TERM_PROVIDED')
  if (endDate !== undefined) {
    if (isBefore(endDate, startDate)) throw refuseIdle('IDLEPERIOD_ENDDATE_BEFORE_STARTDATE')
    if (isAfter(endDate, startDate.add({ years: MOST_YEARS }))) throw refuseIdle('IDLEPERIOD_MAXIMUM_YEARS_VIOLATED')
    return { startDate, endDate, unlimited: false, unit: row.unit, value: null }
  }
  const isEndless = unlimited ?? (row.unlimited && termValue === undefined)
  if (isEndless) return { startDate, endDate: null, unlimited: true, unit: null, value: null }
  const keepsLength = termValue === undefined && startDate.equals(row.startDate) && !row.unlimited
  if (keepsLength) return { startDate, endDate: row.endDate, unlimited: false, unit: row.unit, value: row.value }
  const value = termValue ?? row.value
  const policy = contract.row.snapshot.idlePolicy
  if (value === null || !policy) throw refuseIdle('IDLEPERIOD_TERMVALUE_MISSING')
  const moved = { startDate, termValue: value }
  const refusal = judgeLength(moved, policy)
  if (refusal) throw refuseIdle(refusal)
  return { startDate, endDate: findWishEnd(moved, policy), unlimited: false, unit: policy.temporalUnit, value }
}
