import type { CustomerStanding } from '../customers/index.ts'
import type { WeeklyRow } from '../studios/opening-rules.ts'
import { type DayOfWeek, weekdayNumber } from '../studios/weekday-rules.ts'

/** Local dates as ISO text, both inclusive; no last day = without end. */
export interface SpanJson {
  readonly from: string
  readonly lastDay: string | null
}

export interface PhaseJson {
  readonly from: string
  readonly rateId: number
  /** Visits per ISO week or calendar month. */
  readonly checkinLimit: { readonly count: number; readonly unit: 'WEEK' | 'MONTH' } | null
  /** Null = at any hour. */
  readonly allowedTimes: readonly { readonly day: DayOfWeek; readonly from: string; readonly until: string }[] | null
}

/**
 * A main contract as `customer_standings` holds it (see the migrations): its dates of use, cancelations considered, with
 * its phases from the first on, its modules and accepted pauses, and where it lets in.
 */
export interface ContractStanding extends SpanJson {
  readonly contractId: number
  /** First day of the contract itself; use may begin before it. */
  readonly startOn: string
  readonly phases: readonly PhaseJson[] | null
  readonly modules: readonly (SpanJson & { readonly moduleId: number })[] | null
  readonly idlePeriods: readonly (SpanJson & { readonly refusesAccess: boolean })[] | null
  /** Null = every studio. */
  readonly checkinStudioIds: readonly number[] | null
}

/** The contracts of a standing, oldest first; nobody without a standing has any. */
export const readContracts = (standing: CustomerStanding | null) =>
  (standing?.contracts ?? []) as readonly ContractStanding[]

export const readDate = (text: string) => Temporal.PlainDate.from(text)
export const readDateOrNull = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text))
export const readSpan = ({ from, lastDay }: SpanJson) => ({ from: readDate(from), lastDay: readDateOrNull(lastDay) })

export type AllowedTime = WeeklyRow & { readonly day: DayOfWeek }

export function readTimes(times: PhaseJson['allowedTimes']): readonly AllowedTime[] | null {
  if (times === null) return null
  return times.map(({ day, from, until }) => {
    const weekday = weekdayNumber(day)
    const clock = { timeFrom: Temporal.PlainTime.from(from), timeTo: Temporal.PlainTime.from(until) }
    return { day, dayFrom: weekday, dayTo: weekday, ...clock }
  })
}
