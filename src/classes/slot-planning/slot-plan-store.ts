import { and, asc, eq, gt, ne, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { classes, classSeries, classSlotInstructors, classSlots } from '../tables.ts'
import { resources } from '../../resources/tables.ts'
import { bookings } from '../../bookings/tables.ts'
import { returnedId } from '../../platform/database/returned-id.ts'

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewSlot = Omit<typeof classSlots.$inferInsert, Fill>

/** Plans slots; an occurrence of a series that is there already is left out. Returns those that are new. */
export function insertSlots(tx: Tx, slots: readonly NewSlot[], now: Temporal.Instant) {
  if (slots.length === 0) return Promise.resolve([])
  return tx
    .insert(classSlots)
    .values(slots.map((slot) => ({ ...slot, createdAt: now, updatedAt: now })))
    .onConflictDoNothing()
    .returning({ classSlotId: classSlots.id, start: classSlots.startAt, end: classSlots.endAt })
}

/** Who gives a slot; `standInFor` names the employee who was planned. */
export interface Staffing {
  readonly employeeId: number
  readonly standInFor?: number | null
}

export interface SlotStaffing extends Staffing {
  readonly classSlotId: number
  readonly studioId: number
}

export async function insertStaffing(tx: Tx, staffing: readonly SlotStaffing[], now: Temporal.Instant) {
  if (staffing.length === 0) return
  await tx
    .insert(classSlotInstructors)
    .values(staffing.map(({ classSlotId, ...same }) => ({ ...same, slotId: classSlotId, createdAt: now })))
}

export async function deleteStaffing(tx: Tx, classSlotId: number) {
  await tx.delete(classSlotInstructors).where(eq(classSlotInstructors.slotId, classSlotId))
}

/** Who gives a slot, by employee. */
export function listStaffing(db: Queryable, classSlotId: number) {
  return db
    .select({ employeeId: classSlotInstructors.employeeId, standInFor: classSlotInstructors.standInFor })
    .from(classSlotInstructors)
    .where(eq(classSlotInstructors.slotId, classSlotId))
    .orderBy(asc(classSlotInstructors.employeeId))
}

/** Removes a slot that nobody ever booked. */
export async function deleteSlot(tx: Tx, classSlotId: number) {
  await tx.delete(classSlots).where(eq(classSlots.id, classSlotId))
}

/** Whether any customer ever had a seat in the slot: then its row is history and stays. */
export async function hasHistory(db: Queryable, classSlotId: number): Promise<boolean> {
  const rows = await db.select({ id: bookings.id }).from(bookings).where(eq(bookings.classSlotId, classSlotId)).limit(1)
  return rows.length > 0
}

/** A room or device of the studio. */
export async function isLocation(db: Queryable, studioId: number, resourceId: number): Promise<boolean> {
  const rows = await db
    .select({ id: resources.id })
    .from(resources)
    .where(and(eq(resources.id, resourceId), eq(resources.studioId, studioId), ne(resources.kind, 'EMPLOYEE')))
  return rows.length > 0
}

/** Locks a class: another unit that changes what its slots are made from waits until this one ends. */
export async function lockClass(tx: Tx, classId: number) {
  const [row] = await tx.select().from(classes).where(eq(classes.id, classId)).for('no key update')
  return row
}

export async function findClassRow(db: Queryable, classId: number) {
  const [row] = await db.select().from(classes).where(eq(classes.id, classId))
  return row
}

export async function lockSeries(tx: Tx, seriesId: number) {
  const [row] = await tx.select().from(classSeries).where(eq(classSeries.id, seriesId)).for('no key update')
  return row
}

export type SeriesRow = typeof classSeries.$inferSelect

/** The slots of a series from a local date on, by date, with what they have taken from it. */
export function listSeriesSlots(db: Queryable, seriesId: number, fromDate: Temporal.PlainDate) {
  const hasBookings = sql<boolean>`(${classSlots.bookedCount} + ${classSlots.waitingCount} > 0)`
  const instructorIds = sql<number[]>`array(select i.employee_id from class_slot_instructors i
    where i.slot_id = ${sql.raw('"class_slots"."id"')} order by i.employee_id)`
  return db
    .select({
      classSlotId: classSlots.id,
      occurrenceDate: classSlots.occurrenceDate,
      start: classSlots.startAt,
      end: classSlots.endAt,
      status: classSlots.status,
      isDetached: classSlots.detached,
      locationId: classSlots.locationId,
      maxParticipants: classSlots.maxParticipants,
      maxWaiting: classSlots.maxWaiting,
      instructorIds,
      hasBookings,
    })
    .from(classSlots)
    .where(and(eq(classSlots.seriesId, seriesId), sql`${classSlots.occurrenceDate} >= ${fromDate.toString()}::date`))
    .orderBy(asc(classSlots.occurrenceDate))
}

export type SeriesSlotRow = Awaited<ReturnType<typeof listSeriesSlots>>[number]

/** The series of a studio's active classes, with the last date that each has a slot on. */
export function listSeriesHorizons(db: Queryable, studioId: number) {
  const lastDate = sql<
    string | null
  >`(select max(s.occurrence_date) from class_slots s where s.series_id = ${classSeries.id})`
  return db
    .select({ seriesId: classSeries.id, lastDate })
    .from(classSeries)
    .innerJoin(classes, eq(classes.id, classSeries.classId))
    .where(and(eq(classSeries.studioId, studioId), eq(classes.active, true)))
    .orderBy(asc(classSeries.id))
}

/** Series of which some slots follow an older version: their planning was cut short. */
export async function listUnplannedSeries(db: Queryable): Promise<number[]> {
  const rows = await db
    .select({ id: classSeries.id })
    .from(classSeries)
    .where(gt(classSeries.version, classSeries.plannedVersion))
  return rows.map(({ id }) => id)
}

export async function insertSeries(
  tx: Tx,
  series: Omit<typeof classSeries.$inferInsert, Fill | 'plannedVersion'>,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .insert(classSeries)
    .values({ ...series, createdAt: now, updatedAt: now })
    .returning({ id: classSeries.id })
  return returnedId(rows)
}

export async function updateSeriesRow(
  tx: Tx,
  seriesId: number,
  changes: Partial<typeof classSeries.$inferInsert>,
  now: Temporal.Instant,
) {
  await tx
    .update(classSeries)
    .set({ ...changes, updatedAt: now, version: sql`${classSeries.version} + 1` })
    .where(eq(classSeries.id, seriesId))
}

/** All slots follow this version now. */
export async function markPlanned(tx: Tx, seriesId: number, plannedVersion: number) {
  await tx.update(classSeries).set({ plannedVersion }).where(eq(classSeries.id, seriesId))
}
