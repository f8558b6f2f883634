import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allocation, device } from '../../test/support/scenes/appointment-facts.ts'
import { at, berlin, on, weekly } from '../../test/support/scenes/booking-facts.ts'
import type { Interval } from '../platform/time/calendar.ts'
import { allocatedMs, isFree, maxSimultaneous, type ResourceFacts, planTimeline } from './timeline-rules.ts'

const now = at('2026-06-09T12:00+02:00')
const dates = { fromDate: on('2026-06-10'), untilDate: on('2026-06-10') }
const ms = (time: string) => at(`2026-06-10T${time}+02:00`).epochMilliseconds
const block = (from: string, until: string) => ({ from: ms(from), until: ms(until) })
const taken = (from: string, until: string) => allocation(`2026-06-10T${from}+02:00`, `2026-06-10T${until}+02:00`)

function isFreeAt(changes: Partial<ResourceFacts>, from: string, until: string, moment = now): boolean {
  return isFree(planTimeline(device(1, changes), { dates, zone: berlin }, moment), block(from, until))
}

test('a shared device serves as many blocks as run at once, not as many as touch the wish', () => {
  const half = [taken('10:00', '10:30'), taken('10:30', '11:00')]
  assert.ok(isFreeAt({ capacity: 2, allocations: half }, '10:15', '10:45'))
  const booked = [...half, taken('10:15', '10:45')]
  assert.ok(!isFreeAt({ capacity: 2, allocations: booked }, '10:15', '10:45'))
  assert.ok(isFreeAt({ capacity: 3, allocations: booked }, '10:15', '10:45'))
})

test('blocks that touch do not collide', () => {
  const allocations = [taken('10:00', '11:00')]
  assert.ok(isFreeAt({ allocations }, '11:00', '12:00'))
  assert.ok(isFreeAt({ allocations }, '09:00', '10:00'))
  assert.ok(!isFreeAt({ allocations }, '09:00', '10:01'))
  assert.ok(!isFreeAt({ allocations }, '10:59', '12:00'))
})

test('an inactive resource is never free', () => {
  assert.ok(isFreeAt({}, '10:00', '11:00'))
  assert.ok(!isFreeAt({ isActive: false }, '10:00', '11:00'))
})

test('a shift must cover the whole block, two touching shifts may do it together', () => {
  const shift = { availabilities: [weekly(3, 3, '09:00', '13:00')] }
  assert.ok(isFreeAt(shift, '09:00', '13:00'))
  assert.ok(!isFreeAt(shift, '12:30', '13:30'))
  const two = { availabilities: [weekly(3, 3, '09:00', '13:00'), weekly(3, 3, '13:00', '18:00')] }
  assert.ok(isFreeAt(two, '12:30', '13:30'))
  const other = { availabilities: [weekly(4, 4, '09:00', '13:00')] }
  assert.ok(!isFreeAt(other, '10:00', '11:00'))
})

test('a shift holds within its validity', () => {
  const ended = { ...weekly(1, 7, '09:00', '13:00'), validTo: on('2026-06-09') }
  assert.ok(!isFreeAt({ availabilities: [ended] }, '10:00', '11:00'))
})

test('an absence takes the resource away, one without end for good', () => {
  const absences = [{ from: at('2026-06-10T12:00+02:00'), until: at('2026-06-10T13:00+02:00') }]
  assert.ok(isFreeAt({ absences }, '11:00', '12:00'))
  assert.ok(!isFreeAt({ absences, capacity: 5 }, '11:30', '12:30'))
  assert.ok(isFreeAt({ absences }, '13:00', '14:00'))
  const forever = [{ from: at('2026-06-10T12:00+02:00'), until: null }]
  assert.ok(!isFreeAt({ absences: forever }, '20:00', '21:00'))
})

test('a pending booking holds its block through its deadline', () => {
  const deadline = '2026-06-09T12:00+02:00'
  const allocations = [allocation('2026-06-10T10:00+02:00', '2026-06-10T11:00+02:00', deadline)]
  assert.ok(!isFreeAt({ allocations }, '10:00', '11:00', at(deadline)))
  assert.ok(isFreeAt({ allocations }, '10:00', '11:00', at(deadline).add({ milliseconds: 1 })))
})

test('the sweep finds what a check of every moment finds', () => {
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 20 }))
    .map(([from, length]) => ({ from, until: from + length }))
  const wishes = interval.filter((one) => one.from < one.until)
  const property = fc.property(fc.array(interval, { maxLength: 12 }), wishes, (allocations, wish) => {
    let expected = 0
    for (let at = wish.from; at < wish.until; at += 1) {
      expected = Math.max(expected, allocations.filter((one) => one.from <= at && at < one.until).length)
    }
    const sorted = allocations.toSorted((a, b) => a.from - b.from)
    assert.equal(maxSimultaneous(sorted, wish), expected)
  })
  fc.assert(property, { numRuns: 300 })
})

test('a block is free where shift, absences and the allocations at each moment leave room for it', () => {
  const start = ms('00:00')
  const span = fc.tuple(fc.integer({ min: -6, max: 30 }), fc.integer({ min: 1, max: 12 }))
  const moments = span.map(([from, hours]) => ({ from: start + from * hourMs, until: start + (from + hours) * hourMs }))
  const world = fc.record({
    capacity: fc.integer({ min: 1, max: 3 }),
    hasShift: fc.boolean(),
    absences: fc.array(moments, { maxLength: 2 }),
    allocations: fc.array(moments, { maxLength: 8 }),
    wish: moments,
  })
  const property = fc.property(world, ({ capacity, hasShift, absences, allocations, wish }) => {
    const timeline = planTimeline(
      device(1, {
        capacity,
        availabilities: hasShift ? [weekly(1, 7, '06:00', '18:00')] : [],
        absences: absences.map((one) => ({ from: toInstant(one.from), until: toInstant(one.until) })),
        allocations: allocations.map((one) => ({ ...one, heldUntil: null })),
      }),
      { dates: { fromDate: on('2026-06-09'), untilDate: on('2026-06-12') }, zone: berlin },
      now,
    )
    const hours = Array.from({ length: (wish.until - wish.from) / hourMs }, (_, k) => wish.from + k * hourMs)
    const expected = hours.every((at) => {
      const isOnShift = !hasShift || isDaytime(at - start)
      const running = (all: readonly Interval[]) => all.filter(({ from, until }) => from <= at && at < until).length
      return isOnShift && running(absences) === 0 && running(allocations) < capacity
    })
    assert.equal(isFree(timeline, wish), expected)
  })
  fc.assert(property, { numRuns: 500 })
})

const hourMs = 3_600_000
const toInstant = (at: number) => Temporal.Instant.fromEpochMilliseconds(at)

/** Whether it is between 06:00 and 18:00 so many milliseconds after a midnight. */
function isDaytime(ms: number): boolean {
  const hour = (ms / hourMs + 48) % 24
  return hour >= 6 && hour < 18
}

test('allocated time is cut to the day, and blocks at the same time count each', () => {
  const day = { from: ms('00:00'), until: at('2026-06-11T00:00+02:00').epochMilliseconds }
  const late = allocation('2026-06-10T23:30+02:00', '2026-06-11T01:00+02:00')
  const facts = device(1, { allocations: [taken('10:00', '11:00'), taken('10:30', '11:00'), late] })
  const timeline = planTimeline(facts, { dates, zone: berlin }, now)
  assert.equal(allocatedMs(timeline, day) / 60_000, 120)
})
