import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { employees } from '../employees/tables.ts'
import {
  currency,
  instant,
  instantOrForever,
  instantRange,
  money,
  plainDate,
  plainTime,
  ref,
} from '../platform/columns.ts'
import { aggregateTable, belongsTo, tenantTable } from '../platform/tenant-table.ts'
import { daysOfWeek, studios } from '../studios/tables.ts'

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

/** Somebody or something that bookings occupy. The name of an employee stands in `employees`. */
export const resources = aggregateTable(
  'resources',
  {
    studioId: ref('studio_id').notNull(),
    kind: text('kind', { enum: ['EMPLOYEE', 'ROOM', 'DEVICE'] }).notNull(),
    employeeId: ref('employee_id'),
    name: text('name'),
    description: text('description'),
    /** Allocations at the same time. */
    capacity: integer('capacity').notNull().default(1),
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    uniqueIndex('resources_employee_once').on(t.tenantId, t.studioId, t.employeeId),
    index('resources_studio').on(t.tenantId, t.studioId, t.id),
    check('resources_capacity_positive', sql`${t.capacity} >= 1`),
    check('resources_employee_named', sql`(${t.kind} = 'EMPLOYEE') = (${t.employeeId} is not null)`),
    check('resources_named', sql`${t.kind} = 'EMPLOYEE' or ${t.name} is not null`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.employeeId, employees),
  ],
)

/** A weekly shift on the wall clock; `time_to` at or before `time_from` ends on the following day. No rows = always. */
export const resourceAvailabilities = tenantTable(
  'resource_availabilities',
  {
    studioId: ref('studio_id').notNull(),
    resourceId: ref('resource_id').notNull(),
    weekday: text('weekday', { enum: daysOfWeek }).notNull(),
    timeFrom: plainTime('time_from').notNull(),
    timeTo: plainTime('time_to').notNull(),
    validFrom: plainDate('valid_from'),
    validTo: plainDate('valid_to'),
  },
  (t) => [
    index('resource_availabilities_resource').on(t.tenantId, t.resourceId),
    check('resource_availabilities_dates_ordered', sql`${t.validFrom} <= ${t.validTo}`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.resourceId, resources),
  ],
)

export const resourceAbsences = tenantTable(
  'resource_absences',
  {
    studioId: ref('studio_id').notNull(),
    resourceId: ref('resource_id').notNull(),
    during: instantRange('during').notNull(),
    reason: text('reason'),
  },
  (t) => [
    index('resource_absences_resource').on(t.tenantId, t.resourceId),
    check('resource_absences_half_open', sql`lower_inc(${t.during}) and not upper_inc(${t.during})`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.resourceId, resources),
  ],
)

/**
 * Time taken from a resource, buffers included. `source_id` is an appointment, a class slot, or the blocking itself.
 * Exclusive rows of a resource never overlap: see the exclusion constraint in the migration.
 */
export const resourceAllocations = tenantTable(
  'resource_allocations',
  {
    studioId: ref('studio_id').notNull(),
    resourceId: ref('resource_id').notNull(),
    during: instantRange('during').notNull(),
    source: text('source', { enum: ['APPOINTMENT', 'CLASS_SLOT', 'BLOCKING'] }).notNull(),
    sourceId: ref('source_id').notNull(),
    exclusive: boolean('exclusive').notNull(),
    active: boolean('active').notNull().default(true),
    // The ends of `during`, to look for: under row-level security no index on a range or an expression is ever used.
    blockFrom: instant('block_from').generatedAlwaysAs(sql`lower(during)`),
    blockUntil: instantOrForever('block_until').generatedAlwaysAs(
      sql`coalesce(upper(during), 'infinity'::timestamptz)`,
    ),
  },
  (t) => [
    index('resource_allocations_source').on(t.tenantId, t.source, t.sourceId),
    index('resource_allocations_time').on(t.tenantId, t.resourceId, t.blockUntil, t.blockFrom).where(sql`${t.active}`),
    check('resource_allocations_half_open', sql`lower_inc(${t.during}) and not upper_inc(${t.during})`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.resourceId, resources),
  ],
)
