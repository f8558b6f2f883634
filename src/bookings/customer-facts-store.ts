import { and, eq, sql } from 'drizzle-orm'
import { customerStanding, isVisible, type Sight } from '../customers/index.ts'
import { customers } from '../customers/customer-table.ts'
import { membershipParts, readMembershipFacts } from '../contracts/index.ts'
import { prepared, preparedWrite, type Queryable, type Tx } from '../platform/database/database.ts'
import { ready } from '../platform/database/in-order.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { BookingStatus, CustomerBooking, CustomerFacts } from './booking-facts.ts'
import { earlier } from './rules/term-rules.ts'

const columns = {
  customerId: customers.id,
  homeStudioId: customers.studioId,
  memberCodes: customers.memberCodes,
  blockUntil: customers.bookingBlockUntil,
  blockReason: customers.bookingBlockReason,
  membershipUntil: customers.membershipUntil,
}

const isAsked = and(eq(customers.id, sql.placeholder('customerId')), isVisible)

const selectCustomer = prepared((db) =>
  db.select(columns).from(customers).where(isAsked).prepare('classes_find_customer'),
)

/** A customer whom the sight sees, as bookings need them. */
export async function findBookingCustomer(db: Queryable, customerId: number, sight: Sight) {
  const [row] = await selectCustomer(db).execute({ customerId, ...sight })
  return row
}

export type BookingCustomer = NonNullable<Awaited<ReturnType<typeof findBookingCustomer>>>

const lockedColumns = { ...columns, nextBookingId: sql<number>`nextval('palestra_id')` }

const customerLock = preparedWrite((tx) =>
  tx.select(lockedColumns).from(customers).where(isAsked).for('no key update').prepare('classes_lock_customer'),
)

/**
 * Bookings of one customer queue up here, in whatever studio they are: what follows reads what the winner committed.
 * With the customer comes the id of the booking that is about to be made.
 */
export async function lockBookingCustomer(tx: Tx, customerId: number, sight: Sight) {
  const [row] = await customerLock(tx).execute({ customerId, ...sight })
  return row
}

const manyLock = preparedWrite((tx) =>
  tx
    .select(lockedColumns)
    .from(customers)
    .where(and(sql`${customers.id} = any(${sql.placeholder('customerIds')}::bigint[])`, isVisible))
    .for('no key update', { skipLocked: true })
    .prepare('classes_lock_customers'),
)

/**
 * As {@link lockBookingCustomer} for several at once, without those whom another unit has locked: nobody waits here, so
 * that neither a deadlock nor one slow customer can hold up all.
 */
export const readyCustomersLock = (customerIds: readonly number[], sight: Sight) =>
  ready(manyLock, { customerIds, ...sight }, (rows) => rows)

// reads class_slots: a slot and its customer are locked in one statement, which every booking of a class pays for.
/** True once the slot is locked, which it is before a row of a customer gets through to its own lock. */
const isSlotLocked = sql`(select count(*) from (
  select from class_slots s where s.id = ${sql.placeholder('classSlotId')}::bigint for no key update) locked) >= 0`

const bookingLock = preparedWrite((tx) =>
  tx
    .select(lockedColumns)
    .from(customers)
    .where(and(isAsked, isSlotLocked))
    .for('no key update')
    .prepare('classes_lock_slot_and_customer'),
)

/** Locks a slot, then the customer as {@link lockBookingCustomer} does, in one statement: every booking pays for it. */
export const readySlotAndCustomerLock = (classSlotId: number, customerId: number, sight: Sight) =>
  ready(bookingLock, { classSlotId, customerId, ...sight }, ([row]) => row)

interface BookingJson {
  readonly id: number
  readonly status: BookingStatus
  readonly confirmDeadline: string | null
  readonly start: string
  readonly end: string
  readonly kind: 'CLASS' | 'APPOINTMENT'
  readonly classId: number | null
  readonly classSlotId: number | null
  readonly appointmentId: number | null
  readonly bookableId: number | null
  readonly trialOfferConfigId: number | null
}

// reads appointments: what a booking is for is stored there, and all that decides on a booking is read in one statement.
/** Bookings of the customer, with the class or bookable that each is for. */
const bookings = sql<BookingJson[] | null>`(select json_agg(json_build_object('id', b.id, 'status', b.status,
    'confirmDeadline', b.confirm_deadline, 'start', b.starts_at, 'end', b.ends_at, 'kind', b.kind,
    'classId', s.class_id, 'classSlotId', b.class_slot_id, 'appointmentId', b.appointment_id,
    'bookableId', a.bookable_id, 'trialOfferConfigId', b.trial_offer_config_id))
  from (select * from bookings n where n.customer_id = asked.customer_id and n.starts_at >= asked.since and n.status <> 'CANCELED'
    union all select * from bookings t where t.customer_id = asked.customer_id and t.starts_at < asked.since
      and t.status <> 'CANCELED' and t.trial_offer_config_id = asked.trial_config_id) b
  left join class_slots s on s.id = b.class_slot_id left join appointments a on a.id = b.appointment_id)`

/**
 * Everything about a customer that decides on bookings of one service, as parts of a statement. It has a row `asked` as
 * `membershipParts` want it, and besides `trial_config_id` and `since`, when the bookings that count begin.
 */
export const customerParts = { bookings, standing: customerStanding(sql`asked.customer_id`), ...membershipParts }

const selectFacts = prepared((db) =>
  db
    .select(customerParts)
    .from(sql`(select ${sql.placeholder('customerId')}::bigint as customer_id,
      ${sql.placeholder('serviceId')}::bigint as service_id, ${sql.placeholder('fromDate')}::date as from_date,
      ${sql.placeholder('untilDate')}::date as until_date, ${sql.placeholder('since')}::timestamptz as since,
      ${sql.placeholder('trialConfigId')}::bigint as trial_config_id) asked`)
    .prepare('classes_find_customer_facts'),
)

/** What a customer wants to book: for which service, where, and within which moments the main times lie. */
export interface CustomerQuestion {
  readonly studioId: number
  readonly zone: string
  readonly serviceId: number
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  /** Set when a trial is asked for: then past trials count. */
  readonly trialConfigId: number | null
}

/** A booking as stored, with what it is for. */
export interface StoredCustomerBooking extends CustomerBooking {
  readonly kind: 'CLASS' | 'APPOINTMENT'
  readonly appointmentId: number | null
}

export interface StoredCustomerFacts extends CustomerFacts {
  readonly bookings: readonly StoredCustomerBooking[]
}

/** Limits count the bookings of a month at most, and no booking is longer than that. */
export const lookBackHours = 32 * 24

/** Everything about a customer that decides on bookings of one service within a window, in one statement. */
export async function findCustomerFacts(
  db: Queryable,
  customer: BookingCustomer,
  question: CustomerQuestion,
  now: Temporal.Instant,
): Promise<StoredCustomerFacts> {
  const { studioId, zone, serviceId, from, until, trialConfigId } = question
  const earliest = earlier(now, from).subtract({ hours: lookBackHours })
  const dates = { fromDate: dateIn(from, zone).toString(), untilDate: dateIn(until, zone).toString() }
  const person = { customerId: customer.customerId, since: earliest.toString(), trialConfigId }
  const [row] = await selectFacts(db).execute({ ...person, serviceId, ...dates })
  if (!row) throw new Error('A statement without a table answers with one row.')
  return readCustomerFacts(row, customer, studioId)
}

type CustomerParts = { readonly [P in keyof typeof customerParts]: (typeof customerParts)[P]['_']['type'] }

/** Reads {@link customerParts} for a booking in `studioId`. */
export function readCustomerFacts(
  parts: CustomerParts,
  customer: BookingCustomer,
  studioId: number,
): StoredCustomerFacts {
  return {
    ...readMembershipFacts(parts.standing, parts.entitlements),
    customerId: customer.customerId,
    isForeign: customer.homeStudioId !== studioId,
    bookingBlock: customer.blockReason === null ? null : { until: customer.blockUntil },
    memberCodes: customer.memberCodes,
    accessRestrictions: (parts.standing?.restrictions ?? []).map(({ startDate, endDate }) => ({
      from: readDate(startDate),
      lastDay: readDate(endDate),
    })),
    bookings: (parts.bookings ?? []).map(readBooking),
  }
}

function readDate(text: string | null): Temporal.PlainDate | null {
  return text === null ? null : Temporal.PlainDate.from(text)
}

function readBooking({ id, confirmDeadline, start, end, ...same }: BookingJson): StoredCustomerBooking {
  return {
    ...same,
    bookingId: id,
    confirmDeadline: confirmDeadline === null ? null : Temporal.Instant.from(confirmDeadline),
    start: Temporal.Instant.from(start),
    end: Temporal.Instant.from(end),
  }
}
