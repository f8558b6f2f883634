import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BookedFacts, SlotFacts, TakenFacts } from './content-facts.ts'
import { eventOfAppointment, eventOfBooking, eventOfSlot } from './event-rules.ts'
import { feedWindow, isOpen, feedKind, readableWith } from './feed-rules.ts'

const at = (text: string) => Temporal.Instant.from(text)
const [start, end] = [at('2026-06-17T16:00Z'), at('2026-06-17T16:45Z')]
const changedAt = at('2026-06-01T08:00Z')
const now = at('2026-06-15T07:00Z')
const dated = { id: 7, start, end, version: 3, changedAt }

const slot: SlotFacts = {
  ...dated,
  status: 'PLANNED',
  title: 'Yoga',
  description: 'Mat',
  room: 'Room 1',
  isStream: false,
  isShown: true,
  instructors: ['Anna'],
}
const booked: BookedFacts = {
  ...dated,
  status: 'BOOKED',
  confirmDeadline: null,
  dateStatus: 'PLANNED',
  title: 'Yoga',
  description: null,
  room: null,
  isStream: false,
  instructors: [],
}
const booking = (changes: Partial<BookedFacts>, when = now) => {
  const { status, doubt, takesTime, sequence, changedAt: changed } = eventOfBooking({ ...booked, ...changes }, when)
  return { status, doubt, takesTime, sequence, changed: changed.toString() }
}
const canceled = { status: 'CANCELLED', doubt: null, takesTime: false, sequence: 4 }
const changed = changedAt.toString()

test('a date that is over stays what it was', () => {
  assert.equal(eventOfSlot(slot, 'CLASS', end).status, 'CONFIRMED')
  assert.equal(eventOfSlot({ ...slot, status: 'CANCELED' }, 'CLASS', end).status, 'CANCELLED')
})

test('a class takes the time of the instructor who gives it, and of nobody once it is canceled', () => {
  const takesTime = (of: 'CLASS' | 'INSTRUCTOR', status: SlotFacts['status'] = 'PLANNED') =>
    eventOfSlot({ ...slot, status }, of, now).takesTime
  assert.deepEqual(
    [takesTime('CLASS'), takesTime('INSTRUCTOR'), takesTime('INSTRUCTOR', 'CANCELED')],
    [false, true, false],
  )
})

test('of a class that is not on show its instructor sees the time only', () => {
  const { title, instructors, description, venue } = eventOfSlot({ ...slot, isShown: false }, 'INSTRUCTOR', now)
  assert.deepEqual([title, instructors, description, venue], [null, [], null, null])
})

test('a booking is certain, in doubt or canceled', () => {
  const pending = { status: 'BOOKED_WITH_CONFIRMATION_REQUIRED', confirmDeadline: now } as const
  const sure = { takesTime: true, sequence: 3, changed }
  assert.deepEqual(booking({}), { status: 'CONFIRMED', doubt: null, ...sure })
  assert.deepEqual(booking(pending), { status: 'TENTATIVE', doubt: 'pending', ...sure })
  assert.deepEqual(booking({ status: 'WAITING_LIST' }), { status: 'TENTATIVE', doubt: 'waiting', ...sure })
  assert.deepEqual(booking({ status: 'CANCELED' }), { ...canceled, changed })
  assert.deepEqual(booking({ dateStatus: 'CANCELED' }), { ...canceled, changed })
})

test('what time has canceled was changed at that time', () => {
  const confirmDeadline = now.subtract({ milliseconds: 1 })
  const expired = { status: 'BOOKED_WITH_CONFIRMATION_REQUIRED', confirmDeadline } as const
  assert.deepEqual(booking(expired), { ...canceled, changed: confirmDeadline.toString() })
  assert.deepEqual(booking({ status: 'WAITING_LIST' }, start), { ...canceled, changed: start.toString() })
})

test('an appointment takes time while any customer takes part', () => {
  const taken = (...bookings: TakenFacts['bookings']) => eventOfAppointment({ ...dated, bookings }, now) !== undefined
  const expired = {
    status: 'BOOKED_WITH_CONFIRMATION_REQUIRED',
    confirmDeadline: now.subtract({ milliseconds: 1 }),
    start,
  } as const
  const kept = { status: 'BOOKED', confirmDeadline: null, start } as const
  assert.deepEqual([taken(), taken(expired), taken(expired, kept)], [false, false, true])
})

test('the window has whole days of the studio, whatever the clocks do', () => {
  const { from, until } = feedWindow(at('2026-04-20T23:30+02:00'), 'Europe/Berlin')
  assert.deepEqual(
    [from, until].map((moment) => moment.toZonedDateTimeISO('Europe/Berlin').toString()),
    ['2026-03-21T00:00:00+01:00[Europe/Berlin]', '2026-10-18T00:00:00+02:00[Europe/Berlin]'],
  )
})

test('a link is open while everything is active that it hangs on', () => {
  const facts = { tenantStatus: 'ACTIVE', studioStatus: 'ACTIVE', activationStatus: 'ACTIVE' }
  assert.ok(isOpen(facts))
  const closing = { tenantStatus: 'SUSPENDED', studioStatus: 'CLOSED', activationStatus: 'ENDED' }
  for (const [name, status] of Object.entries(closing)) assert.ok(!isOpen({ ...facts, [name]: status }), name)
})

test('a feed is of one thing, and shows what the scopes allow', () => {
  const nothing = { classId: null, employeeId: null, bookingId: null }
  assert.deepEqual(
    [
      { ...nothing, classId: 1 },
      { ...nothing, employeeId: 1 },
      { ...nothing, bookingId: 1 },
    ].map(feedKind),
    ['CLASS', 'INSTRUCTOR', 'BOOKING'],
  )
  assert.deepEqual(readableWith(new Set(['CLASSES_READ'])), { classes: true, appointments: false })
  assert.deepEqual(readableWith(new Set(['APPOINTMENTS_READ', 'CLASSES_WRITE'])), {
    classes: false,
    appointments: true,
  })
})
