import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, berlin } from '../../../test/support/scenes/booking-facts.ts'
import { type CancelationFacts, judgeCancelation } from './cancel-rules.ts'

const facts: CancelationFacts = {
  status: 'BOOKED',
  confirmDeadline: null,
  start: at('2026-06-10T18:00+02:00'),
  zone: berlin,
  cancelTerm: { value: 1, unit: 'DAY' },
  cancelAfterLatest: false,
}
const deadline = at('2026-06-09T18:00+02:00')
const late = at('2026-06-09T18:00:00.001+02:00')
const judge = (changes: Partial<CancelationFacts>, now: Temporal.Instant) =>
  judgeCancelation({ ...facts, ...changes }, now)

test('through its deadline a booking is canceled free of charge', () => {
  assert.deepEqual(judge({}, deadline), { outcome: 'CANCEL', isLate: false })
})

test('after the deadline it is refused with the deadline, or canceled late where that is allowed', () => {
  const refused = judge({}, late)
  assert.equal(refused.outcome, 'DEADLINE_EXCEEDED')
  assert.equal(refused.outcome === 'DEADLINE_EXCEEDED' && refused.deadline.toString(), deadline.toString())
  assert.deepEqual(judge({ cancelAfterLatest: true }, late), { outcome: 'CANCEL', isLate: true })
})

test('without a term canceling is free until the start', () => {
  assert.deepEqual(judge({ cancelTerm: null }, at('2026-06-10T17:59:59.999+02:00')), {
    outcome: 'CANCEL',
    isLate: false,
  })
  assert.deepEqual(judge({ cancelTerm: null }, facts.start), { outcome: 'ALREADY_STARTED' })
})

test('what has started cannot be canceled, not even late', () => {
  assert.deepEqual(judge({ cancelAfterLatest: true }, facts.start), { outcome: 'ALREADY_STARTED' })
})

test('a position on the waiting list is given up freely at any time before the start', () => {
  assert.deepEqual(judge({ status: 'WAITING_LIST' }, late), { outcome: 'CANCEL', isLate: false })
})

test('what is canceled, by a person or by time, stays canceled without an error', () => {
  const canceled = { outcome: 'ALREADY_CANCELED' }
  assert.deepEqual(judge({ status: 'CANCELED' }, late), canceled)
  assert.deepEqual(judge({ status: 'CANCELED' }, facts.start), canceled)
  assert.deepEqual(judge({ status: 'WAITING_LIST' }, facts.start), canceled)
  const pending = { status: 'BOOKED_WITH_CONFIRMATION_REQUIRED' as const, confirmDeadline: deadline }
  assert.deepEqual(judge(pending, deadline), { outcome: 'CANCEL', isLate: false })
  assert.deepEqual(judge(pending, late), canceled)
})

test('a day and 24 hours differ when the clocks change', () => {
  const start = at('2026-03-29T10:00+02:00')
  const moment = at('2026-03-28T09:30+01:00')
  assert.equal(judge({ start, cancelTerm: { value: 1, unit: 'DAY' } }, moment).outcome, 'CANCEL')
  assert.equal(judge({ start, cancelTerm: { value: 24, unit: 'HOURS' } }, moment).outcome, 'DEADLINE_EXCEEDED')
})
