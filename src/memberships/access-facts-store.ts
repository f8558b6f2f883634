import { type SQL, sql } from 'drizzle-orm'
import { type DayOfWeek, weekdayNumber, type WeeklyRow } from '../studios/index.ts'
import { lastDayOf, once } from './booking-facts-store.ts'

/** A main contract as a door sees it. Dates are local and inclusive; no last day = it goes on. */
export interface AccessContract {
  readonly contractId: number
  /** First day of use. */
  readonly from: Temporal.PlainDate
  readonly lastDay: Temporal.PlainDate | null
  /** Null unless the day of the question is one of the days above. */
  readonly today: AccessToday | null
}

/** What a contract says about the day, the studio and the hour. */
export interface AccessToday {
  /** The pause that keeps the member out, with its last day where it has one. */
  readonly idle: { readonly lastDay: Temporal.PlainDate | null } | null
  readonly includesStudio: boolean
  /** Null = at any hour. */
  readonly allowedTimes: readonly (WeeklyRow & { readonly day: DayOfWeek })[] | null
  readonly limit: { readonly count: number; readonly unit: 'WEEK' | 'MONTH' } | null
  /** Visits with this contract in the running week or month, whichever the limit is about. */
  readonly visits: number | null
}

interface TodayJson extends Pick<AccessToday, 'includesStudio' | 'limit' | 'visits'> {
  readonly idle: { readonly lastDay: string | null } | null
  readonly times: readonly { readonly day: DayOfWeek; readonly from: string; readonly until: string }[] | null
}
export interface AccessContractJson {
  readonly contractId: number
  readonly from: string
  readonly lastDay: string | null
  readonly today: TodayJson | null
}

interface AccessQuestion {
  readonly customerId: SQL
  readonly studioId: SQL
  /** Local date of the studio. */
  readonly today: SQL
  /** Counts visits with the contract `c.id` since the beginning of the local week or month, as `unit` says. */
  readonly visitsSince: (unit: SQL<'week' | 'month'>) => SQL<number>
}

/**
 * All contracts of a customer that were not revoked, oldest first, and what those in force say about entering a studio:
 * the part of memberships in the statement that decides about access. Only pauses whose policy refuses access count.
 */
export function accessContracts(question: AccessQuestion): SQL<AccessContractJson[] | null> {
  const { customerId, studioId, today, visitsSince } = question
  const idle = sql`(select json_build_object('lastDay', i.end_date) from idle_periods i
    where i.contract_id = c.id and i.state = 'ACCEPTED' and i.policy_snapshot->>'accessRefusal' = 'true'
      and i.start_date <= ${today} and (i.end_date is null or i.end_date >= ${today}) limit 1)`
  const times = sql`case when p.snapshot->>'openingHourCategoryId' is null then null else coalesce((
    select json_agg(json_build_object('day', t.day, 'from', t.time_from, 'until', t.time_to) order by t.id)
    from opening_hour_category_times t
    where t.category_id = (p.snapshot->>'openingHourCategoryId')::bigint), '[]') end`
  const unit = sql<'week' | 'month'>`lower(p.snapshot->'checkinLimit'->>'unit')`
  const visits = sql`case when p.snapshot->'checkinLimit'->>'unit' is not null then ${visitsSince(unit)} end`
  const inForce = sql`(select json_build_object('idle', ${idle},
      'includesStudio', exists (select from contract_checkin_studios k
        where k.contract_id = c.id and (k.studio_id is null or k.studio_id = ${studioId})),
      'times', ${times}, 'limit', p.snapshot->'checkinLimit', 'visits', ${visits})
    from contract_phases p where p.contract_id = c.id and (p.seq = 0 or p.from_date <= ${today})
    order by p.seq desc limit 1)`
  return sql<AccessContractJson[] | null>`(select json_agg(json_build_object('contractId', c.id, 'from', c.first_day,
      'lastDay', c.last_day, 'today', case when c.first_day <= ${today}
        and (c.last_day is null or c.last_day >= ${today}) then ${inForce} end) order by c.first_day, c.id)
    from (select c.id, coalesce(c.pre_use_date, c.start_date) as first_day, ${lastDayOf('contract_id', 'c')} as last_day
      from contracts c where c.customer_id = ${customerId} and c.voided_at is null ${once}) c)`
}

const readDate = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text))

export function readAccessContract({ contractId, from, lastDay, today }: AccessContractJson): AccessContract {
  return {
    contractId,
    from: Temporal.PlainDate.from(from),
    lastDay: readDate(lastDay),
    today: today && {
      idle: today.idle && { lastDay: readDate(today.idle.lastDay) },
      includesStudio: today.includesStudio,
      allowedTimes: today.times && today.times.map(readTime),
      limit: today.limit,
      visits: today.visits,
    },
  }
}

function readTime({ day, from, until }: { readonly day: DayOfWeek; readonly from: string; readonly until: string }) {
  const weekday = weekdayNumber(day)
  const clock = { timeFrom: Temporal.PlainTime.from(from), timeTo: Temporal.PlainTime.from(until) }
  return { day, dayFrom: weekday, dayTo: weekday, ...clock }
}
