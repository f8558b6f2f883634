import { and, eq, gt, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../platform/database.ts'
import { classSlots } from './tables.ts'
import type { BookingTarget } from './upkeep.ts'

const moment = sql`${sql.placeholder('now')}::timestamptz`
/** Kept apart, so that each finds its own small index. */
const dueBookings = sql`(
  select b.kind, coalesce(b.class_slot_id, b.appointment_id) as id from bookings b
    where b.status = 'BOOKED_WITH_CONFIRMATION_REQUIRED' and b.confirm_deadline < ${moment}
  union select b.kind, b.class_slot_id from bookings b where b.status = 'WAITING_LIST' and b.starts_at <= ${moment}
  union select b.kind, coalesce(b.class_slot_id, b.appointment_id) from bookings b
    where b.settled_at is null and b.status <> 'CANCELED' and b.status = 'BOOKED' and b.ends_at <= ${moment}) as due`

const targetsOf = prepared((db) =>
  db
    .select({ kind: sql<BookingTarget['kind']>`due.kind`, id: sql<number>`due.id` })
    .from(dueBookings)
    .orderBy(sql`due.id`)
    .prepare('classes_list_due_targets'),
)

/** Slots and appointments with bookings that time has changed by `now` without anybody having stored it. */
export function listDueTargets(db: Queryable, now: Temporal.Instant): Promise<BookingTarget[]> {
  return targetsOf(db).execute({ now: now.toString() })
}

const nextDue = prepared((db) =>
  db
    .select({
      at: sql<string | null>`least(
        (select min(b.confirm_deadline) + interval '1 microsecond' from bookings b
          where b.status = 'BOOKED_WITH_CONFIRMATION_REQUIRED' and b.confirm_deadline >= ${moment}),
        (select min(b.starts_at) from bookings b where b.status = 'WAITING_LIST' and b.starts_at > ${moment}),
        (select min(b.ends_at) from bookings b where b.settled_at is null and b.status <> 'CANCELED'
          and b.status = 'BOOKED' and b.ends_at > ${moment}))`,
    })
    .from(sql`(select 1) as one`)
    .prepare('classes_next_due'),
)

/** The first moment after `now` at which a booking changes by itself. The deadline itself still confirms. */
export async function findNextDue(db: Queryable, now: Temporal.Instant): Promise<Temporal.Instant | undefined> {
  const [row] = await nextDue(db).execute({ now: now.toString() })
  return row?.at ? Temporal.Instant.from(row.at) : undefined
}

/** Slots whose drain was cut short. */
export async function listPendingDrains(db: Queryable): Promise<number[]> {
  const rows = await db.select({ id: classSlots.id }).from(classSlots).where(sql`${classSlots.promotionPending}`)
  return rows.map(({ id }) => id)
}

/** Slots yet to begin that have a free seat although somebody waits: nobody could take it when last asked. */
export async function listStuckQueues(db: Queryable, now: Temporal.Instant): Promise<number[]> {
  const isFree = sql`(${classSlots.maxParticipants} is null
    or ${classSlots.bookedCount} + ${classSlots.additionalParticipants} < ${classSlots.maxParticipants})`
  const rows = await db
    .select({ id: classSlots.id })
    .from(classSlots)
    .where(and(gt(classSlots.waitingCount, 0), eq(classSlots.status, 'PLANNED'), gt(classSlots.startAt, now), isFree))
  return rows.map(({ id }) => id)
}
