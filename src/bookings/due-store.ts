import { sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../platform/database/database.ts'
import type { BookingTarget } from './settling.ts'

const moment = sql`${sql.placeholder('now')}::timestamptz`

/** Kept apart, so that each finds its own small index. */
const dueBookings = sql`(
  select b.kind, coalesce(b.class_slot_id, b.appointment_id) as id from bookings b
    where b.status = 'BOOKED_WITH_CONFIRMATION_REQUIRED' and b.confirm_deadline < ${moment}
  union select b.kind, b.class_slot_id from bookings b where b.status = 'WAITING_LIST' and b.starts_at <= ${moment}
  union select b.kind, coalesce(b.class_slot_id, b.appointment_id) from bookings b
    where b.settled_at is null and b.status <> 'CANCELED' and b.status = 'BOOKED' and b.ends_at <= ${moment}) as due`

const selectTargets = prepared((db) =>
  db
    .select({ kind: sql<BookingTarget['kind']>`due.kind`, id: sql<number>`due.id` })
    .from(dueBookings)
    .orderBy(sql`due.id`)
    .prepare('classes_list_due_targets'),
)

/** Slots and appointments with bookings that time has changed by `now` and no write has stored. */
export function listDueTargets(db: Queryable, now: Temporal.Instant): Promise<BookingTarget[]> {
  return selectTargets(db).execute({ now: now.toString() })
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
