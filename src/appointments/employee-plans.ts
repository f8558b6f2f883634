import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { findStudioZone } from '../bookings/index.ts'
import type { EmployeePlan, PlanningHook } from '../employees/index.ts'
import { resourceAllocations, resources } from '../resources/tables.ts'
import { cancelAppointment, rescheduleAppointment } from './calendar.ts'
import { listOccupiedResources } from './appointment-store.ts'
import { appointments, bookableAppointments } from './tables.ts'

/** What appointments plan employees for. */
export const appointmentPlans: PlanningHook = {
  async list(db, { employeeId, studioIds }, now) {
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
  },
  resolve(run, { id, studioId }, { employeeId, standInId }) {
    return run(async (work) => {
      const place = { studioId, zone: await findStudioZone(work.db, studioId) }
      if (standInId === null) return cancelAppointment(work, { place, appointmentId: id })
      const occupied = await listOccupiedResources(work.tx, id)
      const instructorIds = occupied.flatMap(({ instructorId }) => instructorId ?? [])
      const change = { instructorIds: instructorIds.map((one) => (one === employeeId ? standInId : one)) }
      return rescheduleAppointment(work, { place, appointmentId: id }, change)
    })
  },
}
