import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at } from '../../../test/support/scenes/booking-facts.ts'
import { type ConfirmationFacts, judgeConfirmation } from './confirmation-rules.ts'

const deadline = at('2026-05-13T18:00:00.000+02:00')
const pending: ConfirmationFacts = {
  status: 'BOOKED_WITH_CONFIRMATION_REQUIRED',
  confirmDeadline: deadline,
  start: at('2026-05-15T18:00+02:00'),
  cancelReason: null,
}
const judge = (changes: Partial<ConfirmationFacts>, now = deadline) =>
  judgeConfirmation({ ...pending, ...changes }, now)

test('the instant of the deadline confirms, the next millisecond expires', () => {
  assert.equal(judge({}), 'CONFIRM')
  assert.equal(judge({}, at('2026-05-13T18:00:00.001+02:00')), 'EXPIRE')
})

test('confirming again and expiring again have no effect', () => {
  assert.equal(judge({ status: 'BOOKED' }, at('2026-05-14T00:00+02:00')), 'ALREADY_CONFIRMED')
  assert.equal(judge({ status: 'CANCELED', cancelReason: 'CONFIRMATION_EXPIRED' }), 'ALREADY_EXPIRED')
})

test('what was canceled for another reason or still waits cannot be confirmed', () => {
  assert.equal(judge({ status: 'CANCELED', cancelReason: 'CUSTOMER' }), 'CANCELED')
  assert.equal(judge({ status: 'CANCELED' }), 'CANCELED')
  assert.equal(judge({ status: 'WAITING_LIST', confirmDeadline: null }), 'ON_WAITING_LIST')
  assert.equal(judge({ status: 'WAITING_LIST', confirmDeadline: null }, pending.start), 'CANCELED')
})
