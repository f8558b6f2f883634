import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { employees } from '../employees/tables.ts'
import { services } from '../entitlements/tables.ts'
import { instant, plainDate, plainTime, ref } from '../platform/database/columns.ts'
import { files } from '../platform/tables.ts'
import { aggregateTable, belongsTo, tenantTable } from '../platform/database/tenant-table.ts'
import { daysOfWeek } from '../studios/index.ts'
import { studios } from '../studios/tables.ts'
import { resources } from '../resources/tables.ts'
import { attendances, bookingRules, bookingTermUnits } from '../bookings/tables.ts'

// --- Classes -------------------------------------------------------------------------------------------------------

export const classes = aggregateTable(
  'classes',
  {
    studioId: ref('studio_id').notNull(),
    serviceId: ref('service_id').notNull(),
    title: text('title').notNull(),
    type: text('type', { enum: ['STUDIO', 'STREAM'] }).notNull(),
    category: text('category'),
    description: text('description'),
    imageId: ref('image_id'),
    durationMin: integer('duration_min').notNull(),
    bookable: boolean('bookable').notNull().default(true),
    onlineVisible: boolean('online_visible').notNull().default(true),
    active: boolean('active').notNull().default(true),
    ruleId: ref('rule_id').notNull(),
    /** Null = unlimited. */
    defaultMax: integer('default_max'),
    /** Null or 0 = no waiting list. */
    defaultMaxWaiting: integer('default_max_waiting'),
    promotionCutoffTermValue: integer('promotion_cutoff_term_value'),
    promotionCutoffTermUnit: text('promotion_cutoff_term_unit', { enum: bookingTermUnits }),
    attendanceDefault: text('attendance_default', { enum: attendances }).notNull().default('UNSET'),
  },
  (t) => [
    index('classes_studio').on(t.tenantId, t.studioId, t.id),
    check('classes_duration_positive', sql`${t.durationMin} > 0`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.serviceId, services),
    belongsTo(t, t.imageId, files),
    belongsTo(t, t.ruleId, bookingRules),
  ],
)

/** Recurrence in local time; slots are expanded from it with the studio's zone. */
export const classSeries = aggregateTable(
  'class_series',
  {
    studioId: ref('studio_id').notNull(),
    classId: ref('class_id').notNull(),
    weekdays: text('weekdays', { enum: daysOfWeek }).array().notNull(),
    localTime: plainTime('local_time').notNull(),
    durationMin: integer('duration_min').notNull(),
    everyNWeeks: integer('every_n_weeks').notNull().default(1),
    fromDate: plainDate('from_date').notNull(),
    toDate: plainDate('to_date'),
    locationId: ref('location_id'),
    /** Employee ids. */
    instructors: ref('instructors').array().notNull().default([]),
    maxParticipants: integer('max_participants'),
    maxWaiting: integer('max_waiting'),
    /** The version that all slots follow; an older one means that planning was cut short. */
    plannedVersion: integer('planned_version').notNull().default(-1),
  },
  (t) => [
    index('class_series_class').on(t.tenantId, t.classId),
    check('class_series_weeks_positive', sql`${t.everyNWeeks} >= 1`),
    check('class_series_duration_positive', sql`${t.durationMin} > 0`),
    check('class_series_dates_ordered', sql`${t.fromDate} <= ${t.toDate}`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.classId, classes),
    belongsTo(t, t.locationId, resources),
  ],
)

/** One date of a class. The counts are kept under its lock; COMPLETED is read from the clock, never stored. */
export const classSlots = aggregateTable(
  'class_slots',
  {
    studioId: ref('studio_id').notNull(),
    classId: ref('class_id').notNull(),
    seriesId: ref('series_id'),
    /** Local date that the series planned. */
    occurrenceDate: plainDate('occurrence_date').notNull(),
    startAt: instant('start').notNull(),
    endAt: instant('end').notNull(),
    status: text('status', { enum: ['PLANNED', 'CANCELED'] }).notNull(),
    locationId: ref('location_id'),
    /** Null = unlimited. */
    maxParticipants: integer('max_participants'),
    /** Null or 0 = no waiting list. */
    maxWaiting: integer('max_waiting'),
    /** Seats that are taken otherwise. */
    additionalParticipants: integer('additional_participants').notNull().default(0),
    bookedCount: integer('booked_count').notNull().default(0),
    waitingCount: integer('waiting_count').notNull().default(0),
    nextQueueNo: integer('next_queue_no').notNull().default(1),
    /** A seat came free while people wait: a fresh booking queues until the drain has run. */
    promotionPending: boolean('promotion_pending').notNull().default(false),
    drainNo: integer('drain_no').notNull().default(0),
    /** Edited by hand: changes of the series pass it by. */
    detached: boolean('detached').notNull().default(false),
    earliestTermValue: integer('earliest_term_value'),
    earliestTermUnit: text('earliest_term_unit', { enum: bookingTermUnits }),
    latestTermValue: integer('latest_term_value'),
    latestTermUnit: text('latest_term_unit', { enum: bookingTermUnits }),
  },
  (t) => [
    uniqueIndex('class_slots_occurrence_unique').on(t.tenantId, t.seriesId, t.occurrenceDate, t.startAt),
    index('class_slots_class').on(t.tenantId, t.classId, t.startAt, t.id),
    index('class_slots_studio').on(t.tenantId, t.studioId, t.startAt, t.id),
    index('class_slots_promotion').on(t.tenantId, t.id).where(sql`${t.promotionPending}`),
    index('class_slots_queue').on(t.tenantId, t.startAt).where(sql`${t.waitingCount} > 0`),
    check('class_slots_booked_counted', sql`${t.bookedCount} >= 0`),
    check('class_slots_waiting_counted', sql`${t.waitingCount} >= 0`),
    check('class_slots_additional_counted', sql`${t.additionalParticipants} >= 0`),
    check('class_slots_order', sql`${t.startAt} < ${t.endAt}`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.classId, classes),
    belongsTo(t, t.seriesId, classSeries),
    belongsTo(t, t.locationId, resources),
  ],
)

/** Who gives the class in the end; `stand_in_for` names the employee who was planned. */
export const classSlotInstructors = tenantTable(
  'class_slot_instructors',
  {
    studioId: ref('studio_id').notNull(),
    slotId: ref('slot_id').notNull(),
    employeeId: ref('employee_id').notNull(),
    standInFor: ref('stand_in_for'),
  },
  (t) => [
    uniqueIndex('class_slot_instructors_once').on(t.tenantId, t.slotId, t.employeeId),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.slotId, classSlots),
    belongsTo(t, t.employeeId, employees),
    belongsTo(t, t.standInFor, employees),
  ],
)
