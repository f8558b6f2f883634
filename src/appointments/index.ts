import type { Module } from '../platform/module.ts'
import { holdRetention } from './hold-retention.ts'
import { appointmentRoutes, inquiryOf, timeOf, wishOf } from './routes.ts'

export {
  answerValidation as answerAppointmentValidation,
  tellRefusal as tellAppointmentRefusal,
} from './answer-details.ts'
export { appointmentsOfPerson } from './person-part.ts'
export type { AppointmentBookingStatus } from './appointment-rules.ts'
export {
  type BookableChanges,
  type BookableInput,
  createBookable,
  type LineInput,
  updateBookable,
} from './bookables.ts'
export { findAppointmentBooking, findServiceOf } from './booking-store.ts'
export { bookAppointment, checkAppointment, explainBooking } from './bookings.ts'
export {
  type AppointmentReference,
  cancelAppointment,
  noteAppointment,
  type Rescheduling,
  rescheduleAppointment,
} from './calendar.ts'
export {
  confirmAppointmentBooking,
  removeParticipant,
  setAppointmentAttendance,
} from './cancelations.ts'
export {
  presentBookable,
  presentBooking as presentAppointmentBooking,
  presentInstructor,
  presentInstructors,
  presentSlots as presentAppointmentSlots,
} from './present.ts'
export { holdAppointment, openHeldPlace, releasePlace } from './holds.ts'
export type { AppointmentWish, Inquiry, Place } from './requests.ts'
export { settleAppointment } from './settling.ts'
export { listAppointmentSlots, readSlotDays } from './slots.ts'
export { inquiryOf, timeOf, wishOf }

export const appointmentsModule: Module = {
  name: 'appointments',
  routes: appointmentRoutes,
  chores: [holdRetention],
}
