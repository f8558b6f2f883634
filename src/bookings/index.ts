import type { Module } from '../module.ts'
import * as events from './events.ts'
import { bookingJobs } from './jobs.ts'

export { datesAround, mostAlternatives } from './rules/alternative-rules.ts'
export { bookingDetails } from './api.ts'
export { hasAdmittingBooking } from './attendance-store.ts'
export {
  auditBooking,
  cancelBookings,
  chargeBooking,
  recordAttendance,
  settleBookings,
  takeUse,
} from './booking-changes.ts'
export type { TrialFacts } from './booking-facts.ts'
export { bookingListCodes, bookingListQuery, type BookingListRequest, readBookingList } from './booking-list-query.ts'
export { moveBookings } from './booking-move-store.ts'
export {
  readyBookingLock,
  findBooking,
  insertBooking,
  listOpenBookingIds,
  listOpenBookings,
  listQueue,
  type NewBooking,
  type StoredBooking,
  updateBookings,
} from './booking-store.ts'
export { judgeCancelation } from './rules/cancel-rules.ts'
export { type BreakableRule, breakableRules, listStatuses } from './rules/check-rules.ts'
export { type ConfirmationVerdict, judgeConfirmation } from './rules/confirmation-rules.ts'
export { confirmLockedBooking, type Force } from './confirmations.ts'
export {
  type BookingCustomer,
  customerParts,
  findCustomerFacts,
  findBookingCustomer,
  lockBookingCustomer,
  lookBackHours,
  readCustomerFacts,
  readyCustomersLock,
  readySlotAndCustomerLock,
  type StoredCustomerFacts,
} from './customer-facts-store.ts'
export {
  effectiveBookingStatus,
  effectiveParticipantStatus,
  effectiveSlotStatus,
  isActiveBooking,
  type ParticipantStatus,
} from './effective-state.ts'
export { bookingCreated, bookingUpdated } from './events.ts'
export { refuseHold, requireActive, requireSeat, unusableHoldCodes } from './holds/hold-checks.ts'
export { judgeHold } from './holds/hold-rules.ts'
export {
  claimHold,
  deleteEndedHolds,
  findHold,
  type Holder,
  type HoldReference,
  lockHold,
  type StoredHold,
} from './holds/hold-store.ts'
export { admitHold, getHold, releaseLockedHold, storeHold } from './holds/holds.ts'
export { bookingHooks, fillBookingHooks, type TrialQuestion } from './hooks.ts'
export { rowsOfBooking, rowsOfService } from './locked-rows.ts'
export { type BookingManner, findWantedTrial, readyTrial, toTrialFacts } from './manners.ts'
export { admitParticipant, recordParticipation } from './participation.ts'
export type { BookingPlan } from './rules/plan-rules.ts'
export { BookingRefusal, lateCancelationCodes, refusalCodes, refuseBooking, refuseLateCancelation } from './refusal.ts'
export { type BookingRuleInput, insertBookingRule, lockBookingRule, updateBookingRule } from './rule-store.ts'
export { settleInTheWay } from './settling.ts'
export { refuseHalfRule } from './rule-refusals.ts'
export { readStaffRule, staffRuleFields, staffRuleOptions, staffTerm } from './staff-rule.ts'
export { readRule, readTerm, type StoredRule } from './stored-rule-facts.ts'
export { findStudioFacts, findStudioZone } from './studio-store.ts'
export { attendances } from './tables.ts'
export { opensAt, type Term } from './rules/term-rules.ts'
export { latestBookingAt } from './rules/trial-rules.ts'
export { classSlotWindow, slotDates, slotWindow, type Window } from './rules/window-rules.ts'

export const bookingsModule: Module = { name: 'bookings', events: [events], jobs: bookingJobs }
