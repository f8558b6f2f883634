import type { Module } from '../platform/module.ts'
import { appointmentRoutes } from './routes.ts'

export { bookAppointment, checkAppointment } from './bookings.ts'
export { cancelAppointmentBooking, confirmAppointmentBooking, removeParticipant } from './cancelations.ts'
export type { AppointmentWish, Inquiry, Place } from './requests.ts'
export { settleAppointment } from './settling.ts'
export { listAppointmentSlots } from './slots.ts'

export const appointmentsModule: Module = { name: 'appointments', routes: appointmentRoutes }
