import type { Module } from '../module.ts'
import * as events from './events.ts'
import { classJobs } from './jobs.ts'
import { classRoutes } from './routes.ts'
import { classStaff } from './staff-routes.ts'
import * as api from './api.ts'
import { classBookingsOfPerson } from './person-part.ts'

export { answerValidation as answerClassValidation, explainRefusal as explainClassRefusal } from './answer-details.ts'
export { bookClassSlot } from './bookings/class-bookings.ts'
export { findClass, classIsListed } from './class-store.ts'
export { updateClass } from './classes.ts'
export { holdSeat, openHeldSeat, releaseSeat } from './held-seats.ts'
export { presentClass } from './present.ts'
export { listSlotsOfClass } from './routes.ts'
export { classPlans } from './employee-plans.ts'
export { createSeries } from './series/series.ts'
export { cancelSlot, changeSlot } from './slot-planning/slot-changes.ts'
export { confirmClassBooking, setAttendance } from './staff-bookings.ts'
export { settleSlot } from './upkeep.ts'

export const classesModule: Module = {
  name: 'classes',
  api: [api],
  events: [events],
  personPart: classBookingsOfPerson,
  routes: classRoutes,
  staff: classStaff,
  jobs: classJobs,
}
