import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { customerParts, lookBackHours } from '../bookings/index.ts'
import { prepared, preparedWrite, type Queryable, type Tx } from '../platform/database/database.ts'
import { ready } from '../platform/database/in-order.ts'
import { studios } from '../studios/tables.ts'
import { bookingRules } from '../bookings/tables.ts'
import { classes, classSlots } from './tables.ts'

const areAsked = sql`${classSlots.id} = any(${sql.placeholder('classSlotIds')}::bigint[])`

const slotLock = preparedWrite((tx) =>
  tx
    .select({ classSlotId: classSlots.id })
    .from(classSlots)
    .where(eq(classSlots.id, sql.placeholder('classSlotId')))
    .for('no key update')
    .prepare('classes_lock_slot'),
)

/** Another unit that changes a slot or its bookings waits until this one ends. What follows reads what the winner before us committed. */
export const readySlotLock = (classSlotId: number) => ready(slotLock, { classSlotId }, (rows) => rows.length > 0)

const slotLocks = preparedWrite((tx) =>
  tx
    .select({ classSlotId: classSlots.id })
    .from(classSlots)
    .where(areAsked)
    .for('no key update', { skipLocked: true })
    .prepare('classes_lock_slots'),
)

const slotsById = (rows: readonly { readonly classSlotId: number }[]) => rows.map(({ classSlotId }) => classSlotId)

/**
 * As {@link readySlotLock} for several; answers which slots are locked then. The only one is waited for. Several are not:
 * those that another unit has locked are left out, so that one slow slot does not hold up the others.
 */
export const readySlotLocks = (classSlotIds: readonly number[]) => {
  const [only, ...others] = classSlotIds
  if (only === undefined || others.length > 0) return ready(slotLocks, { classSlotIds }, slotsById)
  return ready(slotLock, { classSlotId: only }, slotsById)
}

interface ClosingJson {
  readonly from: string
  readonly until: string
}

/** Closings that touch the local day of the slot; the rule decides on the exact moments. */
const closings = sql<ClosingJson[] | null>`(
  select json_agg(json_build_object('from', k.from_local, 'until', k.to_local)) from studio_closings k
  where k.studio_id = ${classSlots.studioId}
    and k.to_local > timezone(${studios.timeZone}, ${classSlots.startAt}) - interval '1 day'
    and k.from_local < timezone(${studios.timeZone}, ${classSlots.endAt}) + interval '1 day')`

/** Pending bookings that nobody confirmed in time, and that no write has canceled yet. */
const expiredCount = sql<number>`(select count(*)::int from bookings b where b.class_slot_id = ${classSlots.id}
  and b.status = 'BOOKED_WITH_CONFIRMATION_REQUIRED' and b.confirm_deadline < ${sql.placeholder('now')}::timestamptz)`

/** The columns of a table without those that every table has: decisions never ask for them. */
function factsIn<T extends { tenantId: unknown; createdAt: unknown; updatedAt: unknown; version: unknown }>(
  columns: T,
) {
  const { tenantId: _tenant, createdAt: _made, updatedAt: _changed, version: _version, ...facts } = columns
  return facts
}

/** What bookings ask of a class; its texts are for lists. */
const classColumns = {
  id: classes.id,
  title: classes.title,
  serviceId: classes.serviceId,
  type: classes.type,
  bookable: classes.bookable,
  onlineVisible: classes.onlineVisible,
  active: classes.active,
  promotionCutoffTermValue: classes.promotionCutoffTermValue,
  promotionCutoffTermUnit: classes.promotionCutoffTermUnit,
  attendanceDefault: classes.attendanceDefault,
}

const contextParts = {
  slot: { ...factsIn(getTableColumns(classSlots)), version: classSlots.version },
  gymClass: classColumns,
  rule: factsIn(getTableColumns(bookingRules)),
  zone: studios.timeZone,
  closings,
  expiredCount,
}

/** Slots as {@link readySlotContext} finds one. */
export const slotContexts = (db: Queryable) =>
  db
    .select(contextParts)
    .from(classSlots)
    .innerJoin(classes, and(eq(classes.tenantId, classSlots.tenantId), eq(classes.id, classSlots.classId)))
    .innerJoin(bookingRules, and(eq(bookingRules.tenantId, classes.tenantId), eq(bookingRules.id, classes.ruleId)))
    .innerJoin(studios, and(eq(studios.tenantId, classSlots.tenantId), eq(studios.id, classSlots.studioId)))

const selectContext = prepared((db) =>
  slotContexts(db)
    .where(eq(classSlots.id, sql.placeholder('classSlotId')))
    .prepare('classes_find_slot_context'),
)

/** What {@link customerParts} ask for: about one customer or several, for the service and time of the slot. */
const askedAbout = (customerId: SQL, trialConfigId: SQL) => sql`(select ${customerId} as customer_id,
  ${classes.serviceId} as service_id,
  timezone(${studios.timeZone}, ${classSlots.startAt})::date as from_date,
  timezone(${studios.timeZone}, ${classSlots.endAt})::date as until_date,
  least(${sql.placeholder('now')}::timestamptz, ${classSlots.startAt}) - make_interval(hours => ${sql.raw(`${lookBackHours}`)}) as since,
  ${trialConfigId} as trial_config_id) asked`

const askedCustomer = askedAbout(
  sql`${sql.placeholder('customerId')}::bigint`,
  sql`${sql.placeholder('trialConfigId')}::bigint`,
)

const selectBookingContext = prepared((db) =>
  db
    .select({ ...contextParts, ...customerParts })
    .from(classSlots)
    .innerJoin(classes, and(eq(classes.tenantId, classSlots.tenantId), eq(classes.id, classSlots.classId)))
    .innerJoin(bookingRules, and(eq(bookingRules.tenantId, classes.tenantId), eq(bookingRules.id, classes.ruleId)))
    .innerJoin(studios, and(eq(studios.tenantId, classSlots.tenantId), eq(studios.id, classSlots.studioId)))
    .crossJoinLateral(askedCustomer)
    .where(eq(classSlots.id, sql.placeholder('classSlotId')))
    .prepare('classes_find_booking_context'),
)

/** Who wants to book what; set `trialConfigId` for a trial, then past trials count. */
export interface BookingInquiry {
  readonly classSlotId: number
  readonly customerId: number
  readonly trialConfigId: number | null
}

const wishes = sql`unnest(${sql.placeholder('classSlotIds')}::bigint[], ${sql.placeholder('customerIds')}::bigint[])
  as wish(class_slot_id, customer_id)`

const selectCustomersOfSlots = prepared((db) =>
  db
    .select({ customerId: sql<number>`asked.customer_id`, ...customerParts })
    .from(wishes)
    .innerJoin(classSlots, eq(classSlots.id, sql`wish.class_slot_id`))
    .innerJoin(classes, and(eq(classes.tenantId, classSlots.tenantId), eq(classes.id, classSlots.classId)))
    .innerJoin(studios, and(eq(studios.tenantId, classSlots.tenantId), eq(studios.id, classSlots.studioId)))
    .crossJoinLateral(askedAbout(sql`wish.customer_id`, sql`null::bigint`))
    .prepare('classes_find_customers_of_slots'),
)

/** All about several customers, each of whom wants to book one slot, none of them for a trial. */
export const readyCustomersOfSlots = (pairs: readonly Omit<BookingInquiry, 'trialConfigId'>[], now: Temporal.Instant) =>
  ready(
    selectCustomersOfSlots,
    {
      classSlotIds: pairs.map(({ classSlotId }) => classSlotId),
      customerIds: pairs.map(({ customerId }) => customerId),
      now: now.toString(),
    },
    (rows) => rows,
  )

/** {@link readySlotContext} together with all about the customer, in one statement: every booking pays for it. */
export const readyBookingContext = (inquiry: BookingInquiry, now: Temporal.Instant) =>
  ready(selectBookingContext, { ...inquiry, now: now.toString() }, ([row]) => row)

/** A slot as stored, with its class, rule and studio, and how many of its bookings have expired by `now`. */
export const readySlotContext = (classSlotId: number, now: Temporal.Instant) =>
  ready(selectContext, { classSlotId, now: now.toString() }, ([row]) => row)

const selectContexts = prepared((db) => slotContexts(db).where(areAsked).prepare('classes_find_slot_contexts'))

/** {@link readySlotContext} for several slots. */
export const readySlotContexts = (classSlotIds: readonly number[], now: Temporal.Instant) =>
  ready(selectContexts, { classSlotIds, now: now.toString() }, (rows) => rows)

/** As {@link readySlotContext}, read now. */
export const findSlotContext = (db: Queryable, classSlotId: number, now: Temporal.Instant) =>
  readySlotContext(classSlotId, now).send(db)

export type SlotContext = NonNullable<Awaited<ReturnType<typeof findSlotContext>>>
export type BookingContext = NonNullable<Awaited<ReturnType<ReturnType<typeof readyBookingContext>['send']>>>
export type SlotRow = SlotContext['slot']

const hasSeat = sql`(${classSlots.maxParticipants} is null
  or ${classSlots.bookedCount} + ${classSlots.additionalParticipants} < ${classSlots.maxParticipants})`

const seatTake = preparedWrite((tx) =>
  tx
    .update(classSlots)
    .set({
      bookedCount: sql`${classSlots.bookedCount} + 1`,
      waitingCount: sql`${classSlots.waitingCount} - ${sql.placeholder('leavesQueue')}::boolean::int`,
    })
    .where(
      and(
        eq(classSlots.id, sql.placeholder('classSlotId')),
        eq(classSlots.status, 'PLANNED'),
        sql`(${hasSeat} or ${sql.placeholder('force')}::boolean)`,
      ),
    )
    .returning({ classSlotId: classSlots.id })
    .prepare('classes_take_seat'),
)

/** Whose seat it is: of a customer who leaves the waiting list, else of a hold. Staff may force more people in than fit. */
interface SeatManner {
  readonly leavesQueue: boolean
  readonly force: boolean
}

/** Gives one seat of a planned slot away; false when there is none. Fresh bookings take theirs in `seatBooking`. */
export async function takeSeat(tx: Tx, classSlotId: number, manner: SeatManner): Promise<boolean> {
  const rows = await seatTake(tx).execute({ classSlotId, ...manner })
  return rows.length === 1
}

/** What bookings give back to their slot. `promote` raises the flag and begins a new drain. */
export interface Freed {
  readonly seats: number
  readonly waiting: number
  readonly promote: boolean
}

const freeing = preparedWrite((tx) =>
  tx
    .update(classSlots)
    .set({
      bookedCount: sql`${classSlots.bookedCount} - ${sql.placeholder('seats')}::int`,
      waitingCount: sql`${classSlots.waitingCount} - ${sql.placeholder('waiting')}::int`,
      promotionPending: sql`${classSlots.promotionPending} or ${sql.placeholder('promote')}::boolean`,
      drainNo: sql`${classSlots.drainNo} + ${sql.placeholder('promote')}::boolean::int`,
    })
    .where(eq(classSlots.id, sql.placeholder('classSlotId')))
    .prepare('classes_free_seats'),
)

export async function freeSeats(tx: Tx, classSlotId: number, freed: Freed) {
  await freeing(tx).execute({ classSlotId, ...freed })
}

/** The drain is over. */
export async function clearPromotion(tx: Tx, classSlotId: number) {
  await tx.update(classSlots).set({ promotionPending: false }).where(eq(classSlots.id, classSlotId))
}

export async function updateSlot(
  tx: Tx,
  classSlotId: number,
  changes: Partial<typeof classSlots.$inferInsert>,
  now: Temporal.Instant,
) {
  await tx
    .update(classSlots)
    .set({ ...changes, updatedAt: now, version: sql`${classSlots.version} + 1` })
    .where(eq(classSlots.id, classSlotId))
}
