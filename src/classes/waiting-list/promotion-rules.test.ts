import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, berlin, classSlot } from '../../../test/support/scenes/booking-facts.ts'
import { mustPromote, nextToPromote } from './promotion-rules.ts'

const slot = classSlot({ maxParticipants: 10, bookedCount: 8, additionalParticipants: 1, waitingCount: 2 })
const w1 = { bookingId: 901, queueNo: 1, triedDrainNo: null }
const w2 = { bookingId: 902, queueNo: 2, triedDrainNo: null }

test('a freed seat calls the waiting list through the cutoff, without one until the start', () => {
  const cutoff = { term: { value: 2, unit: 'HOURS' as const }, zone: berlin }
  assert.ok(mustPromote(slot, cutoff, at('2026-06-10T16:00+02:00')))
  assert.ok(!mustPromote(slot, cutoff, at('2026-06-10T16:00:00.001+02:00')))
  assert.ok(mustPromote(slot, { term: null, zone: berlin }, at('2026-06-10T17:59+02:00')))
  assert.ok(!mustPromote({ ...slot, waitingCount: 0 }, cutoff, at('2026-06-10T12:00+02:00')))
})

test('the first in the queue is asked first, each once in a drain', () => {
  assert.equal(nextToPromote(slot, [w2, w1], 7)?.bookingId, 901)
  assert.equal(nextToPromote(slot, [{ ...w1, triedDrainNo: 7 }, w2], 7)?.bookingId, 902)
  assert.equal(nextToPromote(slot, [{ ...w1, triedDrainNo: 6 }, w2], 7)?.bookingId, 901)
  assert.equal(nextToPromote(slot, [{ ...w1, triedDrainNo: 7 }], 7), null)
})

test('a drain ends when no seat is free', () => {
  assert.equal(nextToPromote({ ...slot, bookedCount: 9 }, [w1], 7), null)
  assert.equal(nextToPromote({ ...slot, bookedCount: 12 }, [w1], 7), null)
  assert.equal(nextToPromote({ ...slot, maxParticipants: null, bookedCount: 99 }, [w1], 7)?.bookingId, 901)
})
