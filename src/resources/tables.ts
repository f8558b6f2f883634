import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { employees } from '../employees/tables.ts'
import { instant, instantOrForever, instantRange, plainDate, plainTime, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, tenantTable } from '../platform/database/tenant-table.ts'
import { daysOfWeek } from '../studios/index.ts'
import { studios } from '../studios/tables.ts'

/** An employee, a room or a device that bookings occupy. The name of an employee stands in `employees`. */
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
    // The ends of `during`, to search by: under row-level security no index on a range or an expression is ever used.
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
