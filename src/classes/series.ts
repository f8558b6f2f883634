import { diffValues } from '../platform/units/audit-values.ts'
import { conflict, refuseFields, refuseUnknown, violation } from '../platform/errors/errors.ts'
import { isAfter } from '../platform/time/order.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import type { DayOfWeek } from '../studios/index.ts'
import { createOccurrences, openSeries, replanSeries, listWantedSlots } from './series-planning.ts'
import { planSeriesSlots } from './series-rules.ts'
import type { PlanOptions } from '../resources/index.ts'
import { requireClass, requireLocation } from './slot-planning.ts'
import {
  insertSeries,
  listSeriesSlots,
  lockSeries,
  markPlanned,
  type SeriesRow,
  updateSeriesRow,
} from './slot-plan-store.ts'
import { refuseCollisions } from './slot-resources.ts'

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
  const gymClass = await requireClass(work, input.classId)
  const { studioId } = gymClass
  await requireLocation(work, gymClass, input.locationId ?? null)
  const { weekdays, instructors = [], durationMin = gymClass.durationMin } = input
  const values = { ...input, studioId, durationMin, weekdays: [...weekdays], instructors: [...instructors] }
  refuseImpossible(values)
  const seriesId = await insertSeries(work.tx, values, work.now)
  const row = (await lockSeries(work.tx, seriesId)) as SeriesRow
  const series = await openSeries(work, row)
  const { create } = planSeriesSlots([], listWantedSlots(series, series.today), work.now)
  await createOccurrences(work, series, create, override)
  await markPlanned(work.tx, seriesId, row.version)
  audit(work, row, 'created', diffValues({}, values))
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
  if (!before) throw refuseUnknown('classSeriesId')
  if (version !== undefined && version !== before.version) throw conflict('errormessage.concurrentModification')
  const values = {
    ...changes,
    ...defined({ weekdays: weekdays && [...weekdays], instructors: instructors && [...instructors] }),
  }
  const diff = diffValues<Partial<SeriesRow>>(before, values)
  if (Object.keys(diff).length === 0) return
  const after = { ...before, ...values } as SeriesRow
  refuseImpossible(after)
  await requireLocation(work, await requireClass(work, before.classId), after.locationId)
  if (!override) await refuseSeriesCollisions(work, after)
  await updateSeriesRow(work.tx, seriesId, values, work.now)
  audit(work, before, 'changed', diff)
  work.afterCommit((run) => replanSeries(run, seriesId))
}

/** Asks whether the slots as they will be collide with anything but the series itself. */
async function refuseSeriesCollisions(work: UnitOfWork, row: SeriesRow) {
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

function refuseImpossible({ weekdays, durationMin }: { weekdays: readonly string[]; durationMin: number }) {
  if (weekdays.length === 0) throw refuseFields([violation('weekdays', 'required')])
  if (durationMin <= 0) throw refuseFields([violation('durationMin', 'min', { type: 'INTEGER', value: 1 })])
}

function audit(
  work: UnitOfWork,
  { id, studioId }: Pick<SeriesRow, 'id' | 'studioId'>,
  action: 'created' | 'changed',
  diff: ReturnType<typeof diffValues>,
) {
  work.audit({ action: `classSeries.${action}`, entityKind: 'classSeries', entityId: id, studioId, diff })
}
