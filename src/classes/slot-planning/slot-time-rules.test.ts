import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSlotTimeFault, type SlotTime } from './slot-time-rules.ts'

const at = (time: string) => Temporal.Instant.from(`2026-06-15T${time}Z`)
const slot = (start: string, end: string): SlotTime => ({ start: at(start), end: at(end) })
const now = at('10:00')

const cases: readonly (readonly [string, SlotTime, SlotTime | null, string | undefined])[] = [
  ['a new slot lies ahead', slot('10:01', '11:00'), null, undefined],
  ['a new slot does not begin now', slot('10:00', '11:00'), null, 'START_IN_PAST'],
  ['a new slot does not begin in the past', slot('09:00', '11:00'), null, 'START_IN_PAST'],
  ['a slot is not without length', slot('11:00', '11:00'), null, 'END_NOT_AFTER_START'],
  ['a slot does not end before its start', slot('11:00', '10:30'), slot('11:00', '12:00'), 'END_NOT_AFTER_START'],
  ['a slot is not moved into the past', slot('08:00', '09:00'), slot('11:00', '12:00'), 'START_IN_PAST'],
  ['a slot that runs keeps its start', slot('09:00', '10:30'), slot('09:00', '11:00'), undefined],
  ['a slot that runs does not end in the past', slot('09:00', '09:30'), slot('09:00', '11:00'), 'END_IN_PAST'],
  ['a slot that runs does not end now', slot('09:00', '10:00'), slot('09:00', '11:00'), 'END_IN_PAST'],
]

for (const [sentence, wanted, before, fault] of cases)
  test(sentence, () => assert.equal(findSlotTimeFault(wanted, before, now), fault))
