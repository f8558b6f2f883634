import { and, asc, eq, gte, lt, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { employees } from '../employees/tables.ts'
import { constant } from '../platform/database/columns.ts'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { effectiveSlotStatus, type Window } from '../bookings/index.ts'
import { bookingRules, bookings } from '../bookings/tables.ts'
import { defined } from '../platform/values/defined.ts'
import { classes, classSlotInstructors, classSlots } from './tables.ts'
import { resources } from '../resources/tables.ts'

/** Only planned slots, or canceled ones too: then each row has its status. */
type Visibility = 'PLANNED' | 'ALL'

/** The slots of one page, with the terms of their rule where they have none of their own. */
const selectPage = (db: Queryable, condition: SQL | undefined, shows: Visibility) =>
  db
    .select({
      ...(shows === 'ALL' ? { status: classSlots.status } : {}),
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
        shows === 'ALL' ? undefined : eq(classSlots.status, 'PLANNED'),
        eq(classes.active, true),
        eq(classes.onlineVisible, true),
        condition,
      ),
    )
    .orderBy(asc(classSlots.startAt), asc(classSlots.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('skipped'))
    .as('page')

/** Nearly always empty, since the sweeper cancels what has expired: one read of a small index for the whole page. */
const countExpired = (db: Queryable) =>
  db
    .select({ slotId: bookings.classSlotId, count: sql<number>`count(*)::int`.as('count') })
    .from(bookings)
    .where(
      and(
        eq(bookings.status, constant('BOOKED_WITH_CONFIRMATION_REQUIRED')),
        sql`${bookings.confirmDeadline} < ${sql.placeholder('now')}::timestamptz`,
      ),
    )
    .groupBy(bookings.classSlotId)
    .as('expired')

/** One row per slot and instructor; a slot without instructors has one row without. */
const listedSlots = (db: Queryable, condition: SQL | undefined, shows: Visibility = 'PLANNED') => {
  const [page, expired] = [selectPage(db, condition, shows), countExpired(db)]
  const listed = db
    .select({
      classSlotId: sql`${page.classSlotId}`.as('classSlotId'),
      startMs: sql`extract(epoch from ${page.start}) * 1000`.as('startMs'),
      endMs: sql`extract(epoch from ${page.end}) * 1000`.as('endMs'),
      ...named({
        maxParticipants: page.maxParticipants,
        maxWaiting: page.maxWaiting,
        additionalParticipants: page.additionalParticipants,
        bookedCount: page.bookedCount,
        waitingCount: page.waitingCount,
        earliestTermValue: page.earliestTermValue,
        earliestTermUnit: page.earliestTermUnit,
        latestTermValue: page.latestTermValue,
        latestTermUnit: page.latestTermUnit,
        ...defined({ status: page.status }),
        classId: page.classId,
        title: page.title,
        expiredCount: expired.count,
        locationId: resources.id,
        locationName: resources.name,
        locationDescription: resources.description,
        instructorId: employees.id,
        firstName: employees.firstName,
        lastName: employees.lastName,
        publicName: employees.publicName,
      }),
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
    .as('shown')
  // One JSON text a row: two dozen columns would cost more to take apart than all the rest of the request.
  return db.select({ row: sql<SlotRow>`row_to_json(shown)` }).from(listed)
}

function named(columns: Readonly<Record<string, SQLWrapper>>) {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, sql`${column}`.as(name)]))
}

type TermUnit = (typeof bookingRules.$inferSelect)['earliestTermUnit']

const inWindow = and(gte(classSlots.startAt, sql.placeholder('from')), lt(classSlots.startAt, sql.placeholder('until')))
const ofClass = eq(classSlots.classId, sql.placeholder('classId'))

const ofId = and(ofClass, eq(classSlots.id, sql.placeholder('classSlotId')))

const slotsOfStudio = prepared((db) => listedSlots(db, inWindow).prepare('classes_list_studio_slots'))
const slotsOfClass = prepared((db) => listedSlots(db, and(ofClass, inWindow)).prepare('classes_list_class_slots'))
const slotOfClass = prepared((db) => listedSlots(db, ofId).prepare('classes_find_shown_slot'))
const allOfStudio = prepared((db) => listedSlots(db, inWindow, 'ALL').prepare('classes_list_all_studio_slots'))
const allOfClass = prepared((db) =>
  listedSlots(db, and(ofClass, inWindow), 'ALL').prepare('classes_list_all_class_slots'),
)
const anyOfClass = prepared((db) => listedSlots(db, ofId, 'ALL').prepare('classes_find_any_shown_slot'))

const slotsById = prepared((db) =>
  listedSlots(db, sql`${classSlots.id} = any(${sql.placeholder('ids')}::bigint[])`).prepare('classes_list_slots_by_id'),
)

/** These planned slots of classes on show, by start and id. */
export async function listSlotsById(
  db: Queryable,
  { studioId, ids }: { readonly studioId: number; readonly ids: readonly number[] },
  now: Temporal.Instant,
): Promise<ListedSlot[]> {
  if (ids.length === 0) return []
  const all = { limit: ids.length, skipped: 0, now: now.toString() }
  return bySlot(await slotsById(db).execute({ studioId, ids, ...all }), now)
}

/** Which slots to list; without a class those of all classes of the studio. */
export interface SlotPage extends Window {
  readonly studioId: number
  readonly classId?: number
  readonly includeCanceled: boolean
  readonly skipped: number
  readonly limit: number
}

/** Slots of classes on show, planned ones unless canceled ones are wanted too, that start in the window, by start and id, as they are at `now`. */
export async function listSlots(db: Queryable, page: SlotPage, now: Temporal.Instant): Promise<ListedSlot[]> {
  const { classId, includeCanceled, ...all } = page
  const values = { ...all, now: now.toString() }
  const [ofStudio, ofOneClass] = includeCanceled ? [allOfStudio, allOfClass] : [slotsOfStudio, slotsOfClass]
  const rows =
    classId === undefined ? await ofStudio(db).execute(values) : await ofOneClass(db).execute({ ...values, classId })
  return bySlot(rows, now)
}

/** One slot of a class on show, whenever it takes place; a canceled one only where it is wanted. */
export async function findListedSlot(
  db: Queryable,
  { includeCanceled, ...slot }: { studioId: number; classId: number; classSlotId: number; includeCanceled: boolean },
  now: Temporal.Instant,
): Promise<ListedSlot | undefined> {
  const one = { limit: 1, skipped: 0, now: now.toString() }
  const rows = await (includeCanceled ? anyOfClass : slotOfClass)(db).execute({ ...slot, ...one })
  return bySlot(rows, now)[0]
}

interface SlotColumns {
  readonly classSlotId: number
  readonly maxParticipants: number | null
  readonly maxWaiting: number | null
  readonly additionalParticipants: number
  readonly bookedCount: number
  readonly waitingCount: number
  readonly earliestTermValue: number | null
  readonly earliestTermUnit: TermUnit
  readonly latestTermValue: number | null
  readonly latestTermUnit: TermUnit
  readonly classId: number
  readonly title: string
}

interface SlotRow extends SlotColumns {
  readonly startMs: number
  readonly endMs: number
  readonly expiredCount: number | null
  readonly status?: 'PLANNED' | 'CANCELED'
  readonly locationId: number | null
  readonly locationName: string | null
  readonly locationDescription: string | null
  readonly instructorId: number | null
  readonly firstName: string
  readonly lastName: string
  readonly publicName: string | null
}

export interface ListedSlot extends SlotColumns {
  /** Only where canceled slots were wanted too. */
  readonly status?: 'PLANNED' | 'CANCELED' | 'COMPLETED'
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly location: { readonly id: number; readonly name: string | null; readonly description: string | null } | null
  readonly instructors: {
    readonly id: number
    readonly firstName: string
    readonly lastName: string
    readonly publicName: string | null
  }[]
}

/** Gathers the instructors of each slot. */
function bySlot(rows: readonly { readonly row: SlotRow }[], now: Temporal.Instant): ListedSlot[] {
  const slots: ListedSlot[] = []
  for (const { row } of rows) {
    let last = slots.at(-1)
    if (last?.classSlotId !== row.classSlotId) slots.push((last = readSlot(row, now)))
    const { instructorId: id, firstName, lastName, publicName } = row
    if (id !== null) last.instructors.push({ id, firstName, lastName, publicName })
  }
  return slots
}

/** Leaves out what has expired: nobody waits for a slot that has begun. */
function readSlot(row: SlotRow, now: Temporal.Instant): ListedSlot {
  const hasBegun = now.epochMilliseconds >= row.startMs
  const { locationId: id, locationName: name, locationDescription: description, status } = row
  const end = Temporal.Instant.fromEpochMilliseconds(row.endMs)
  return {
    ...(status === undefined ? {} : { status: effectiveSlotStatus({ status, end }, now) }),
    classSlotId: row.classSlotId,
    start: Temporal.Instant.fromEpochMilliseconds(row.startMs),
    end,
    maxParticipants: row.maxParticipants,
    maxWaiting: row.maxWaiting,
    additionalParticipants: row.additionalParticipants,
    bookedCount: row.bookedCount - (row.expiredCount ?? 0),
    waitingCount: hasBegun ? 0 : row.waitingCount,
    earliestTermValue: row.earliestTermValue,
    earliestTermUnit: row.earliestTermUnit,
    latestTermValue: row.latestTermValue,
    latestTermUnit: row.latestTermUnit,
    classId: row.classId,
    title: row.title,
    location: id === null ? null : { id, name, description },
    instructors: [],
  }
}
