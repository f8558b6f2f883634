import { listWorking } from '../../employees/index.ts'
import type { JobStudio } from '../../platform/jobs/job.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import { weekdayNumber } from '../../studios/index.ts'
import { slotCanceled } from '../events.ts'
import {
  type ClassSeries,
  type Occurrence,
  planSeriesSlots,
  seriesOccurrences,
  type SeriesPlan,
} from './series-rules.ts'
import { openSlot } from '../settling.ts'
import { cancelSlot, changeSlot, type SlotChanges } from '../slot-planning/slot-changes.ts'
import { requireClass, storeSlots } from '../slot-planning/slot-planning.ts'
import {
  deleteSlot,
  deleteStaffing,
  hasHistory,
  listSeriesHorizons,
  listSeriesSlots,
  lockSeries,
  markPlanned,
  type SeriesRow,
  type SeriesSlotRow,
} from '../slot-planning/slot-plan-store.ts'
import { vacateSlots } from '../slot-planning/slot-resources.ts'
import { findStudioZone } from '../../bookings/index.ts'
import { isAfter, laterDate } from '../../platform/time/order.ts'

/** Four hundred whole days after today, whatever the time of day. */
const HORIZON_DAYS = 401

/** What a series gives to each of its slots. */
type SlotShape = Required<Pick<SlotChanges, 'locationId' | 'instructors' | 'maxParticipants' | 'maxWaiting'>>

interface OpenSeries {
  readonly row: SeriesRow
  readonly zone: string
  readonly today: Temporal.PlainDate
  readonly shape: SlotShape
}

/** A series with what its slots take from it and from its class. */
export async function openSeries(work: UnitOfWork, row: SeriesRow): Promise<OpenSeries> {
  const [gymClass, zone] = await Promise.all([requireClass(work, row.classId), findStudioZone(work.db, row.studioId)])
  // Who has left the studio gives none of the slots that are still to be planned.
  const working = new Set(await listWorking(work.db, row.studioId, row.instructors))
  const shape = {
    locationId: row.locationId,
    instructors: row.instructors.filter((id) => working.has(id)).map((employeeId) => ({ employeeId })),
    maxParticipants: row.maxParticipants ?? gymClass.defaultMax,
    maxWaiting: row.maxWaiting ?? gymClass.defaultMaxWaiting,
  }
  return { row, zone, today: dateIn(work.now, zone), shape }
}

/** A stored series as the rules know it. */
export function toRecurrence({ weekdays, ...row }: SeriesRow): ClassSeries {
  return { ...row, weekdays: weekdays.map(weekdayNumber) }
}

/** The occurrences that a series should have from a date up to the horizon. */
export function listWantedSlots({ row, zone, today }: OpenSeries, fromDate: Temporal.PlainDate): Occurrence[] {
  return seriesOccurrences(toRecurrence(row), { fromDate, untilDate: today.add({ days: HORIZON_DAYS }) }, zone)
}

/** Stores slots for occurrences that have none. Collisions were put up with when the series was saved, or come later. */
export function createOccurrences(
  work: UnitOfWork,
  { row, shape }: OpenSeries,
  occurrences: readonly Occurrence[],
  override = true,
): Promise<number[]> {
  const slots = occurrences.map(({ date, start, end }) => ({
    studioId: row.studioId,
    classId: row.classId,
    seriesId: row.id,
    occurrenceDate: date,
    startAt: start,
    endAt: end,
    status: 'PLANNED' as const,
    locationId: shape.locationId,
    maxParticipants: shape.maxParticipants,
    maxWaiting: shape.maxWaiting,
  }))
  return storeSlots(work, slots, { staffing: shape.instructors, locationId: shape.locationId, override })
}

/**
 * Brings the future slots of a series in line with it: one unit for what is new, then one per slot, because a unit
 * never holds two slots. What a crash cuts short, the sweeper begins again; doing it twice changes nothing.
 */
export async function replanSeries(run: RunUnit, seriesId: number) {
  const planned = await run((work) => planAndCreate(work, seriesId))
  if (!planned) return
  const { plan, series } = planned
  const shape = series.shape
  for (const { classSlotId, occurrence } of plan.move) {
    await run((work) => followSeries(work, classSlotId, shape, occurrence))
  }
  for (const classSlotId of planned.unlike) await run((work) => followSeries(work, classSlotId, shape))
  for (const classSlotId of [...plan.cancel, ...plan.delete]) await run((work) => dropSlot(work, classSlotId))
  await run((work) => markPlanned(work.tx, seriesId, series.row.version))
}

interface Replanning {
  readonly plan: SeriesPlan
  readonly series: OpenSeries
  /** Slots that keep their time, but have another room, staff or capacity than the series. */
  readonly unlike: readonly number[]
}

async function planAndCreate(work: UnitOfWork, seriesId: number): Promise<Replanning | undefined> {
  const row = await lockSeries(work.tx, seriesId)
  if (!row) return undefined
  const series = await openSeries(work, row)
  const slots = await listSeriesSlots(work.db, seriesId, series.today)
  const plan = planSeriesSlots(slots, listWantedSlots(series, series.today), work.now)
  await createOccurrences(work, series, plan.create)
  const kept = new Set(plan.keep)
  const unlike = slots.filter((slot) => kept.has(slot.classSlotId) && !hasShape(slot, series.shape))
  return { plan, series, unlike: unlike.map(({ classSlotId }) => classSlotId) }
}

function hasShape(slot: SeriesSlotRow, { instructors, ...shape }: SlotShape): boolean {
  const planned = instructors.map(({ employeeId }) => employeeId).toSorted((a, b) => a - b)
  return (
    slot.locationId === shape.locationId &&
    slot.maxParticipants === shape.maxParticipants &&
    slot.maxWaiting === shape.maxWaiting &&
    String(slot.instructorIds) === String(planned)
  )
}

/** Whether the slot still goes with its series: meanwhile staff may have edited or canceled it. */
async function goesWithSeries(work: UnitOfWork, classSlotId: number): Promise<boolean> {
  const facts = await openSlot(work, classSlotId)
  if (!facts || facts.row.detached || facts.row.status === 'CANCELED') return false
  return isAfter(facts.row.startAt, work.now)
}

async function followSeries(work: UnitOfWork, classSlotId: number, shape: SlotChanges, to?: Occurrence) {
  if (!(await goesWithSeries(work, classSlotId))) return
  // The moment may have passed since the series was planned: then the slot keeps its time.
  const time = to && isAfter(to.start, work.now) ? { start: to.start, end: to.end } : {}
  await changeSlot(work, classSlotId, { ...shape, ...time }, { followsSeries: true, override: true })
}

/** The series has no slot here any more: one that was ever booked is canceled, the others vanish. */
async function dropSlot(work: UnitOfWork, classSlotId: number) {
  if (!(await goesWithSeries(work, classSlotId))) return
  if (await hasHistory(work.db, classSlotId)) return cancelSlot(work, classSlotId)
  const facts = await openSlot(work, classSlotId)
  if (!facts) return
  const { studioId, classId } = facts.row
  await vacateSlots(work, [classSlotId])
  await deleteStaffing(work.tx, classSlotId)
  await deleteSlot(work.tx, classSlotId)
  work.audit({ action: 'classSlot.deleted', entityKind: 'classSlot', entityId: classSlotId, studioId })
  work.emit(slotCanceled({ classSlotId, classId, studioId }))
}

/** Moves the horizon of a studio's series on, from where each of them ends. */
export async function extendSeries(work: UnitOfWork, studio: JobStudio) {
  for (const { seriesId, lastDate } of await listSeriesHorizons(work.db, studio.id)) {
    const row = await lockSeries(work.tx, seriesId)
    if (!row) continue
    const series = await openSeries(work, row)
    const next = lastDate === null ? series.today : Temporal.PlainDate.from(lastDate).add({ days: 1 })
    const fromDate = laterDate(next, series.today)
    const wanted = listWantedSlots(series, fromDate)
    await createOccurrences(
      work,
      series,
      wanted.filter(({ start }) => isAfter(start, work.now)),
    )
  }
}
