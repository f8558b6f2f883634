import { and, asc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import { employees } from '../employees/tables.ts'
import { prepared, type Queryable } from '../platform/database.ts'
import { bookingRules, bookings, classes, classSlotInstructors, classSlots, resources } from './tables.ts'
import type { Window } from './window-rules.ts'

/** The slots of one page, with the terms of their rule where they have none of their own. */
const pageOf = (db: Queryable, condition: SQL | undefined) =>
  db
    .select({
      tenantId: classSlots.tenantId,
      classSlotId: classSlots.id,
      start: classSlots.startAt,
      end: classSlots.endAt,
      locationId: classSlots.locationId,
      maxParticipants: classSlots.maxParticipants,
      maxWaiting: classSlots.maxWaiting,
      additionalParticipants: classSlots.additionalParticipants,
      bookedCount: classSlots.bookedCount,
      waitingCount: classSlots.waitingCount,
      earliestTermValue: sql<
        number | null
      >`coalesce(${classSlots.earliestTermValue}, ${bookingRules.earliestTermValue})`.as('earliest_value'),
      earliestTermUnit: sql<TermUnit>`coalesce(${classSlots.earliestTermUnit}, ${bookingRules.earliestTermUnit})`.as(
        'earliest_unit',
      ),
      latestTermValue: sql<number | null>`coalesce(${classSlots.latestTermValue}, ${bookingRules.latestTermValue})`.as(
        'latest_value',
      ),
      latestTermUnit: sql<TermUnit>`coalesce(${classSlots.latestTermUnit}, ${bookingRules.latestTermUnit})`.as(
        'latest_unit',
      ),
      classId: classSlots.classId,
      title: classes.title,
    })
    .from(classSlots)
    .innerJoin(classes, and(eq(classes.tenantId, classSlots.tenantId), eq(classes.id, classSlots.classId)))
    .innerJoin(bookingRules, and(eq(bookingRules.tenantId, classes.tenantId), eq(bookingRules.id, classes.ruleId)))
    .where(
      and(
        eq(classSlots.studioId, sql.placeholder('studioId')),
        eq(classSlots.status, 'PLANNED'),
        eq(classes.active, true),
        eq(classes.onlineVisible, true),
        condition,
      ),
    )
    .orderBy(asc(classSlots.startAt), asc(classSlots.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('skipped'))
    .as('page')

/** Nearly always empty, since the sweeper cancels what has expired: one look at a small index for the whole page. */
const expiredOf = (db: Queryable) =>
  db
    .select({ slotId: bookings.classSlotId, count: sql<number>`count(*)::int`.as('count') })
    .from(bookings)
    .where(
      and(
        eq(bookings.status, 'BOOKED_WITH_CONFIRMATION_REQUIRED'),
        sql`${bookings.confirmDeadline} < ${sql.placeholder('now')}::timestamptz`,
      ),
    )
    .groupBy(bookings.classSlotId)
    .as('expired')

/** One row per slot and instructor; a slot without instructors has one row without. */
const shownSlots = (db: Queryable, condition: SQL | undefined) => {
  const [page, expired] = [pageOf(db, condition), expiredOf(db)]
  return db
    .select({
      slot: {
        classSlotId: page.classSlotId,
        start: page.start,
        end: page.end,
        maxParticipants: page.maxParticipants,
        maxWaiting: page.maxWaiting,
        additionalParticipants: page.additionalParticipants,
        bookedCount: page.bookedCount,
        waitingCount: page.waitingCount,
        earliestTermValue: page.earliestTermValue,
        earliestTermUnit: page.earliestTermUnit,
        latestTermValue: page.latestTermValue,
        latestTermUnit: page.latestTermUnit,
        classId: page.classId,
        title: page.title,
        expiredCount: expired.count,
      },
      location: { id: resources.id, name: resources.name, description: resources.description },
      instructor: {
        id: employees.id,
        firstName: employees.firstName,
        lastName: employees.lastName,
        publicName: employees.publicName,
      },
    })
    .from(page)
    .leftJoin(expired, eq(expired.slotId, page.classSlotId))
    .leftJoin(resources, and(eq(resources.tenantId, page.tenantId), eq(resources.id, page.locationId)))
    .leftJoin(
      classSlotInstructors,
      and(eq(classSlotInstructors.tenantId, page.tenantId), eq(classSlotInstructors.slotId, page.classSlotId)),
    )
    .leftJoin(
      employees,
      and(eq(employees.tenantId, classSlotInstructors.tenantId), eq(employees.id, classSlotInstructors.employeeId)),
    )
    .orderBy(asc(page.start), asc(page.classSlotId), asc(employees.id))
}

type TermUnit = (typeof bookingRules.$inferSelect)['earliestTermUnit']

const inWindow = and(gte(classSlots.startAt, sql.placeholder('from')), lt(classSlots.startAt, sql.placeholder('until')))
const ofClass = eq(classSlots.classId, sql.placeholder('classId'))

const slotsOfStudio = prepared((db) => shownSlots(db, inWindow).prepare('classes_list_studio_slots'))
const slotsOfClass = prepared((db) => shownSlots(db, and(ofClass, inWindow)).prepare('classes_list_class_slots'))
const slotOfClass = prepared((db) =>
  shownSlots(db, and(ofClass, eq(classSlots.id, sql.placeholder('classSlotId')))).prepare('classes_find_shown_slot'),
)

/** Which slots to list; without a class those of all classes of the studio. */
export interface SlotPage extends Window {
  readonly studioId: number
  readonly classId?: number
  readonly skipped: number
  readonly limit: number
}

/** Planned slots of classes on show that start in the window, by start and id, as they are at `now`. */
export async function listSlots(db: Queryable, page: SlotPage, now: Temporal.Instant): Promise<ShownSlot[]> {
  const { classId, ...all } = page
  const values = { ...all, now: now.toString() }
  const rows =
    classId === undefined
      ? await slotsOfStudio(db).execute(values)
      : await slotsOfClass(db).execute({ ...values, classId })
  return bySlot(rows, now)
}

/** One planned slot of a class on show, whenever it takes place. */
export async function findShownSlot(
  db: Queryable,
  { studioId, classId, classSlotId }: { studioId: number; classId: number; classSlotId: number },
  now: Temporal.Instant,
): Promise<ShownSlot | undefined> {
  const one = { limit: 1, skipped: 0, now: now.toString() }
  const rows = await slotOfClass(db).execute({ studioId, classId, classSlotId, ...one })
  return bySlot(rows, now)[0]
}

type Row = Awaited<ReturnType<ReturnType<typeof slotsOfClass>['execute']>>[number]
type SlotColumns = Omit<Row['slot'], 'expiredCount'>

export interface ShownSlot extends SlotColumns {
  readonly location: Row['location']
  readonly instructors: NonNullable<Row['instructor']>[]
}

/** Gathers the instructors of each slot, and leaves out what has expired: nobody waits for a slot that has begun. */
function bySlot(rows: readonly Row[], now: Temporal.Instant): ShownSlot[] {
  const slots: ShownSlot[] = []
  for (const { slot, location, instructor } of rows) {
    let last = slots.at(-1)
    if (last?.classSlotId !== slot.classSlotId) {
      const hasBegun = Temporal.Instant.compare(now, slot.start) >= 0
      const { expiredCount, ...columns } = slot
      const counts = {
        bookedCount: slot.bookedCount - (expiredCount ?? 0),
        waitingCount: hasBegun ? 0 : slot.waitingCount,
      }
      slots.push((last = { ...columns, ...counts, location, instructors: [] }))
    }
    if (instructor) last.instructors.push(instructor)
  }
  return slots
}
