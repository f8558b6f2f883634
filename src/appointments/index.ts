import type { Module } from '../module.ts'
import { appointmentJobs } from './jobs.ts'
import { appointmentRoutes } from './routes.ts'
import * as api from './api.ts'
import { appointmentsOfPerson } from './person-part.ts'

export { appointmentPlans } from './employee-plans.ts'
export {
  answerValidation as answerAppointmentValidation,
  explainRefusal as explainAppointmentRefusal,
} from './answer-details.ts'
export { createBookable, updateBookable } from './bookables.ts'
export { findAppointmentBooking, findBookedService } from './booking-store.ts'
export { bookAppointment, explainBooking } from './bookings.ts'
export { cancelAppointment, recordAppointment, rescheduleAppointment } from './calendar.ts'
export { confirmAppointmentBooking, removeParticipant, setAppointmentAttendance } from './cancelations.ts'
export { holdAppointment, openHeldTime, releaseTime } from './holds/holds.ts'
export {
  presentBookable,
  presentBooking as presentAppointmentBooking,
  presentInstructor,
  presentInstructors,
  presentSlots as presentAppointmentSlots,
} from './present.ts'
export type { StudioAndZone } from './requests.ts'
export { toInquiry, readTime, toWish } from './routes.ts'
export { settleAppointment } from './settling.ts'
export { listAppointmentSlots, readSlotDays } from './free-times/slots.ts'

export const appointmentsModule: Module = {
  name: 'appointments',
  api: [api],
  personPart: appointmentsOfPerson,
  routes: appointmentRoutes,
  jobs: appointmentJobs,
}
