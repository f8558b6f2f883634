import { diffValues } from '../../platform/units/audit-values.ts'
import { badRequest, notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import { isAfter, isBefore } from '../../platform/time/order.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { sortDays } from '../../studios/index.ts'
import { defined } from '../../platform/values/defined.ts'
import {
  auditSeries,
  refuseImpossible,
  refuseSeriesCollisions,
  refuseUselessSeries,
  type SeriesChanges,
  updateSeries,
} from './series.ts'
import { takeOverDate } from './series-date-rules.ts'
import { openSeries, replanSeries, toRecurrence } from './series-planning.ts'
import { handSlotsOver } from './series-store.ts'
import { requireClass, requireInstructors, requireLocation } from '../slot-planning/slot-planning.ts'
import {
  insertSeries,
  lockClass,
  lockSeries,
  type SeriesRow,
  updateSeriesRow,
} from '../slot-planning/slot-plan-store.ts'
import type { PlanOptions } from '../../resources/index.ts'

/**
 * Ends a series after a local date, today where none is given. Its later slots fall away right after the commit: booked
 * ones are canceled, the others vanish, those that were edited by themselves stay. Returns the last date.
 */
export async function endSeries(work: UnitOfWork, seriesId: number, lastDate?: Temporal.PlainDate) {
  const { row, today } = await openForChange(work, seriesId)
  const wanted = lastDate ?? today
  if (row.toDate?.equals(wanted)) return wanted
  if (isBefore(wanted, today)) throw refuseFields([violation('lastDate', 'mustNotBePast')])
  if (row.toDate !== null && isAfter(wanted, row.toDate))
    throw refuseFields([violation('lastDate', 'dateOrder', { type: 'STRING', value: 'toDate' })])
  // One that ends before its first date never takes place: its dates lie in the past.
  const never = today.subtract({ days: 1 })
  const dates = isBefore(wanted, row.fromDate) ? { fromDate: never, toDate: never } : { toDate: wanted }
  await updateSeriesRow(work.tx, seriesId, dates, work.now)
  auditSeries(work, row, 'ended', diffValues<Partial<SeriesRow>>(row, dates))
  work.afterCommit((run) => replanSeries(run, seriesId))
  return wanted
}

/** What staff change of a series, and from which local date on; left out: of all slots to come. */
export interface SeriesTakeOver extends SeriesChanges {
  readonly from?: Temporal.PlainDate
}

/**
 * Changes a series from a date on: it ends the day before and a new one begins, which takes over the later slots with
 * their ids and bookings. Without a date, or with one not after its first date, the series itself changes. Returns the id
 * of the series that holds from then on.
 */
export async function changeSeries(
  work: UnitOfWork,
  seriesId: number,
  { from, ...changes }: SeriesTakeOver,
  options: PlanOptions = {},
): Promise<number> {
  const { row, today } = await openForChange(work, seriesId)
  if (from && isBefore(from, today)) throw refuseFields([violation('from', 'mustNotBePast')])
  const fromDate = from && takeOverDate(toRecurrence(row), from)
  if (!fromDate || !isAfter(fromDate, row.fromDate)) {
    await updateSeries(work, seriesId, changes, options)
    return seriesId
  }
  if (row.toDate && isAfter(fromDate, row.toDate)) throw badRequest('errormessage.classSeries.noDate')
  return takeOver(work, row, { ...changes, fromDate }, options)
}

async function openForChange(work: UnitOfWork, seriesId: number) {
  const row = await lockSeries(work.tx, seriesId)
  if (!row) throw notFound('classSeries', seriesId)
  await lockClass(work.tx, row.classId)
  return openSeries(work, row)
}

async function takeOver(
  work: UnitOfWork,
  before: SeriesRow,
  { fromDate, weekdays, instructors, ...changes }: SeriesChanges & { readonly fromDate: Temporal.PlainDate },
  { override = false }: PlanOptions,
): Promise<number> {
  const { tx, now } = work
  const lists = defined({ weekdays: weekdays && sortDays(weekdays), instructors: instructors && [...instructors] })
  const { id: _, createdAt: __, updatedAt: ___, version: ____, plannedVersion: _____, ...kept } = before
  const values = { ...kept, ...changes, ...lists, fromDate }
  refuseImpossible(values)
  if (instructors) await requireInstructors(work, before.studioId, instructors)
  const gymClass = await requireClass(work, before.classId)
  await requireLocation(work, gymClass, values.locationId)
  const ends = { toDate: fromDate.subtract({ days: 1 }) }
  await updateSeriesRow(tx, before.id, ends, now)
  const seriesId = await insertSeries(tx, values, now)
  await handSlotsOver(tx, { seriesId: before.id, toSeriesId: seriesId, fromDate }, now)
  const row = (await lockSeries(tx, seriesId)) as SeriesRow
  await refuseUselessSeries(work, row)
  if (!override) await refuseSeriesCollisions(work, row)
  auditSeries(work, before, 'ended', diffValues<Partial<SeriesRow>>(before, ends))
  auditSeries(work, row, 'created', diffValues<object>({}, { ...values, takesOverFrom: before.id }))
  for (const id of [before.id, seriesId]) work.afterCommit((run) => replanSeries(run, id))
  return seriesId
}
