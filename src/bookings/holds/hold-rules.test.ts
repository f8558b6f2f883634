import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, classFacts, classSlot, trial } from '../../../test/support/scenes/booking-facts.ts'
import { judgeClassBooking, judgeHeldSeat, planClassBooking } from '../../classes/bookings/booking-rules.ts'
import { type HoldFacts, judgeHold } from './hold-rules.ts'

const now = at('2026-06-10T12:00+02:00')
const end = at('2026-06-10T12:10+02:00')
const hold: HoldFacts = {
  customerId: null,
  status: 'BOOKED_WITH_CONFIRMATION_REQUIRED',
  confirmDeadline: end,
  cancelReason: null,
  start: at('2026-06-10T18:00+02:00'),
}
const full = classSlot({ maxParticipants: 10, bookedCount: 9, additionalParticipants: 1, maxWaiting: 5 })

test('a hold keeps its seat up to its end, that moment included', () => {
  assert.equal(judgeHold(hold, now), 'ACTIVE')
  assert.equal(judgeHold(hold, end), 'ACTIVE')
  assert.equal(judgeHold(hold, end.add({ nanoseconds: 1000 })), 'EXPIRED')
})

test('a hold that has ended says how, whether or not its end is stored', () => {
  const canceled = { ...hold, status: 'CANCELED' } as const
  assert.equal(judgeHold({ ...canceled, cancelReason: 'CONFIRMATION_EXPIRED' }, now), 'EXPIRED')
  assert.equal(judgeHold({ ...canceled, cancelReason: 'HOLD_RELEASED' }, now), 'RELEASED')
  assert.equal(judgeHold({ ...canceled, cancelReason: 'SLOT_CANCELED' }, now), 'RELEASED')
  const booked = { ...hold, customerId: 7, status: 'BOOKED', confirmDeadline: null } as const
  assert.equal(judgeHold(booked, now), 'USED')
  assert.equal(judgeHold({ ...booked, status: 'CANCELED', cancelReason: 'CUSTOMER' }, now), 'USED')
})

test('a full slot has its held seat for the holder, also when staff have made the class smaller, and nobody overtakes', () => {
  for (const slot of [
    full,
    classSlot({ ...full, maxParticipants: 5 }),
    classSlot({ ...full, promotionPending: true }),
  ]) {
    const facts = { ...classFacts({ slot }), hasHeldSeat: true }
    assert.equal(judgeClassBooking({ ...facts, slot: { ...slot, maxWaiting: 0 } }, now), 'AVAILABLE')
    assert.equal(planClassBooking(facts, now).status, 'BOOKED')
    assert.equal(planClassBooking(classFacts({ slot }), now).status, 'WAITING_LIST')
  }
})

test('a seat for a person without a name: never a position in the queue, and nothing that depends on a person', () => {
  const { customer: _nobody, ...facts } = classFacts({ trial: trial() })
  const judge = (changes: Partial<typeof facts>) => judgeHeldSeat({ ...facts, ...changes }, now)
  assert.equal(judge({}), 'AVAILABLE')
  assert.equal(judge({ trial: { ...trial(), isProspect: false } }), 'AVAILABLE')
  assert.equal(judge({ slot: full }), 'BOOKING_LIMIT_REACHED')
  assert.equal(judge({ slot: classSlot({ promotionPending: true }) }), 'BOOKING_LIMIT_REACHED')
  assert.equal(judge({ slot: classSlot({ status: 'CANCELED' }) }), 'NOT_AVAILABLE')
  assert.equal(judge({ trial: { ...trial(), config: null } }), 'NOT_AVAILABLE')
})
