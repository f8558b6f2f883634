import { findStudioZone } from '../bookings/index.ts'
import type { PlanningHook } from '../employees/index.ts'
import { cancelAppointment, rescheduleAppointment } from './calendar.ts'
import { listOccupiedResources } from './appointment-store.ts'
import { listAppointmentPlans } from './employee-plan-store.ts'

/** What appointments plan employees for. */
export const appointmentPlans: PlanningHook = {
  list: listAppointmentPlans,
  resolve(run, { id, studioId }, { employeeId, standInId }) {
    return run(async (work) => {
      const studio = { studioId, zone: await findStudioZone(work.db, studioId) }
      if (standInId === null) return cancelAppointment(work, { studio, appointmentId: id })
      const occupied = await listOccupiedResources(work.tx, id)
      const instructorIds = occupied.flatMap(({ instructorId }) => instructorId ?? [])
      const change = { instructorIds: instructorIds.map((one) => (one === employeeId ? standInId : one)) }
      return rescheduleAppointment(work, { studio, appointmentId: id }, change)
    })
  },
}
