import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  at,
  berlin,
  booking,
  bookingRule,
  classFacts,
  classSlot,
  closing,
  contract,
  customer,
  entitlement,
  gymClass,
  on,
  studio,
  trial,
  usage,
} from '../../../test/support/scenes/booking-facts.ts'
import type { ClassBookingFacts } from '../class-facts.ts'
import {
  type ClassBookingStatus,
  explainClassBooking,
  countFreeSeats,
  judgeClassBooking,
  judgePromotion,
  planClassBooking,
  slotClosesAt,
  slotOpensAt,
} from './booking-rules.ts'

const now = at('2026-06-10T12:00+02:00')
const judge = (changes: Partial<ClassBookingFacts>, moment = now) => judgeClassBooking(classFacts(changes), moment)
const closedStudio = studio({ closings: [closing('2026-06-10T00:00', '2026-06-11T00:00')] })
const restingContract = contract({ idlePeriods: [{ from: on('2026-06-10'), lastDay: null }] })
const overlapping = booking('2026-06-10T18:30+02:00', '2026-06-10T19:00+02:00')
const ownBooking = booking('2026-06-10T18:00+02:00', '2026-06-10T18:45+02:00', { classId: 1001, classSlotId: 3001 })
const otherSlotOfClass = booking('2026-06-12T18:00+02:00', '2026-06-12T18:45+02:00', {
  classId: 1001,
  classSlotId: 3002,
})
const full = classSlot({ bookedCount: 9, additionalParticipants: 1 })

test('a customer without obstacles may book', () => {
  assert.equal(judge({}), 'AVAILABLE')
  assert.deepEqual(explainClassBooking(classFacts(), now), [])
})

test('a class that is only listed cannot be booked', () => {
  assert.equal(judge({ gymClass: gymClass({ isBookable: false }) }), 'DISPLAY_ONLY')
})

test('canceled slots, hidden classes, foreign and blocked customers are not available', () => {
  assert.equal(judge({ slot: classSlot({ status: 'CANCELED' }) }), 'NOT_AVAILABLE')
  assert.equal(judge({ gymClass: gymClass({ isActive: false }) }), 'NOT_AVAILABLE')
  assert.equal(judge({ gymClass: gymClass({ isOnlineVisible: false }) }), 'NOT_AVAILABLE')
  assert.equal(judge({ customer: customer({ isForeign: true }) }), 'NOT_AVAILABLE')
  assert.equal(
    judge({ customer: customer({ isForeign: true }), rule: bookingRule({ allowForeign: true }) }),
    'AVAILABLE',
  )
  assert.equal(judge({ customer: customer({ bookingBlock: { until: null } }) }), 'NOT_AVAILABLE')
})

test('a customer has one active booking on a slot, the waiting list included', () => {
  const having = (status: (typeof ownBooking)['status']) =>
    judge({ customer: customer({ bookings: [{ ...ownBooking, status }] }) })
  assert.equal(having('BOOKED'), 'CUSTOMER_ALREADY_BOOKED')
  assert.equal(having('WAITING_LIST'), 'CUSTOMER_ALREADY_BOOKED')
  assert.equal(having('CANCELED'), 'AVAILABLE')
})

test('the window includes the moments at which it opens and closes', () => {
  const rule = bookingRule({ earliestTerm: { value: 1, unit: 'DAY' }, latestTerm: { value: 2, unit: 'HOURS' } })
  assert.equal(judge({ rule }, at('2026-06-08T23:59:59.999+02:00')), 'DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME')
  assert.equal(judge({ rule }, at('2026-06-09T00:00+02:00')), 'AVAILABLE')
  assert.equal(judge({ rule }, at('2026-06-10T16:00+02:00')), 'AVAILABLE')
  assert.equal(judge({ rule }, at('2026-06-10T16:00:00.001+02:00')), 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME')
})

test('without a term booking is open until the slot starts, the start excluded', () => {
  assert.equal(judge({}, at('2026-06-10T17:59:59.999+02:00')), 'AVAILABLE')
  assert.equal(judge({}, at('2026-06-10T18:00+02:00')), 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME')
})

test('the terms of a slot replace those of the rule', () => {
  const rule = bookingRule({ earliestTerm: { value: 1, unit: 'HOURS' }, latestTerm: { value: 1, unit: 'DAY' } })
  const slot = classSlot({ earliestTerm: { value: 2, unit: 'DAY' }, latestTerm: { value: 0, unit: 'DAY' } })
  assert.equal(judge({ rule, slot: classSlot() }), 'DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME')
  assert.equal(judge({ rule, slot }), 'AVAILABLE')
  assert.equal(slotOpensAt(slot, rule, berlin)?.toString(), at('2026-06-08T00:00+02:00').toString())
  assert.equal(slotOpensAt(classSlot(), bookingRule(), berlin), null)
  assert.equal(slotClosesAt(slot, { rule, trial: null }, berlin).toString(), slot.start.toString())
})

test('a closing period closes classes in the studio and leaves streams alone', () => {
  assert.equal(judge({ studio: closedStudio }), 'STUDIO_CLOSED')
  assert.equal(judge({ studio: closedStudio, gymClass: gymClass({ type: 'STREAM' }) }), 'AVAILABLE')
})

test('idle customers and customers with another booking are refused', () => {
  assert.equal(judge({ customer: customer({ contracts: [restingContract] }) }), 'CUSTOMER_IDLE')
  assert.equal(judge({ customer: customer({ bookings: [overlapping] }) }), 'CUSTOMER_IN_OTHER_BOOKING')
})

test('missing contingent and unfulfilled restrictions are one answer', () => {
  const rule = bookingRule({ contingentMode: 'REQUIRED' })
  const used = entitlement({ usages: [usage('2026-06-02')] })
  assert.equal(judge({ rule }), 'NO_CONTINGENT')
  assert.equal(judge({ rule, customer: customer({ entitlements: [used] }) }), 'NO_CONTINGENT')
  assert.equal(judge({ rule, customer: customer({ entitlements: [entitlement()] }) }), 'AVAILABLE')
  assert.equal(judge({ rule: bookingRule({ requiresActiveContract: true }) }), 'NO_CONTINGENT')
})

test('limits count bookings of the same class only', () => {
  const rule = bookingRule({ maxOpenPerCustomer: 1 })
  assert.equal(judge({ rule, customer: customer({ bookings: [otherSlotOfClass] }) }), 'BOOKING_LIMIT_REACHED')
  const other = { ...otherSlotOfClass, classId: 1002 }
  assert.equal(judge({ rule, customer: customer({ bookings: [other] }) }), 'AVAILABLE')
})

test('a full slot is available only as long as its waiting list has room', () => {
  assert.equal(judge({ slot: full }), 'BOOKING_LIMIT_REACHED')
  assert.equal(judge({ slot: { ...full, maxWaiting: 2, waitingCount: 1 } }), 'AVAILABLE')
  assert.equal(judge({ slot: { ...full, maxWaiting: 2, waitingCount: 2 } }), 'BOOKING_LIMIT_REACHED')
  assert.equal(judge({ slot: { ...full, maxParticipants: null } }), 'AVAILABLE')
})

test('free seats may be negative and do not count additional participants as bookings', () => {
  assert.equal(countFreeSeats(classSlot({ bookedCount: 8, additionalParticipants: 1 })), 1)
  assert.equal(countFreeSeats(classSlot({ bookedCount: 10, additionalParticipants: 1 })), -1)
  assert.equal(countFreeSeats(classSlot({ maxParticipants: null })), Number.POSITIVE_INFINITY)
})

test('the first failing step of the table is the answer, the explanation lists all', () => {
  const fixes: readonly (readonly [ClassBookingStatus, (facts: ClassBookingFacts) => ClassBookingFacts])[] = [
    ['DISPLAY_ONLY', (f) => ({ ...f, gymClass: gymClass() })],
    ['NOT_AVAILABLE', (f) => ({ ...f, slot: { ...f.slot, status: 'PLANNED' } })],
    [
      'CUSTOMER_ALREADY_BOOKED',
      (f) => ({ ...f, customer: { ...f.customer, bookings: [overlapping, otherSlotOfClass] } }),
    ],
    ['DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME', (f) => ({ ...f, rule: { ...f.rule, earliestTerm: null } })],
    ['DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME', (f) => ({ ...f, rule: { ...f.rule, latestTerm: null } })],
    ['STUDIO_CLOSED', (f) => ({ ...f, studio: studio() })],
    ['CUSTOMER_IDLE', (f) => ({ ...f, customer: { ...f.customer, contracts: [] } })],
    ['CUSTOMER_IN_OTHER_BOOKING', (f) => ({ ...f, customer: { ...f.customer, bookings: [otherSlotOfClass] } })],
    ['NO_CONTINGENT', (f) => ({ ...f, rule: { ...f.rule, contingentMode: 'NONE' } })],
    ['BOOKING_LIMIT_REACHED', (f) => ({ ...f, rule: bookingRule() })],
  ]
  let facts = classFacts({
    gymClass: gymClass({ isBookable: false }),
    slot: classSlot({ status: 'CANCELED' }),
    studio: closedStudio,
    rule: bookingRule({
      earliestTerm: { value: 1, unit: 'HOURS' },
      latestTerm: { value: 1, unit: 'DAY' },
      contingentMode: 'REQUIRED',
      maxOpenPerCustomer: 1,
    }),
    customer: customer({ contracts: [restingContract], bookings: [ownBooking, overlapping, otherSlotOfClass] }),
  })
  for (const [k, [status, fix]] of fixes.entries()) {
    assert.equal(judgeClassBooking(facts, now), status)
    const explained = new Set(explainClassBooking(facts, now).map((one) => one.status))
    assert.deepEqual(
      [...explained],
      fixes.slice(k).map(([rest]) => rest),
    )
    facts = fix(facts)
  }
  assert.equal(judgeClassBooking(facts, now), 'AVAILABLE')
})

test('staff may break a rule by its name, and only that one', () => {
  const facts = classFacts({ slot: full, studio: closedStudio })
  assert.equal(judgeClassBooking(facts, now, ['CLOSED']), 'BOOKING_LIMIT_REACHED')
  assert.equal(judgeClassBooking(facts, now, ['CLOSED', 'CAPACITY']), 'AVAILABLE')
  assert.equal(planClassBooking(facts, now, ['CAPACITY']).status, 'BOOKED')
  const canceled = classFacts({ slot: classSlot({ status: 'CANCELED' }) })
  assert.equal(judgeClassBooking(canceled, now, ['BLOCKED', 'RESTRICTION']), 'NOT_AVAILABLE')
})

const plan = (changes: Partial<ClassBookingFacts>) => planClassBooking(classFacts(changes), now)

test('a free seat is booked and takes the contingent', () => {
  const rule = bookingRule({ contingentMode: 'REQUIRED' })
  const planned = plan({ rule, customer: customer({ entitlements: [entitlement()] }) })
  assert.equal(planned.status, 'BOOKED')
  assert.equal(planned.use.kind === 'ENTITLEMENT' && planned.use.entitlementId, 801)
  assert.equal(planned.confirmation, null)
})

test('a full slot or a pending promotion sends a fresh booking to the waiting list, which takes nothing', () => {
  const rule = bookingRule({ contingentMode: 'CHARGE' })
  const queue = { maxWaiting: 2, waitingCount: 1 }
  for (const slot of [{ ...full, ...queue }, classSlot({ ...queue, promotionPending: true })]) {
    assert.deepEqual(plan({ slot, rule }), { status: 'WAITING_LIST', confirmation: null, use: { kind: 'NONE' } })
  }
  const fullQueue = classSlot({ maxWaiting: 1, waitingCount: 1, promotionPending: true })
  assert.equal(judge({ slot: fullQueue }), 'BOOKING_LIMIT_REACHED')
})

test('staff confirmation makes a booking pending until the start', () => {
  const planned = plan({ rule: bookingRule({ staffConfirmation: true, contingentMode: 'CHARGE' }) })
  assert.equal(planned.status, 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  assert.equal(planned.confirmation?.kind, 'STAFF')
  assert.equal(planned.confirmation?.deadline.toString(), classSlot().start.toString())
  assert.equal(planned.use.kind, 'CHARGE')
})

const waitingEntry = { ...ownBooking, status: 'WAITING_LIST' as const }
const promote = (changes: Partial<ClassBookingFacts>, moment = now) => {
  const facts = classFacts(changes)
  const { customer: person } = facts
  const waiting = { ...facts, customer: { ...person, bookings: [waitingEntry, ...person.bookings] } }
  return judgePromotion(waiting, waitingEntry.bookingId, moment)
}

test('a promotion asks for everything but the window and the limits', () => {
  const rule = bookingRule({
    earliestTerm: { value: 1, unit: 'HOURS' },
    latestTerm: { value: 1, unit: 'DAY' },
    maxOpenPerCustomer: 1,
  })
  assert.equal(
    promote({ rule, slot: classSlot({ promotionPending: true, waitingCount: 1, maxWaiting: 1 }) }),
    'AVAILABLE',
  )
  assert.equal(promote({ slot: classSlot({ status: 'CANCELED' }) }), 'NOT_AVAILABLE')
  assert.equal(promote({ studio: closedStudio }), 'STUDIO_CLOSED')
  assert.equal(promote({ customer: customer({ contracts: [restingContract] }) }), 'CUSTOMER_IDLE')
  assert.equal(promote({ customer: customer({ bookings: [overlapping] }) }), 'CUSTOMER_IN_OTHER_BOOKING')
  assert.equal(promote({ rule: bookingRule({ contingentMode: 'REQUIRED' }) }), 'NO_CONTINGENT')
})

test('a promoted trial must still be confirmable', () => {
  const confirmable = trial({ confirmationTerm: { value: 2, unit: 'HOURS' } })
  assert.equal(promote({ trial: confirmable }, at('2026-06-10T16:00+02:00')), 'AVAILABLE')
  assert.equal(
    promote({ trial: confirmable }, at('2026-06-10T16:00:00.001+02:00')),
    'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME',
  )
})

test('a waiting trial does not count against itself', () => {
  const entry = { ...waitingEntry, trialOfferConfigId: 61 }
  const facts = classFacts({ trial: trial({ contingent: 1 }), customer: customer({ bookings: [entry] }) })
  assert.equal(judgePromotion(facts, entry.bookingId, now), 'AVAILABLE')
})
