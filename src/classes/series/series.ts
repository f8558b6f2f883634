import { diffValues } from '../../platform/units/audit-values.ts'
import { badRequest, conflict, notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import { isAfter } from '../../platform/time/order.ts'
import { instantAt } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { defined } from '../../platform/values/defined.ts'
import { type DayOfWeek, sortDays } from '../../studios/index.ts'
import { findSharedDate, firstDateFrom } from './series-date-rules.ts'
import { createOccurrences, openSeries, replanSeries, listWantedSlots, toRecurrence } from './series-planning.ts'
import { planSeriesSlots } from './series-rules.ts'
import { listSeriesAt } from './series-store.ts'
import type { PlanOptions } from '../../resources/index.ts'
import { requireClass, requireInstructors, requireLocation } from '../slot-planning/slot-planning.ts'
import {
  insertSeries,
  listSeriesSlots,
  lockClass,
  lockSeries,
  markPlanned,
  type SeriesRow,
  updateSeriesRow,
} from '../slot-planning/slot-plan-store.ts'
import { refuseCollisions } from '../slot-planning/slot-resources.ts'

/** A weekly recurrence on the wall clock of the studio; dates inclusive. */
export interface SeriesInput {
  readonly classId: number
  readonly weekdays: readonly DayOfWeek[]
  readonly localTime: Temporal.PlainTime
  /** Elapsed minutes; left out: those of the class. */
  readonly durationMin?: number
  readonly everyNWeeks?: number
  readonly fromDate: Temporal.PlainDate
  readonly toDate?: Temporal.PlainDate | null
  readonly locationId?: number | null
  /** Employee ids. */
  readonly instructors?: readonly number[]
  /** Left out or null: as the class says. */
  readonly maxParticipants?: number | null
  readonly maxWaiting?: number | null
}

/** Adds a series and plans its slots at least 400 days ahead. Returns its id. */
export async function createSeries(work: UnitOfWork, input: SeriesInput, { override = false }: PlanOptions = {}) {
  // Another series of the class that is planned at the same moment waits here, and then finds this one.
  const gymClass = await lockClass(work.tx, input.classId)
  if (!gymClass) throw notFound('class', input.classId)
  const { studioId } = gymClass
  await requireLocation(work, gymClass, input.locationId ?? null)
  const { weekdays, instructors = [], durationMin = gymClass.durationMin } = input
  const values = { ...input, studioId, durationMin, weekdays: sortDays(weekdays), instructors: [...instructors] }
  refuseImpossible(values)
  await requireInstructors(work, studioId, instructors)
  const seriesId = await insertSeries(work.tx, values, work.now)
  const row = (await lockSeries(work.tx, seriesId)) as SeriesRow
  await refuseUselessSeries(work, row)
  const series = await openSeries(work, row)
  const { create } = planSeriesSlots([], listWantedSlots(series, series.today), work.now)
  await createOccurrences(work, series, create, override)
  await markPlanned(work.tx, seriesId, row.version)
  auditSeries(work, row, 'created', diffValues({}, values))
  return seriesId
}

export type SeriesChanges = Partial<Omit<SeriesInput, 'classId'>>

export interface SeriesOptions extends PlanOptions {
  /** Refuses when another writer has changed the series since. */
  readonly version?: number
}

/**
 * Changes a series. Its future slots follow right after the commit: they move with their bookings, appear, or fall away;
 * those that were edited by themselves stay.
 */
export async function updateSeries(
  work: UnitOfWork,
  seriesId: number,
  { weekdays, instructors, ...changes }: SeriesChanges,
  { override = false, version }: SeriesOptions = {},
) {
  const before = await lockSeries(work.tx, seriesId)
  if (!before) throw notFound('classSeries', seriesId)
  if (version !== undefined && version !== before.version) throw conflict('errormessage.concurrentModification')
  const values = {
    ...changes,
    ...defined({ weekdays: weekdays && sortDays(weekdays), instructors: instructors && [...instructors] }),
  }
  const diff = diffValues<Partial<SeriesRow>>(before, values)
  if (Object.keys(diff).length === 0) return
  const after = { ...before, ...values } as SeriesRow
  refuseImpossible(after)
  if (instructors) await requireInstructors(work, before.studioId, instructors)
  await lockClass(work.tx, before.classId)
  await requireLocation(work, await requireClass(work, before.classId), after.locationId)
  if (Object.keys(diff).some((field) => field in timing)) await refuseUselessSeries(work, after)
  if (!override) await refuseSeriesCollisions(work, after)
  await updateSeriesRow(work.tx, seriesId, values, work.now)
  auditSeries(work, before, 'changed', diff)
  work.afterCommit((run) => replanSeries(run, seriesId))
}

/** What decides where and when a series takes place. */
const timing = { weekdays: 1, localTime: 1, everyNWeeks: 1, fromDate: 1, toDate: 1, locationId: 1 }

/**
 * Refuses a series that takes place on no day to come, and one that has the class at a time at which another series has
 * it already: twice in one room, or nobody knows where.
 */
export async function refuseUselessSeries(work: UnitOfWork, row: SeriesRow) {
  const { zone, today } = await openSeries(work, row)
  const recurrence = toRecurrence(row)
  const begun = !isAfter(instantAt(today, row.localTime, zone), work.now)
  const fromDate = begun ? today.add({ days: 1 }) : today
  if (firstDateFrom(recurrence, fromDate) === undefined) throw badRequest('errormessage.classSeries.noDate')
  for (const other of await listSeriesAt(work.db, row, fromDate, row.id)) {
    const isApart = row.locationId !== null && other.locationId !== null && row.locationId !== other.locationId
    const date = isApart ? undefined : findSharedDate(recurrence, toRecurrence(other), fromDate)
    if (date === undefined) continue
    const args = [
      { type: 'INTEGER', value: other.id },
      { type: 'DATE', value: date.toString() },
    ] as const
    throw conflict('errormessage.classSeries.duplicate', { args })
  }
}

/** Asks whether the slots as they will be collide with anything but the series itself. */
export async function refuseSeriesCollisions(work: UnitOfWork, row: SeriesRow) {
  const series = await openSeries(work, row)
  const slots = await listSeriesSlots(work.db, row.id, series.today)
  const { create, move } = planSeriesSlots(slots, listWantedSlots(series, series.today), work.now)
  const kept = slots.filter(({ status, isDetached }) => status === 'PLANNED' && !isDetached)
  const moved = new Map(move.map(({ classSlotId, occurrence }) => [classSlotId, occurrence]))
  const ahead = (one: { readonly start: Temporal.Instant }) => isAfter(one.start, work.now)
  const blocks = [
    ...create.map((one) => ({ ...one, classSlotId: 0 })),
    ...kept.map((slot) => ({ ...slot, ...moved.get(slot.classSlotId) })),
  ]
  await refuseCollisions(work, blocks.filter(ahead), {
    studioId: row.studioId,
    locationId: row.locationId,
    instructorIds: row.instructors,
    override: false,
    except: new Set(kept.map(({ classSlotId }) => classSlotId)),
  })
}

/** The longest pause between two weeks of a series: ten years. */
export const mostWeeksApart = 520

/** What no series can be. */
export function refuseImpossible({
  weekdays,
  durationMin,
  everyNWeeks = 1,
  fromDate,
  toDate,
}: Pick<SeriesInput, 'weekdays' | 'everyNWeeks' | 'fromDate' | 'toDate'> & { readonly durationMin: number }) {
  if (weekdays.length === 0) throw refuseFields([violation('weekdays', 'required')])
  if (durationMin <= 0) throw refuseFields([violation('durationMin', 'min', { type: 'INTEGER', value: 1 })])
  if (everyNWeeks < 1) throw refuseFields([violation('everyNWeeks', 'min', { type: 'INTEGER', value: 1 })])
  if (everyNWeeks > mostWeeksApart)
    throw refuseFields([violation('everyNWeeks', 'max', { type: 'INTEGER', value: mostWeeksApart })])
  if (toDate && isAfter(fromDate, toDate))
    throw refuseFields([violation('fromDate', 'dateOrder', { type: 'STRING', value: 'toDate' })])
}

/** Writes down what staff did with a series. */
export function auditSeries(
  work: UnitOfWork,
  { id, studioId }: Pick<SeriesRow, 'id' | 'studioId'>,
  action: 'created' | 'changed' | 'ended',
  diff: ReturnType<typeof diffValues>,
) {
  work.audit({ action: `classSeries.${action}`, entityKind: 'classSeries', entityId: id, studioId, diff })
}
