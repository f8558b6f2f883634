import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, berlin, on } from '../../../test/support/scenes/booking-facts.ts'
import { type ClassSeries, planSeriesSlots, type SeriesSlot, seriesOccurrences } from './series-rules.ts'

const sundays: ClassSeries = {
  weekdays: [7],
  localTime: Temporal.PlainTime.from('02:30'),
  durationMin: 45,
  everyNWeeks: 1,
  fromDate: on('2026-03-22'),
  toDate: null,
}

function occurrences(changes: Partial<ClassSeries>, from: string, until: string) {
  return seriesOccurrences({ ...sundays, ...changes }, { fromDate: on(from), untilDate: on(until) }, berlin)
}

const listStarts = (changes: Partial<ClassSeries>, from: string, until: string) =>
  occurrences(changes, from, until).map(({ start }) => start.toString())

test('a weekly series keeps its wall time when the clocks change', () => {
  const printed = ['2026-03-22T02:30+01:00', '2026-03-29T03:30+02:00', '2026-04-05T02:30+02:00']
  const expected = printed.map((text) => at(text).toString())
  assert.deepEqual(listStarts({}, '2026-03-22', '2026-04-05'), expected)
  assert.deepEqual(listStarts({}, '2026-10-25', '2026-10-25'), [at('2026-10-25T02:30+02:00').toString()])
})

test('an occurrence lasts its elapsed minutes', () => {
  const [gap] = occurrences({}, '2026-03-29', '2026-03-29')
  assert.equal(gap?.end.toString(), at('2026-03-29T04:15+02:00').toString())
  const [ambiguous] = occurrences({}, '2026-10-25', '2026-10-25')
  assert.equal(ambiguous?.end.toString(), at('2026-10-25T02:15+01:00').toString())
})

test('a series keeps to its first and last date', () => {
  const bounded = { fromDate: on('2026-06-08'), toDate: on('2026-06-14') }
  const dates = occurrences(bounded, '2026-06-01', '2026-06-30').map(({ date }) => date.toString())
  assert.deepEqual(dates, ['2026-06-14'])
})

test('every second week counts calendar weeks from the week of the first date', () => {
  const fortnight = { weekdays: [1, 5], everyNWeeks: 2, fromDate: on('2026-06-03') }
  const dates = occurrences(fortnight, '2026-06-01', '2026-06-30').map(({ date }) => date.toString())
  assert.deepEqual(dates, ['2026-06-05', '2026-06-15', '2026-06-19', '2026-06-29'])
})

const now = at('2026-06-10T12:00+02:00')
const evening = { ...sundays, weekdays: [3], localTime: Temporal.PlainTime.from('18:00'), fromDate: on('2026-06-01') }
const wanted = (changes: Partial<ClassSeries> = {}) =>
  seriesOccurrences({ ...evening, ...changes }, { fromDate: on('2026-06-01'), untilDate: on('2026-06-30') }, berlin)

function slot(classSlotId: number, date: string, changes: Partial<SeriesSlot> = {}): SeriesSlot {
  const start = at(`${date}T18:00+02:00`)
  const end = start.add({ minutes: 45 })
  const state = { status: 'PLANNED', isDetached: false, hasBookings: false } as const
  return { classSlotId, occurrenceDate: on(date), start, end, ...state, ...changes }
}

const dated = (plan: ReturnType<typeof planSeriesSlots>) => ({
  ...plan,
  create: plan.create.map(({ date }) => date.toString()),
  move: plan.move.map(({ classSlotId, occurrence }) => [classSlotId, occurrence.start.toString()]),
})

test('a new series creates its future slots only', () => {
  const plan = dated(planSeriesSlots([], wanted(), now))
  assert.deepEqual(plan, {
    create: ['2026-06-10', '2026-06-17', '2026-06-24'],
    move: [],
    keep: [],
    cancel: [],
    delete: [],
  })
})

test('planning again changes nothing', () => {
  const slots = [slot(1, '2026-06-03'), slot(2, '2026-06-10'), slot(3, '2026-06-17'), slot(4, '2026-06-24')]
  assert.deepEqual(dated(planSeriesSlots(slots, wanted(), now)), {
    create: [],
    move: [],
    keep: [2, 3, 4],
    cancel: [],
    delete: [],
  })
})

test('another time moves future slots under their id, longer ones too', () => {
  const slots = [slot(1, '2026-06-03'), slot(2, '2026-06-10', { hasBookings: true })]
  const later = wanted({ localTime: Temporal.PlainTime.from('19:00') })
  const plan = dated(planSeriesSlots(slots, later, now))
  assert.deepEqual(plan.move, [[2, at('2026-06-10T19:00+02:00').toString()]])
  assert.deepEqual(plan.create, ['2026-06-17', '2026-06-24'])
  assert.equal(planSeriesSlots(slots, wanted({ durationMin: 60 }), now).move.length, 1)
})

test('nothing is moved into the past', () => {
  const morning = wanted({ localTime: Temporal.PlainTime.from('09:00') })
  const plan = planSeriesSlots([slot(2, '2026-06-10')], morning, now)
  assert.deepEqual([plan.move, plan.keep, plan.delete], [[], [2], []])
})

test('occurrences that fall away are canceled if booked, deleted if not', () => {
  const slots = [slot(1, '2026-06-03'), slot(2, '2026-06-10', { hasBookings: true }), slot(3, '2026-06-17')]
  const plan = dated(planSeriesSlots(slots, wanted({ weekdays: [4] }), now))
  assert.deepEqual(plan.create, ['2026-06-11', '2026-06-18', '2026-06-25'])
  assert.deepEqual([plan.cancel, plan.delete], [[2], [3]])
})

test('detached and canceled slots are left alone and not doubled', () => {
  const slots = [
    slot(2, '2026-06-10', { isDetached: true, start: at('2026-06-10T20:00+02:00') }),
    slot(3, '2026-06-17', { status: 'CANCELED' }),
  ]
  assert.deepEqual(dated(planSeriesSlots(slots, wanted(), now)), {
    create: ['2026-06-24'],
    move: [],
    keep: [],
    cancel: [],
    delete: [],
  })
  const ended = planSeriesSlots(slots, [], now)
  assert.deepEqual([ended.cancel, ended.delete], [[], []])
})
