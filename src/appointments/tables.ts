import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { attendances, bookingRules } from '../bookings/tables.ts'
import { resources } from '../resources/tables.ts'
import { services } from '../entitlements/tables.ts'
import { instant, plainDate, ref } from '../platform/database/columns.ts'
import { files } from '../platform/tables.ts'
import { aggregateTable, belongsTo, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'

/** What can be booked at a time of the customer's choice: a training, a massage, a measurement. All times in minutes. */
export const bookableAppointments = aggregateTable(
  'bookable_appointments',
  {
    studioId: ref('studio_id').notNull(),
    serviceId: ref('service_id').notNull(),
    title: text('title').notNull(),
    category: text('category'),
    description: text('description'),
    imageId: ref('image_id'),
    durationMin: integer('duration_min').notNull(),
    prepMin: integer('prep_min').notNull().default(0),
    followUpMin: integer('follow_up_min').notNull().default(0),
    /** Starts lie on local minutes of the day that leave `grid_offset_min` when divided by this. */
    gridMin: integer('grid_min').notNull().default(15),
    gridOffsetMin: integer('grid_offset_min').notNull().default(0),
    maxParticipants: integer('max_participants').notNull().default(1),
    active: boolean('active').notNull().default(true),
    onlineBookable: boolean('online_bookable').notNull().default(true),
    forCustomers: boolean('for_customers').notNull().default(true),
    validFrom: plainDate('valid_from'),
    validTo: plainDate('valid_to'),
    customerPicksInstructor: boolean('customer_picks_instructor').notNull().default(false),
    /** May overlap the customer's other bookings. */
    allowParallel: boolean('allow_parallel').notNull().default(false),
    ruleId: ref('rule_id').notNull(),
    attendanceDefault: text('attendance_default', { enum: attendances }).notNull().default('UNSET'),
  },
  (t) => [
    index('bookable_appointments_active').on(t.tenantId, t.studioId, t.id).where(sql`${t.active}`),
    check('bookable_appointments_duration_positive', sql`${t.durationMin} > 0`),
    check('bookable_appointments_buffers_counted', sql`${t.prepMin} >= 0 and ${t.followUpMin} >= 0`),
    check('bookable_appointments_grid_divides_day', sql`${t.gridMin} > 0 and 1440 % ${t.gridMin} = 0`),
    check('bookable_appointments_grid_offset', sql`${t.gridOffsetMin} >= 0 and ${t.gridOffsetMin} < ${t.gridMin}`),
    check('bookable_appointments_participants_positive', sql`${t.maxParticipants} >= 1`),
    check('bookable_appointments_dates_ordered', sql`${t.validFrom} <= ${t.validTo}`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.serviceId, services),
    belongsTo(t, t.imageId, files),
    belongsTo(t, t.ruleId, bookingRules),
  ],
)

/** `count` resources of one kind out of the line's pool. */
export const requirements = tenantTable(
  'requirements',
  {
    studioId: ref('studio_id').notNull(),
    bookableId: ref('bookable_id').notNull(),
    kind: text('kind', { enum: ['EMPLOYEE', 'ROOM', 'DEVICE'] }).notNull(),
    count: integer('count').notNull().default(1),
  },
  (t) => [
    index('requirements_bookable').on(t.tenantId, t.bookableId),
    check('requirements_count_positive', sql`${t.count} >= 1`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.bookableId, bookableAppointments),
  ],
)

/** A resource sits in one line of a bookable only: that is what makes taking the first free ones exact. */
export const requirementResources = tenantTable(
  'requirement_resources',
  {
    studioId: ref('studio_id').notNull(),
    requirementId: ref('requirement_id').notNull(),
    bookableId: ref('bookable_id').notNull(),
    resourceId: ref('resource_id').notNull(),
    priority: integer('priority').notNull().default(0),
  },
  (t) => [
    uniqueIndex('requirement_resources_one_line').on(t.tenantId, t.bookableId, t.resourceId),
    index('requirement_resources_requirement').on(t.tenantId, t.requirementId),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.requirementId, requirements),
    belongsTo(t, t.bookableId, bookableAppointments),
    belongsTo(t, t.resourceId, resources),
  ],
)

/** One date of a bookable, alone or as a group; who takes part stands in `bookings`, what it occupies in `resource_allocations`. */
export const appointments = aggregateTable(
  'appointments',
  {
    studioId: ref('studio_id').notNull(),
    bookableId: ref('bookable_id').notNull(),
    startAt: instant('start').notNull(),
    endAt: instant('end').notNull(),
    status: text('status', { enum: ['PLANNED', 'CANCELED'] }).notNull(),
    note: text('note'),
  },
  (t) => [
    index('appointments_bookable').on(t.tenantId, t.bookableId, t.startAt),
    index('appointments_studio').on(t.tenantId, t.studioId, t.startAt, t.id),
    check('appointments_order', sql`${t.startAt} < ${t.endAt}`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.bookableId, bookableAppointments),
  ],
)
