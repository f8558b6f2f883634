import { createService } from '../entitlements/index.ts'
import { readStaffRule, type Term } from '../bookings/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { defined } from '../platform/values/defined.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { findStudio } from '../studios/index.ts'
import { changeBookingRule, createBookingRule, createClass, updateClass } from './classes.ts'
import { cancelSlot, changeSlot } from './slot-planning/slot-changes.ts'
import { planSlot } from './slot-planning/slot-planning.ts'
import {
  bookForCustomer,
  cancelForCustomer,
  confirmClassBooking,
  declineBooking,
  promoteByHand,
  setAttendance,
} from './staff-bookings.ts'
import * as api from './staff-api.ts'
import { isOverridden, seriesStaff } from './series/staff-series-routes.ts'

/** Binds what staff do with classes, slots and bookings. */
export function classStaff(operations: StaffOperations) {
  courses(operations)
  seriesStaff(operations)
  slots(operations)
  seats(operations)
  bookings(operations)
}

/** The columns of a term, as they are stored; none where it was left out. */
const cutoffColumns = (term: Term | undefined) =>
  term && { promotionCutoffTermValue: term.value, promotionCutoffTermUnit: term.unit }

async function findCurrency(work: UnitOfWork, studioId: number): Promise<string> {
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  return studio.currency
}

function courses(operations: StaffOperations) {
  operations.write(api.createClass, async (work, { body }) => {
    const { rule = {}, serviceId: known, type = 'STUDIO', promotionCutoff, ...gymClass } = body
    const { studioId, title } = body
    const said = readStaffRule(rule, await findCurrency(work, studioId))
    const ruleId = await createBookingRule(work, studioId, {
      // A company that sells no memberships yet could have nothing booked otherwise.
      requiresActiveContract: false,
      allowForeign: false,
      ...said,
    })
    const serviceId = known ?? (await createService(work, { name: title, kind: 'CLASS' }))
    const classId = await createClass(work, {
      ...gymClass,
      ...cutoffColumns(promotionCutoff),
      type,
      serviceId,
      ruleId,
    })
    return { classId, ruleId, serviceId }
  })
  operations.write(api.updateClass, async (work, { params: { classId }, body }) => {
    const { promotionCutoff, ...changes } = body
    await updateClass(work, classId, { ...changes, ...cutoffColumns(promotionCutoff) })
    return { classId }
  })
  operations.write(api.changeBookingRule, async (work, { params: { ruleId }, body: { studioId, ...rule } }) => {
    await changeBookingRule(work, ruleId, readStaffRule(rule, await findCurrency(work, studioId)))
    return { ruleId }
  })
}

const toStaffing = (instructorIds: readonly number[] | undefined) =>
  instructorIds === undefined ? {} : { instructors: instructorIds.map((employeeId) => ({ employeeId })) }

function slots(operations: StaffOperations) {
  operations.write(api.planClassSlot, async (work, { params: { classId }, body }) => {
    const { start, instructorIds, ...same } = body
    const wanted = { ...same, classId, start: Temporal.Instant.from(start), ...toStaffing(instructorIds) }
    return { classSlotId: await planSlot(work, wanted, isOverridden(work)) }
  })
  operations.write(api.changeClassSlot, async (work, { params: { classSlotId }, body }) => {
    const { start, end, instructorIds, earliest, latest, ...same } = body
    const terms = defined({ earliestTerm: earliest, latestTerm: latest })
    const times = {
      ...(start === undefined ? {} : { start: Temporal.Instant.from(start) }),
      ...(end === undefined ? {} : { end: Temporal.Instant.from(end) }),
    }
    await changeSlot(
      work,
      classSlotId,
      { ...same, ...times, ...terms, ...toStaffing(instructorIds) },
      isOverridden(work),
    )
    return { classSlotId }
  })
  operations.write(api.cancelClassSlot, async (work, { params: { classSlotId } }) => {
    await cancelSlot(work, classSlotId)
    return { classSlotId }
  })
}

function seats(operations: StaffOperations) {
  operations.write(api.bookClassSlotForCustomer, (work, { params: { classSlotId }, body: { customerId } }) =>
    bookForCustomer(work, { classSlotId, customerId }, work),
  )
  operations.write(api.promoteClassBooking, async (work, { params: { bookingId } }) => {
    await promoteByHand(work, bookingId, work)
    return { bookingId }
  })
}

function bookings(operations: StaffOperations) {
  operations.write(api.setClassAttendance, async (work, { params: { bookingId }, body: { status } }) => {
    await setAttendance(work, bookingId, status)
    return { bookingId }
  })
  operations.write(api.cancelClassBookingByStaff, async (work, { params: { bookingId } }) => {
    await cancelForCustomer(work, bookingId)
    return { bookingId }
  })
  operations.write(api.confirmClassBookingByStaff, async (work, { params: { bookingId } }) => ({
    bookingId,
    outcome: await confirmClassBooking(work, { bookingId, studioId: null }),
  }))
  operations.write(api.declineClassBooking, async (work, { params: { bookingId } }) => {
    await declineBooking(work, bookingId)
    return { bookingId }
  })
}
