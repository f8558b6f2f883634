import { and, eq, sql } from 'drizzle-orm'
import { prepared, preparedWrite, type Queryable, type Tx } from '../platform/database.ts'
import { studios } from '../studios/tables.ts'
import { bookingRules, classes, classSlots } from './tables.ts'

const slotLock = preparedWrite((tx) =>
  tx
    .select({ classSlotId: classSlots.id })
    .from(classSlots)
    .where(eq(classSlots.id, sql.placeholder('classSlotId')))
    .for('no key update')
    .prepare('classes_lock_slot'),
)

/** Whoever changes a slot or its bookings waits here. What follows reads what the winner before us committed. */
export async function lockSlot(tx: Tx, classSlotId: number): Promise<boolean> {
  const rows = await slotLock(tx).execute({ classSlotId })
  return rows.length > 0
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

const contextOf = prepared((db) =>
  db
    .select({
      slot: classSlots,
      gymClass: classes,
      rule: bookingRules,
      zone: studios.timeZone,
      closings,
      expiredCount,
    })
    .from(classSlots)
    .innerJoin(classes, and(eq(classes.tenantId, classSlots.tenantId), eq(classes.id, classSlots.classId)))
    .innerJoin(bookingRules, and(eq(bookingRules.tenantId, classes.tenantId), eq(bookingRules.id, classes.ruleId)))
    .innerJoin(studios, and(eq(studios.tenantId, classSlots.tenantId), eq(studios.id, classSlots.studioId)))
    .where(eq(classSlots.id, sql.placeholder('classSlotId')))
    .prepare('classes_find_slot_context'),
)

/** A slot as stored, with its class, rule and studio, and how many of its bookings have expired by `now`. */
export async function findSlotContext(db: Queryable, classSlotId: number, now: Temporal.Instant) {
  const [row] = await contextOf(db).execute({ classSlotId, now: now.toString() })
  return row
}

export type SlotContext = NonNullable<Awaited<ReturnType<typeof findSlotContext>>>
export type SlotRow = SlotContext['slot']

const hasSeat = sql`(${classSlots.maxParticipants} is null
  or ${classSlots.bookedCount} + ${classSlots.additionalParticipants} < ${classSlots.maxParticipants})`

const seatTake = preparedWrite((tx) =>
  tx
    .update(classSlots)
    .set({
      bookedCount: sql`${classSlots.bookedCount} + 1`,
      waitingCount: sql`${classSlots.waitingCount} - ${sql.placeholder('leaving')}::int`,
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

/**
 * Takes one seat of a planned slot, for somebody who leaves the waiting list or for a fresh booking; false when there
 * is none. Staff may force more people in than there are places.
 */
export async function takeSeat(
  tx: Tx,
  classSlotId: number,
  { fromQueue, force = false }: { readonly fromQueue: boolean; readonly force?: boolean },
): Promise<boolean> {
  const rows = await seatTake(tx).execute({ classSlotId, leaving: fromQueue ? 1 : 0, force })
  return rows.length === 1
}

const queueJoin = preparedWrite((tx) =>
  tx
    .update(classSlots)
    .set({
      waitingCount: sql`${classSlots.waitingCount} + 1`,
      nextQueueNo: sql`${classSlots.nextQueueNo} + 1`,
    })
    .where(
      and(
        eq(classSlots.id, sql.placeholder('classSlotId')),
        eq(classSlots.status, 'PLANNED'),
        sql`${classSlots.waitingCount} < coalesce(${classSlots.maxWaiting}, 0)`,
      ),
    )
    .returning({ classSlotId: classSlots.id })
    .prepare('classes_join_queue'),
)

/** Takes one place at the end of the waiting list; false when it is full. Its number is the slot's `nextQueueNo`. */
export async function joinQueue(tx: Tx, classSlotId: number): Promise<boolean> {
  const rows = await queueJoin(tx).execute({ classSlotId })
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
