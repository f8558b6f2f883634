import { sql } from 'drizzle-orm'
import { check, index, uniqueIndex } from 'drizzle-orm/pg-core'
import { classes } from '../classes/tables.ts'
import { bookings } from '../bookings/tables.ts'
import { employees } from '../employees/tables.ts'
import { bytes, ref } from '../platform/database/columns.ts'
import { belongsTo, tenantTable } from '../platform/database/tenant-table.ts'
import { activations } from '../integrations/tables.ts'

/** Links to calendars. A row is a link that works; revoking deletes the row, and the audit log keeps it. */
export const calendarFeeds = tenantTable(
  'calendar_feeds',
  {
    /** Whose link it is, and in which studio: with this activation it is suspended and ends. */
    activationId: ref('activation_id').notNull(),
    /** The token itself stands in the link only. */
    tokenHash: bytes('token_hash').notNull(),
    classId: ref('class_id'),
    /** The instructor. */
    employeeId: ref('employee_id'),
    /** Of either kind. */
    bookingId: ref('booking_id'),
  },
  (t) => [
    // Across tenants on purpose: the token decides which tenant is meant.
    uniqueIndex('calendar_feeds_token_hash_unique').on(t.tokenHash),
    index('calendar_feeds_activation').on(t.tenantId, t.activationId, t.id),
    index('calendar_feeds_booking').on(t.tenantId, t.bookingId).where(sql`${t.bookingId} is not null`),
    check('calendar_feeds_of_one_thing', sql`num_nonnulls(${t.classId}, ${t.employeeId}, ${t.bookingId}) = 1`),
    belongsTo(t, t.activationId, activations),
    belongsTo(t, t.classId, classes),
    belongsTo(t, t.employeeId, employees),
    belongsTo(t, t.bookingId, bookings),
  ],
)
