import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, berlin, on } from '../../../test/support/scenes/booking-facts.ts'
import { bookingListWindow, classSlotWindow, slotDates, slotWindow, type Window } from './window-rules.ts'

const today = on('2026-06-10')

function assertWindow(window: Window, from: string, until: string): void {
  assert.equal(window.from.toString(), at(from).toString())
  assert.equal(window.until.toString(), at(until).toString())
}

test('a class shows its slots from yesterday through two weeks from today', () => {
  assertWindow(classSlotWindow(today, berlin), '2026-06-09T00:00+02:00', '2026-06-25T00:00+02:00')
})

test('a booking list begins and ends two weeks from today', () => {
  assertWindow(bookingListWindow(today, berlin), '2026-05-27T00:00+02:00', '2026-06-25T00:00+02:00')
})

test('six days ahead are a full week of slots', () => {
  assertWindow(slotWindow(today, 6, berlin), '2026-06-10T00:00+02:00', '2026-06-17T00:00+02:00')
  const { fromDate, untilDate } = slotDates(today, 6)
  assert.deepEqual([fromDate.toString(), untilDate.toString()], ['2026-06-10', '2026-06-16'])
})

test('windows follow the local days when the clocks change', () => {
  assertWindow(slotWindow(on('2026-03-28'), 1, berlin), '2026-03-28T00:00+01:00', '2026-03-30T00:00+02:00')
})
