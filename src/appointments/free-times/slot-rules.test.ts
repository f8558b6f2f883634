import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  allocation,
  appointmentFacts,
  bookable,
  device,
  group,
  instructor,
  line,
  request,
} from '../../../test/support/scenes/appointment-facts.ts'
import {
  at,
  berlin,
  booking,
  bookingRule,
  closing,
  contract,
  customer,
  entitlement,
  on,
  studio,
  usage,
  weekly,
} from '../../../test/support/scenes/booking-facts.ts'
import { gridStarts } from './grid-rules.ts'
import { datesIn, dayInterval } from '../../platform/time/calendar.ts'
import type { AppointmentFacts } from '../appointment-facts.ts'
import { judgeAppointment, planAppointment } from '../appointment-rules.ts'
import { planAppointmentSlots } from './slot-rules.ts'

const now = at('2026-06-01T08:00+02:00')

function listOn(facts: AppointmentFacts, date: string, until = date, moment = now) {
  return planAppointmentSlots(facts, { fromDate: on(date), untilDate: on(until) }, moment)
}

const times = (slots: ReturnType<typeof planAppointmentSlots>) =>
  slots.map(({ start }) => start.toZonedDateTimeISO(berlin).toPlainTime().toString({ smallestUnit: 'minute' }))

const morning = studio({ openingRows: [weekly(1, 7, '09:00', '13:00')] })
const shift = [weekly(1, 7, '09:00', '13:00')]
const block = (from: string, until: string) => allocation(`2026-06-10T${from}+02:00`, `2026-06-10T${until}+02:00`)

function oneInstructor(prepMin: number, followUpMin: number, hasShift: boolean): AppointmentFacts {
  const taken = block(prepMin === 0 ? '10:00' : '09:50', followUpMin === 15 ? '11:00' : '10:50')
  return appointmentFacts({
    studio: morning,
    bookable: bookable({ prepMin, followUpMin }),
    resources: [instructor(1, { allocations: [taken], availabilities: hasShift ? shift : [] })],
  })
}

test('buffers keep their distance from what is taken, and shifts must cover them', () => {
  const a = ['09:00', '11:00', '11:15', '11:30', '11:45', '12:00', '12:15']
  assert.deepEqual(times(listOn(oneInstructor(0, 15, false), '2026-06-10')), a)
  assert.deepEqual(times(listOn(oneInstructor(0, 15, true), '2026-06-10')), a.slice(0, -1))
  const c = ['11:00', '11:15', '11:30', '11:45', '12:00']
  assert.deepEqual(times(listOn(oneInstructor(10, 5, true), '2026-06-10')), c)
})

test('what is not listed has its reason', () => {
  const facts = oneInstructor(0, 15, false)
  const judge = (from: string, until: string, person = customer()) =>
    judgeAppointment(
      { ...facts, customer: person },
      request(`2026-06-10T${from}+02:00`, `2026-06-10T${until}+02:00`),
      now,
    )
  assert.equal(judge('11:07', '11:52'), 'NOT_AVAILABLE')
  assert.equal(judge('11:00', '12:00'), 'PERIOD_DOES_NOT_MATCH')
  assert.equal(judge('12:30', '13:15'), 'STUDIO_CLOSED')
  assert.equal(judge('09:30', '10:15'), 'RESOURCE_NOT_AVAILABLE')
  const own = booking('2026-06-10T10:00+02:00', '2026-06-10T10:45+02:00', { bookableId: 20334 })
  assert.equal(judge('09:30', '10:15', customer({ bookings: [own] })), 'CUSTOMER_IN_OTHER_BOOKING')
})

const room = appointmentFacts({
  studio: studio({ openingRows: [weekly(1, 7, '00:00', '00:00')] }),
  bookable: bookable({ durationMin: 30, gridMin: 30 }),
  requirements: [line('ROOM', 1, [9])],
  resources: [device(9)],
})
const longBefore = at('2026-01-01T00:00+01:00')

test('a studio that is always open has 48 slots a day, 46 in spring and 50 in autumn', () => {
  assert.equal(listOn(room, '2026-03-28', '2026-03-28', longBefore).length, 48)
  const spring = listOn(room, '2026-03-29', '2026-03-29', longBefore)
  assert.equal(spring.length, 46)
  const overGap = spring.find((slot) => slot.start.equals(at('2026-03-29T01:30+01:00')))
  assert.equal(overGap?.end.toString(), at('2026-03-29T03:00+02:00').toString())
  assert.equal(listOn(room, '2026-10-25', '2026-10-25', longBefore).length, 50)
  const wide = { ...room, bookable: bookable({ durationMin: 30, gridMin: 45 }) }
  assert.equal(listOn(wide, '2026-03-29', '2026-03-29', longBefore).length, 31)
})

test('booking the first pass of an ambiguous hour leaves the second free', () => {
  const taken = [allocation('2026-10-25T02:00+02:00', '2026-10-25T02:30+02:00')]
  const slots = listOn(
    { ...room, resources: [device(9, { allocations: taken })] },
    '2026-10-25',
    '2026-10-25',
    longBefore,
  )
  assert.equal(slots.length, 49)
  assert.ok(slots.some((slot) => slot.start.equals(at('2026-10-25T02:00+01:00'))))
  assert.ok(!slots.some((slot) => slot.start.equals(at('2026-10-25T02:00+02:00'))))
})

test('a week of slots begins after now and ends with the last day', () => {
  const noon = at('2026-06-10T12:00+02:00')
  const slots = listOn(room, '2026-06-10', '2026-06-16', noon)
  assert.equal(slots[0]?.start.toString(), at('2026-06-10T12:30+02:00').toString())
  assert.equal(slots.at(-1)?.start.toString(), at('2026-06-16T23:30+02:00').toString())
  assert.deepEqual(listOn(room, '2026-06-01', '2026-06-09', noon), [])
})

const team = {
  studio: studio({ openingRows: [weekly(1, 7, '09:00', '10:00')] }),
  requirements: [line('EMPLOYEE', 1, [1, 2, 3])],
  resources: [instructor(1), instructor(2, { allocations: [block('09:00', '09:10')] }), instructor(3)],
}

test('where customers pick their instructor each free one is an entry', () => {
  const facts = appointmentFacts({ ...team, bookable: bookable({ customerPicksInstructor: true }) })
  const entries = listOn(facts, '2026-06-10').map(({ start, instructorIds }) => [
    start.toZonedDateTimeISO(berlin).minute,
    ...instructorIds,
  ])
  assert.deepEqual(entries, [
    [0, 101],
    [0, 103],
    [15, 101],
    [15, 102],
    [15, 103],
  ])
})

test('otherwise a start has one entry with the instructors whom booking would take', () => {
  const picked = (changes: Partial<AppointmentFacts>) =>
    listOn(appointmentFacts({ ...team, ...changes }), '2026-06-10').map(({ instructorIds }) => instructorIds)
  assert.deepEqual(picked({}), [[101], [101]])
  assert.deepEqual(picked({ requirements: [line('EMPLOYEE', 2, [1, 2, 3])] }), [
    [101, 103],
    [101, 103],
  ])
  const both = bookable({ customerPicksInstructor: true })
  assert.equal(picked({ requirements: [line('EMPLOYEE', 2, [1, 2, 3])], bookable: both }).length, 2)
  assert.deepEqual(picked({ requirements: [] }), [[], []])
})

test('groups that can be joined are listed with their own instructors', () => {
  const taken = block('09:00', '09:45')
  const facts = appointmentFacts({
    ...team,
    bookable: bookable({ customerPicksInstructor: true, maxParticipants: 2 }),
    resources: [instructor(1, { allocations: [taken] }), instructor(2, { allocations: [taken] }), instructor(3)],
    appointments: [
      group(70, '2026-06-10T09:00+02:00', { instructorIds: [102] }),
      group(71, '2026-06-10T09:00+02:00', { instructorIds: [101] }),
    ],
  })
  const first = listOn(facts, '2026-06-10').filter(({ start }) => start.equals(at('2026-06-10T09:00+02:00')))
  assert.deepEqual(
    first.map(({ instructorIds }) => instructorIds),
    [[101], [102], [103]],
  )
})

/** Days on which the clocks change, and an ordinary one. */
const someDay = fc.constantFrom('2026-03-28', '2026-03-29', '2026-06-10', '2026-10-24', '2026-10-25')
const minutes = (max: number, step = 5) => fc.integer({ min: 0, max: Math.floor(max / step) }).map((n) => n * step)
const someBlocks = fc.array(fc.tuple(minutes(2880), minutes(240)), { maxLength: 4 })

const world = fc.record({
  date: someDay,
  grid: fc.constantFrom(
    { gridMin: 30, gridOffsetMin: 0 },
    { gridMin: 45, gridOffsetMin: 15 },
    { gridMin: 60, gridOffsetMin: 5 },
  ),
  durationMin: fc.constantFrom(20, 45, 90),
  prepMin: fc.constantFrom(0, 10),
  followUpMin: fc.constantFrom(0, 15),
  picks: fc.boolean(),
  maxParticipants: fc.constantFrom(1, 2),
  required: fc.constantFrom(0, 1, 2),
  blocks: fc.tuple(someBlocks, someBlocks, someBlocks),
  opening: fc.constantFrom(
    [],
    [weekly(1, 7, '00:00', '00:00')],
    [weekly(6, 3, '20:00', '04:00'), weekly(1, 7, '08:00', '12:00')],
  ),
  earliest: fc.constantFrom(null, { value: 1, unit: 'DAY' as const }, { value: 6, unit: 'HOURS' as const }),
  latest: fc.constantFrom(null, { value: 3, unit: 'HOURS' as const }),
  hasCustomer: fc.boolean(),
  contingentMode: fc.constantFrom('NONE' as const, 'REQUIRED' as const),
  groupQuarters: fc.array(fc.integer({ min: 0, max: 95 }), { maxLength: 3 }),
  nowMinutes: minutes(2880, 1),
})

type World = typeof world extends fc.Arbitrary<infer W> ? W : never

function makeFacts(w: World): { readonly facts: AppointmentFacts; readonly now: Temporal.Instant } {
  const base = on(w.date).subtract({ days: 1 }).toZonedDateTime(berlin).toInstant()
  const allocations = (blocks: readonly (readonly [number, number])[]) =>
    blocks.map(([from, length]) => {
      const begin = base.epochMilliseconds + (720 + from) * 60_000
      return { from: begin, until: begin + length * 60_000, heldUntil: null }
    })
  const person = customer({
    contracts: [contract({ idlePeriods: [{ from: on('2026-10-26'), lastDay: null }] })],
    entitlements: [entitlement({ quantity: 2, usages: [usage('2026-10-02'), usage('2026-10-03')] })],
    bookings: [
      {
        ...booking('2026-06-10T10:00Z', '2026-06-10T11:00Z'),
        start: base.add({ hours: 30 }),
        end: base.add({ hours: 31 }),
      },
    ],
  })
  const facts = appointmentFacts({
    studio: studio({ openingRows: w.opening, closings: [closing(`${w.date}T14:10`, `${w.date}T15:00`)] }),
    bookable: bookable({
      ...w.grid,
      durationMin: w.durationMin,
      prepMin: w.prepMin,
      followUpMin: w.followUpMin,
      maxParticipants: w.maxParticipants,
      customerPicksInstructor: w.picks,
    }),
    rule: bookingRule({ earliestTerm: w.earliest, latestTerm: w.latest, contingentMode: w.contingentMode }),
    requirements: [line('EMPLOYEE', w.required, [1, 2]), line('DEVICE', 1, [9])],
    resources: [
      instructor(1, { allocations: allocations(w.blocks[0]) }),
      instructor(2, { allocations: allocations(w.blocks[1]), availabilities: [weekly(1, 7, '07:00', '22:00')] }),
      device(9, { capacity: 2, allocations: [...allocations(w.blocks[2]), ...allocations(w.blocks[2])].slice(1) }),
    ],
    appointments: w.groupQuarters.map((k, n) => {
      const ids = w.required === 2 ? [101, 102] : w.required === 1 ? [101 + (n % 2)] : []
      return group(70 + n, base.add({ minutes: 1440 + 15 * k }).toString(), { instructorIds: ids })
    }),
    customer: w.hasCustomer ? person : null,
  })
  return { facts, now: base.add({ minutes: w.nowMinutes }) }
}

test('a start is listed if and only if it can be booked, with the instructors named or without', () => {
  const property = fc.property(world, (w) => {
    const { facts, now: moment } = makeFacts(w)
    const dates = { fromDate: on(w.date).subtract({ days: 1 }), untilDate: on(w.date) }
    const listed = Map.groupBy(planAppointmentSlots(facts, dates, moment), ({ start }) => start.epochMilliseconds)
    for (const date of datesIn(dates)) {
      for (const ms of gridStarts(dayInterval(date, berlin), facts.bookable, berlin)) {
        const start = Temporal.Instant.fromEpochMilliseconds(ms)
        const wish = { start, end: start.add({ minutes: w.durationMin }), instructorIds: [] }
        const verdict = judgeAppointment(facts, wish, moment)
        const slots = listed.get(ms) ?? []
        assert.equal(slots.length > 0, verdict === 'AVAILABLE', `${start.toString()} ${verdict}`)
        for (const { instructorIds, end } of slots) {
          const named = { start, end, instructorIds }
          assert.equal(judgeAppointment(facts, named, moment), 'AVAILABLE')
          assert.deepEqual(planAppointment(facts, named, moment)?.assigned.instructorIds, instructorIds)
        }
      }
    }
  })
  fc.assert(property, { numRuns: 25 })
})
