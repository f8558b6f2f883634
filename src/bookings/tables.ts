import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { customers } from '../customers/customer-table.ts'
import { currency, instant, instantRange, money, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, byReference } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { integrations } from '../integrations/tables.ts'

export const attendances = ['PARTICIPATING', 'NOT_PARTICIPATING', 'UNSET'] as const

/**
 * A customer's seat or time. `class_slot_id` and `appointment_id` refer to modules that come after this one: the
 * references stand in the migrations, as do that of `trial_offer_config_id` and the rule that exclusive bookings of a customer never overlap.
 * So does that of `charge_claim_id`. A hold is a pending booking of nobody: it has no customer, and
 * becomes the booking of the customer who uses it.
 */
export const bookings = aggregateTable(
  'bookings',
  {
    studioId: ref('studio_id').notNull(),
    kind: text('kind', { enum: ['CLASS', 'APPOINTMENT'] }).notNull(),
    /** Null = a hold. */
    customerId: ref('customer_id'),
    classSlotId: ref('class_slot_id'),
    appointmentId: ref('appointment_id'),
    /** The main time, without buffers. */
    during: instantRange('during').notNull(),
    // The ends of `during`, to search by: under row-level security no index on a range or an expression is ever used.
    startsAt: instant('starts_at').notNull().generatedAlwaysAs(sql`lower(during)`),
    endsAt: instant('ends_at').notNull().generatedAlwaysAs(sql`upper(during)`),
    status: text('status', {
      enum: ['BOOKED', 'BOOKED_WITH_CONFIRMATION_REQUIRED', 'WAITING_LIST', 'CANCELED'],
    }).notNull(),
    participantStatus: text('participant_status', { enum: attendances }).notNull().default('UNSET'),
    /** False where the customer may be booked twice at once: parallel bookables, and what staff forced. */
    customerExclusive: boolean('customer_exclusive').notNull().default(true),
    trialOfferConfigId: ref('trial_offer_config_id'),
    confirmKind: text('confirm_kind', { enum: ['NONE', 'LEAD', 'STAFF', 'HOLD'] })
      .notNull()
      .default('NONE'),
    confirmDeadline: instant('confirm_deadline'),
    confirmedAt: instant('confirmed_at'),
    queueNo: integer('queue_no'),
    triedDrainNo: integer('tried_drain_no'),
    lateCancel: boolean('late_cancel').notNull().default(false),
    cancelReason: text('cancel_reason'),
    canceledAt: instant('canceled_at'),
    channel: text('channel', { enum: ['API', 'STAFF', 'TRIAL_OFFER'] }).notNull(),
    /** The integration that held the seat or time before a customer booked it, and until when it might; null = nobody did. */
    heldBy: ref('held_by'),
    heldUntil: instant('held_until'),
    chargeClaimId: ref('charge_claim_id'),
    /** When the end of the slot or appointment was carried out on this row (attendance, contingent). */
    settledAt: instant('settled_at'),
  },
  (t) => {
    const live = sql`${t.status} <> 'CANCELED'`
    return [
      uniqueIndex('bookings_one_per_slot')
        .on(t.tenantId, t.classSlotId, t.customerId)
        .where(sql`${live} and ${t.classSlotId} is not null`),
      uniqueIndex('bookings_one_per_appointment')
        .on(t.tenantId, t.appointmentId, t.customerId)
        .where(sql`${live} and ${t.appointmentId} is not null`),
      index('bookings_customer').on(t.tenantId, t.customerId, t.startsAt),
      index('bookings_slot').on(t.tenantId, t.classSlotId, t.status, t.queueNo),
      index('bookings_appointment').on(t.tenantId, t.appointmentId).where(sql`${t.appointmentId} is not null`),
      index('bookings_confirmation')
        .on(t.tenantId, t.confirmDeadline)
        .where(sql`${t.status} = 'BOOKED_WITH_CONFIRMATION_REQUIRED'`),
      index('bookings_waiting').on(t.tenantId, t.startsAt).where(sql`${t.status} = 'WAITING_LIST'`),
      index('bookings_unsettled')
        .on(t.tenantId, t.endsAt)
        .where(sql`${t.settledAt} is null and ${t.status} <> 'CANCELED'`),
      check(
        'bookings_kind_target',
        sql`(${t.kind} = 'CLASS') = (${t.classSlotId} is not null)
        and (${t.kind} = 'APPOINTMENT') = (${t.appointmentId} is not null)`,
      ),
      check(
        'bookings_waiting_in_queue',
        sql`${t.status} <> 'WAITING_LIST' or (${t.kind} = 'CLASS' and ${t.queueNo} is not null)`,
      ),
      check(
        'bookings_pending_has_deadline',
        sql`${t.status} <> 'BOOKED_WITH_CONFIRMATION_REQUIRED'
        or (${t.confirmKind} <> 'NONE' and ${t.confirmDeadline} is not null)`,
      ),
      check('bookings_canceled_at_known', sql`(${t.status} = 'CANCELED') = (${t.canceledAt} is not null)`),
      check('bookings_half_open', sql`lower_inc(${t.during}) and not upper_inc(${t.during})`),
      check(
        'bookings_hold_of_nobody',
        sql`(${t.confirmKind} = 'HOLD') = (${t.customerId} is null)
        and (${t.customerId} is not null or (${t.heldBy} is not null and not ${t.customerExclusive}
          and ${t.status} in ('BOOKED_WITH_CONFIRMATION_REQUIRED', 'CANCELED')))`,
      ),
      check('bookings_held_until_known', sql`num_nonnulls(${t.heldBy}, ${t.heldUntil}) in (0, 2)`),
      belongsTo(t, t.studioId, studios),
      belongsTo(t, t.customerId, customers),
      belongsTo(t, t.heldBy, integrations),
      byReference(t, t.chargeClaimId),
    ]
  },
)

// What classes and appointments share: booking rules and the resources that bookings occupy.

export const bookingTermUnits = ['MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const

/** When and by whom a class or bookable appointment may be booked and cancelled. A missing term is no limit. */
export const bookingRules = aggregateTable(
  'booking_rules',
  {
    studioId: ref('studio_id').notNull(),
    earliestTermValue: integer('earliest_term_value'),
    earliestTermUnit: text('earliest_term_unit', { enum: bookingTermUnits }),
    latestTermValue: integer('latest_term_value'),
    latestTermUnit: text('latest_term_unit', { enum: bookingTermUnits }),
    cancelTermValue: integer('cancel_term_value'),
    cancelTermUnit: text('cancel_term_unit', { enum: bookingTermUnits }),
    /** After the deadline: cancel, but keep contingent and charge. */
    cancelAfterLatest: boolean('cancel_after_latest').notNull().default(false),
    maxOpenPerCustomer: integer('max_open_per_customer'),
    maxPerPeriod: integer('max_per_period'),
    maxPerPeriodUnit: text('max_per_period_unit', { enum: ['DAY', 'WEEK', 'MONTH'] }),
    contingentMode: text('contingent_mode', { enum: ['NONE', 'REQUIRED', 'CHARGE'] })
      .notNull()
      .default('NONE'),
    price: money('price'),
    currency: currency('currency'),
    requiresActiveContract: boolean('requires_active_contract').notNull().default(true),
    /** Or within a list, and between the lists; an empty list asks for nothing. */
    allowedRateIds: ref('allowed_rate_ids').array().notNull().default([]),
    allowedModuleIds: ref('allowed_module_ids').array().notNull().default([]),
    allowedMemberCodes: text('allowed_member_codes').array().notNull().default([]),
    /** Customers of sister studios; by default on for appointments, off for classes, as the writer decides. */
    allowForeign: boolean('allow_foreign').notNull(),
    staffConfirmation: boolean('staff_confirmation').notNull().default(false),
  },
  (t) => [
    check('booking_rules_max_per_period_whole', sql`num_nonnulls(${t.maxPerPeriod}, ${t.maxPerPeriodUnit}) in (0, 2)`),
    check('booking_rules_price_has_currency', sql`num_nonnulls(${t.price}, ${t.currency}) in (0, 2)`),
    check('booking_rules_charge_has_price', sql`${t.contingentMode} <> 'CHARGE' or ${t.price} is not null`),
    belongsTo(t, t.studioId, studios),
  ],
)
