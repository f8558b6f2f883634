import { and, eq, sql } from 'drizzle-orm'
import { isInForce } from '../customers/index.ts'
import { customerStandings } from '../customers/tables.ts'
import { readAccessContracts } from '../contracts/index.ts'
import { usablePass } from '../online-offers/index.ts'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { ready } from '../platform/database/in-order.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import { type DayOfWeek, weekdayNumber } from '../studios/index.ts'
import { studios } from '../studios/tables.ts'
import type { AccessFacts } from './access-facts.ts'
import { checkinHooks } from './hooks.ts'

interface HoursJson {
  readonly opening:
    | readonly { readonly dayFrom: DayOfWeek; readonly dayTo: DayOfWeek; readonly from: string; readonly to: string }[]
    | null
  readonly closings: readonly { readonly from: string; readonly until: string }[] | null
}

interface OpenVisitJson {
  readonly visitId: number
  readonly studioId: number
  readonly checkedInAt: string
  readonly contractId: number | null
  readonly passId: number | null
}

const customerId = sql`${sql.placeholder('customerId')}::bigint`
const at = sql`${sql.placeholder('at')}::timestamptz`
const studioId = sql`s.id`
const local = sql`(${at} at time zone s.time_zone)`
const today = sql`${local}::date`

/**
 * What opens the door for nearly everybody, as parts of a statement with a studio and the standing of a person. What few
 * readings need stands in statements of its own, since every reading pays for what a statement names.
 */
export const plainParts = {
  zone: studios.timeZone,
  capacity: studios.capacity,
  enforcesCapacity: studios.enforceCapacity,
  admitsBookings: studios.admitBookings,
  standing: customerStandings.standing,
  openVisit: sql<OpenVisitJson | null>`(select json_build_object('visitId', v.id, 'studioId', v.studio_id,
      'checkedInAt', v.checked_in_at, 'contractId', v.contract_id, 'passId', v.pass_id)
    from check_ins v where v.customer_id = ${customerStandings.customerId} and v.checked_out_at is null)`.as(
    'open_visit',
  ),
}

const selectFacts = prepared((db) =>
  db
    .select(plainParts)
    .from(customerStandings)
    .innerJoin(
      studios,
      and(eq(studios.tenantId, customerStandings.tenantId), eq(studios.id, sql.placeholder('studioId'))),
    )
    .where(eq(customerStandings.customerId, sql.placeholder('customerId')))
    .prepare('checkins_find_plain_facts'),
)

/** Who wants to enter which studio, and when. */
export interface Question {
  readonly customerId: number
  readonly studioId: number
  readonly at: Temporal.Instant
}

const toParams = ({ customerId, studioId, at }: Question) => ({ customerId, studioId, at: at.toString() })

/** Bans, contracts and an open visit; undefined for a customer who is unknown or erased. */
export const readyPlainFacts = (question: Question) =>
  ready(selectFacts, toParams(question), ([row]) => row && readPlainFacts(row, question))

/** What {@link plainParts} say at a moment. */
export function readPlainFacts(row: PlainRow, { studioId, at }: Omit<Question, 'customerId'>) {
  const { standing, openVisit, ...settings } = row
  const today = dateIn(at, standing.zone).toString()
  return {
    ...settings,
    studioId,
    at,
    isRestricted: (standing.restrictions ?? []).some((each) => isInForce(each, today)),
    contracts: readAccessContracts(standing, { studioId, date: dateIn(at, row.zone) }),
    openVisit: openVisit && { ...openVisit, checkedInAt: Temporal.Instant.from(openVisit.checkedInAt) },
  }
}

export type PlainRow = Awaited<ReturnType<ReturnType<typeof selectFacts>['execute']>>[number]
export type PlainFacts = ReturnType<typeof readPlainFacts>

const selectGrounds = prepared((db) =>
  db
    .select({
      passId: usablePass({ customerId, studioId, now: at, today }).as('pass_id'),
      hasBooking: checkinHooks().hasAdmittingBooking({ customerId, studioId, at }).as('has_booking'),
    })
    .from(sql`studios s`)
    .where(sql`s.id = ${sql.placeholder('studioId')}`)
    .prepare('checkins_find_other_grounds'),
)

/** What opens the door without a contract: a pass, a booking. */
export async function findOtherGrounds(db: Queryable, question: Question) {
  const [row] = await selectGrounds(db).execute(toParams(question))
  return row ?? { passId: null, hasBooking: false }
}

const selectVisitors = prepared((db) =>
  db
    .select({ count: sql<number>`count(*)::int` })
    .from(sql`check_ins v`)
    .where(sql`v.studio_id = ${sql.placeholder('studioId')} and v.checked_out_at is null`)
    .prepare('checkins_count_visitors'),
)

const visitsSince = prepared((db) =>
  db
    .select({ count: sql<number>`count(*)::int` })
    .from(sql`check_ins v`)
    .where(sql`v.customer_id = ${customerId} and v.contract_id = ${sql.placeholder('contractId')}
      and v.checked_in_at >= ${sql.placeholder('since')}::timestamptz`)
    .prepare('checkins_count_visits'),
)

/** How many visits a customer has begun with a contract since a moment. */
export async function countVisitsSince(
  db: Queryable,
  visits: { readonly customerId: number; readonly contractId: number; readonly since: Temporal.Instant },
): Promise<number> {
  const [row] = await visitsSince(db).execute({ ...visits, since: visits.since.toString() })
  return row?.count ?? 0
}

/** How many visits are open in a studio. */
export async function countVisitors(db: Queryable, studioId: number): Promise<number> {
  const [row] = await selectVisitors(db).execute({ studioId })
  return row?.count ?? 0
}

/** Whole days at the edges: which moments count is for the rules to say. */
const hours = sql<HoursJson>`json_build_object(
  'opening', (select json_agg(json_build_object('dayFrom', o.day_from, 'dayTo', o.day_to, 'from', o.time_from, 'to', o.time_to))
    from opening_hours o where o.studio_id = s.id and o.kind = 'INTERNAL'),
  'closings', (select json_agg(json_build_object('from', k.from_local, 'until', k.to_local)) from studio_closings k
    where k.studio_id = s.id and k.to_local > ${today} - 1 and k.from_local < ${today} + 2))`

const selectHours = prepared((db) =>
  db
    .select({ hours: hours.as('hours') })
    .from(sql`studios s`)
    .where(sql`s.id = ${sql.placeholder('studioId')}`)
    .prepare('checkins_find_hours'),
)

/** The hours of a studio's doors, and its closings around the local day of `at`. */
export const readyHours = (studioId: number, at: Temporal.Instant) =>
  ready(selectHours, { studioId, at: at.toString() }, ([row]) => (row ? readHours(row.hours) : null))

function readHours({ opening, closings }: HoursJson): NonNullable<AccessFacts['hours']> {
  return {
    openingRows: (opening ?? []).map(({ dayFrom, dayTo, from, to }) => ({
      dayFrom: weekdayNumber(dayFrom),
      dayTo: weekdayNumber(dayTo),
      timeFrom: Temporal.PlainTime.from(from),
      timeTo: Temporal.PlainTime.from(to),
    })),
    closings: (closings ?? []).map(({ from, until }) => ({
      from: Temporal.PlainDateTime.from(from),
      until: Temporal.PlainDateTime.from(until),
    })),
  }
}
