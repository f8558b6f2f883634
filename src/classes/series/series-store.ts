import { and, asc, eq, gte, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import type { SeriesRow } from '../slot-planning/slot-plan-store.ts'
import { classes, classSeries, classSlots } from '../tables.ts'

/** Which series are listed; what is left out does not matter. */
export interface SeriesChoice {
  readonly studioId?: number | undefined
  readonly classId?: number | undefined
  /** Only those whose last day is not before the day of this moment in their studio. */
  readonly endsAfter?: Temporal.Instant | undefined
}

/** Series by class, oldest first, with the title of their class. */
export function listSeries(db: Queryable, { studioId, classId, endsAfter }: SeriesChoice) {
  return db
    .select({ series: classSeries, title: classes.title })
    .from(classSeries)
    .innerJoin(classes, eq(classes.id, classSeries.classId))
    .innerJoin(studios, eq(studios.id, classSeries.studioId))
    .where(
      and(
        studioId === undefined ? undefined : eq(classSeries.studioId, studioId),
        classId === undefined ? undefined : eq(classSeries.classId, classId),
        endsAfter && or(isNull(classSeries.toDate), gte(classSeries.toDate, dayInStudio(endsAfter))),
      ),
    )
    .orderBy(asc(classSeries.classId), asc(classSeries.fromDate), asc(classSeries.id))
}

const dayInStudio = (at: Temporal.Instant) =>
  sql`(${at.toString()}::timestamptz at time zone ${studios.timeZone})::date`

/** The series of a class that begin at a time of the wall clock and have not ended before a date, but for one. */
export function listSeriesAt(
  db: Queryable,
  { classId, localTime }: SeriesRow,
  notEndedOn: Temporal.PlainDate,
  except: number | null,
): Promise<SeriesRow[]> {
  return db
    .select()
    .from(classSeries)
    .where(
      and(
        eq(classSeries.classId, classId),
        eq(classSeries.localTime, localTime),
        or(isNull(classSeries.toDate), gte(classSeries.toDate, notEndedOn)),
        except === null ? undefined : ne(classSeries.id, except),
      ),
    )
    .orderBy(asc(classSeries.id))
}

/**
 * Gives the slots of a series from a local date on, with their ids and bookings, to another series. Its unit is the only
 * one that holds several slots: it takes them by id and before any resource, and no other unit waits for a second slot.
 */
export async function handSlotsOver(
  tx: Tx,
  { seriesId, toSeriesId, fromDate }: { seriesId: number; toSeriesId: number; fromDate: Temporal.PlainDate },
  now: Temporal.Instant,
) {
  const ids = await tx
    .select({ id: classSlots.id })
    .from(classSlots)
    .where(and(eq(classSlots.seriesId, seriesId), gte(classSlots.occurrenceDate, fromDate)))
    .orderBy(asc(classSlots.id))
    .for('no key update')
  if (ids.length === 0) return
  await tx
    .update(classSlots)
    .set({ seriesId: toSeriesId, updatedAt: now, version: sql`${classSlots.version} + 1` })
    .where(
      inArray(
        classSlots.id,
        ids.map(({ id }) => id),
      ),
    )
}
