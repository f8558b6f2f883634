import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at } from '../../test/support/scenes/booking-facts.ts'
import {
  effectiveBookingStatus,
  effectiveParticipantStatus,
  effectiveSlotStatus,
  holdsSeat,
  isActiveBooking,
  planSettlement,
} from './effective-state.ts'

const start = at('2026-05-15T18:00+02:00')
const end = at('2026-05-15T19:00+02:00')
const deadline = at('2026-05-13T18:00:00.000+02:00')
const after = (moment: Temporal.Instant) => moment.add({ milliseconds: 1 })
const before = (moment: Temporal.Instant) => moment.subtract({ milliseconds: 1 })
const pending = { status: 'BOOKED_WITH_CONFIRMATION_REQUIRED', confirmDeadline: deadline, start } as const
const waiting = { status: 'WAITING_LIST', confirmDeadline: null, start } as const
const booked = { status: 'BOOKED', confirmDeadline: null, start } as const

test('a pending booking lives through its deadline and reads canceled from then on', () => {
  assert.equal(effectiveBookingStatus(pending, deadline), 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  assert.equal(effectiveBookingStatus(pending, after(deadline)), 'CANCELED')
  assert.ok(holdsSeat(pending, deadline))
  assert.ok(!holdsSeat(pending, after(deadline)))
})

test('the waiting list ends with the start', () => {
  assert.equal(effectiveBookingStatus(waiting, before(start)), 'WAITING_LIST')
  assert.equal(effectiveBookingStatus(waiting, start), 'CANCELED')
  assert.ok(isActiveBooking(waiting, before(start)))
  assert.ok(!holdsSeat(waiting, before(start)))
})

test('what is booked or canceled stays so', () => {
  assert.equal(effectiveBookingStatus({ ...booked, confirmDeadline: deadline }, after(end)), 'BOOKED')
  assert.equal(effectiveBookingStatus({ ...booked, status: 'CANCELED' }, before(start)), 'CANCELED')
})

test('a planned slot is completed at its end, a canceled one never', () => {
  assert.equal(effectiveSlotStatus({ status: 'PLANNED', end }, before(end)), 'PLANNED')
  assert.equal(effectiveSlotStatus({ status: 'PLANNED', end }, end), 'COMPLETED')
  assert.equal(effectiveSlotStatus({ status: 'CANCELED', end }, after(end)), 'CANCELED')
})

test('attendance that nobody stored becomes the default at the end', () => {
  const attended = { ...booked, end, participantStatus: 'UNSET', attendanceDefault: 'PARTICIPATING' } as const
  assert.equal(effectiveParticipantStatus(attended, before(end)), 'UNSET')
  assert.equal(effectiveParticipantStatus(attended, end), 'PARTICIPATING')
  assert.equal(effectiveParticipantStatus({ ...attended, attendanceDefault: 'UNSET' }, end), 'UNSET')
  const absent = { ...attended, participantStatus: 'NOT_PARTICIPATING' } as const
  assert.equal(effectiveParticipantStatus(absent, end), 'NOT_PARTICIPATING')
})

test('a canceled booking reads not participating, whatever was stored', () => {
  const recorded = { end, participantStatus: 'PARTICIPATING', attendanceDefault: 'PARTICIPATING' } as const
  assert.equal(effectiveParticipantStatus({ ...booked, ...recorded, status: 'CANCELED' }, end), 'NOT_PARTICIPATING')
  assert.equal(effectiveParticipantStatus({ ...pending, ...recorded }, after(deadline)), 'NOT_PARTICIPATING')
})

test('settling stores what has become due, once', () => {
  const attendance = { end, participantStatus: 'UNSET', attendanceDefault: 'PARTICIPATING' } as const
  assert.deepEqual(planSettlement({ ...pending, ...attendance }, after(deadline)), {
    status: 'CANCELED',
    cancelReason: 'CONFIRMATION_EXPIRED',
  })
  assert.deepEqual(planSettlement({ ...waiting, ...attendance }, start), {
    status: 'CANCELED',
    cancelReason: 'WAITING_LIST_EXPIRED',
  })
  assert.deepEqual(planSettlement({ ...booked, ...attendance }, end), { participantStatus: 'PARTICIPATING' })
  assert.equal(planSettlement({ ...booked, ...attendance }, before(end)), null)
  assert.equal(planSettlement({ ...booked, ...attendance, participantStatus: 'PARTICIPATING' }, end), null)
  assert.equal(planSettlement({ ...booked, ...attendance, status: 'CANCELED' }, end), null)
})
