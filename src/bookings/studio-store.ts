import { eq, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { type DayOfWeek, weekdayNumber } from '../studios/index.ts'
import { studios } from '../studios/tables.ts'
import type { StudioFacts } from './booking-facts.ts'

interface OpeningJson {
  readonly dayFrom: DayOfWeek
  readonly dayTo: DayOfWeek
  readonly timeFrom: string
  readonly timeTo: string
}
interface ClosingJson {
  readonly from: string
  readonly until: string
}

const opening = sql<OpeningJson[] | null>`(select json_agg(json_build_object('dayFrom', h.day_from, 'dayTo', h.day_to,
    'timeFrom', h.time_from, 'timeTo', h.time_to))
  from opening_hours h where h.studio_id = ${sql.raw('"studios"."id"')} and h.kind = 'INTERNAL')`

/** Local days at the edges are read whole: which moments count is for the rules to say. */
const closings = sql<ClosingJson[] | null>`(
  select json_agg(json_build_object('from', k.from_local, 'until', k.to_local)) from studio_closings k
  where k.studio_id = ${sql.raw('"studios"."id"')}
    and k.to_local > ${sql.placeholder('fromDate')}::date - 1 and k.from_local < ${sql.placeholder('untilDate')}::date + 2)`

const selectFacts = prepared((db) =>
  db
    .select({ studioId: studios.id, zone: studios.timeZone, opening, closings })
    .from(studios)
    .where(eq(studios.id, sql.placeholder('studioId')))
    .prepare('classes_find_studio_facts'),
)

/** When the studio is open on the local dates (both inclusive): internal opening hours and closings. */
export async function findStudioFacts(
  db: Queryable,
  studioId: number,
  dates: { readonly fromDate: Temporal.PlainDate; readonly untilDate: Temporal.PlainDate },
): Promise<StudioFacts | undefined> {
  const span = { fromDate: dates.fromDate.toString(), untilDate: dates.untilDate.toString() }
  const [row] = await selectFacts(db).execute({ studioId, ...span })
  if (!row) return undefined
  return {
    studioId: row.studioId,
    zone: row.zone,
    openingRows: (row.opening ?? []).map(readOpening),
    closings: (row.closings ?? []).map(({ from, until }) => ({
      from: Temporal.PlainDateTime.from(from),
      until: Temporal.PlainDateTime.from(until),
    })),
  }
}

/** The zone of a studio that is known to exist. */
export async function findStudioZone(db: Queryable, studioId: number): Promise<string> {
  const [row] = await db.select({ zone: studios.timeZone }).from(studios).where(eq(studios.id, studioId))
  return row?.zone as string
}

function readOpening({ dayFrom, dayTo, timeFrom, timeTo }: OpeningJson) {
  return {
    dayFrom: weekdayNumber(dayFrom),
    dayTo: weekdayNumber(dayTo),
    timeFrom: Temporal.PlainTime.from(timeFrom),
    timeTo: Temporal.PlainTime.from(timeTo),
  }
}
