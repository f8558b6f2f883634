import type { Module } from '../platform/module.ts'
import { classRoutes, listSlotsOfClass, reachOf } from './routes.ts'
import { seriesExtension, seriesFinishing } from './series-jobs.ts'
import { bookingSweeper } from './sweeper.ts'

export type { RequirementLine } from './assignment-rules.ts'
export { hasAdmittingBooking } from './attendance-store.ts'
export {
  auditBooking,
  type CancelReason,
  cancelBookings,
  noteAttendance,
  settleBookings,
  takeUse,
} from './booking-changes.ts'
export type { BookingRule, CustomerFacts, StudioFacts, TrialFacts } from './booking-facts.ts'
export {
  findBooking,
  insertBooking,
  listOpenPlaces,
  lockBooking,
  type NewBooking,
  nextBookingId,
  type StoredBooking,
} from './booking-store.ts'
export { judgeCancelation } from './cancel-rules.ts'
export { datesAround } from './alternative-rules.ts'
export { type BreakableRule, statusesOf } from './check-rules.ts'
export {
  type BookingManner,
  bookClassSlot,
  type ClassBookingRequest,
  findTrialOf,
} from './class-bookings.ts'
export { type ClassRow, findClass, shownClass } from './class-store.ts'
export type { NewClass } from './class-plan-store.ts'
export { changeBookingRule, createBookingRule, createClass, updateClass } from './classes.ts'
export {
  type BookingCustomer,
  findCustomerFacts,
  findReachableCustomer,
  lockReachableCustomer,
  type Reach,
  type StoredCustomerFacts,
  withinReach,
} from './customer-facts-store.ts'
export type { ConfirmationVerdict } from './confirmation-rules.ts'
export {
  effectiveBookingStatus,
  effectiveParticipantStatus,
  effectiveSlotStatus,
  isActiveBooking,
} from './effective-state.ts'
export { bookingCreated, bookingUpdated } from './events.ts'
export { refuseHold, requireActive } from './hold-checks.ts'
export { holdStatusOf } from './hold-rules.ts'
export {
  claimHold,
  deleteEndedHolds,
  findHold,
  type Holder,
  type HoldReference,
  lockHold,
  type StoredHold,
} from './hold-store.ts'
export { admitHold, getHold, holdSeat, openHeldSeat, releaseLockedHold, releaseSeat, storeHold } from './holds.ts'
export { type BookingHooks, bookingHooks, fillBookingHooks, type TrialQuestion } from './hooks.ts'
export { admitParticipant, noteParticipation } from './participation.ts'
export type { BookingPlan } from './place-rules.ts'
export { answerValidation as answerClassValidation, tellRefusal as tellClassRefusal } from './answer-details.ts'
export { presentClass } from './present.ts'
export { BookingRefusal, refuseBooking, refuseLateCancelation } from './refusal.ts'
export { classBookingsOfPerson } from './person-part.ts'
export { listOpenBookingIds } from './booking-store.ts'
export type { ResourceFacts } from './resource-rules.ts'
export { moveBookings } from './booking-move-store.ts'
export {
  deactivateAllocations,
  deleteAllocations,
  findResourceFacts,
  insertAllocations,
  lockResources,
  type NewAllocation,
} from './resource-store.ts'
export { type BookingRuleInput, insertBookingRule, updateBookingRule } from './rule-store.ts'
export { readRule, readTerm, type StoredRule } from './stored-rule-facts.ts'
export { addAbsence, blockResource, createResource, setShifts, updateResource } from './resources.ts'
export { createSeries, type SeriesChanges, type SeriesInput, updateSeries } from './series.ts'
export { cancelSlot, changeSlot, type SlotChanges } from './slot-changes.ts'
export { planSlot, type SlotInput } from './slot-planning.ts'
export {
  bookForCustomer,
  cancelForCustomer,
  confirmClassBooking,
  confirmLockedBooking,
  declineBooking,
  type Force,
  promoteByHand,
  setAttendance,
} from './staff-bookings.ts'
export { findStudioFacts } from './studio-store.ts'
export { type BookingTarget, settleInTheWay } from './upkeep.ts'
export { type BookingListRequest, readBookingList } from './booking-list-query.ts'
export { slotDates } from './window-rules.ts'

export { listSlotsOfClass, reachOf }

export const classesModule: Module = {
  name: 'classes',
  routes: classRoutes,
  jobs: [bookingSweeper, seriesExtension, seriesFinishing],
}
