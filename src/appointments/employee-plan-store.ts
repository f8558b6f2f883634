import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { EmployeePlan, Leaving } from '../employees/index.ts'
import type { Queryable } from '../platform/database/database.ts'
import { resourceAllocations, resources } from '../resources/tables.ts'
import { appointments, bookableAppointments } from './tables.ts'

/** The appointments to come that occupy an employee in the studios. */
export async function listAppointmentPlans(
  db: Queryable,
  { employeeId, studioIds }: Leaving,
  now: Temporal.Instant,
): Promise<EmployeePlan[]> {
  const rows = await db
    .selectDistinct({
      id: appointments.id,
      studioId: appointments.studioId,
      title: bookableAppointments.title,
      start: appointments.startAt,
    })
    .from(resourceAllocations)
    .innerJoin(resources, eq(resources.id, resourceAllocations.resourceId))
    .innerJoin(appointments, eq(appointments.id, resourceAllocations.sourceId))
    .innerJoin(bookableAppointments, eq(bookableAppointments.id, appointments.bookableId))
    .where(
      and(
        eq(resources.employeeId, employeeId),
        inArray(resources.studioId, [...studioIds]),
        eq(resourceAllocations.source, 'APPOINTMENT'),
        eq(resourceAllocations.active, true),
        eq(appointments.status, 'PLANNED'),
        gt(appointments.startAt, now),
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id))
  return rows.map((row): EmployeePlan => ({ kind: 'APPOINTMENT', ...row }))
}
