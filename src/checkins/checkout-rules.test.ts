import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { weekly } from '../../test/support/scenes/booking-facts.ts'
import { type CheckoutRules, planCheckout } from './checkout-rules.ts'

const off: CheckoutRules = {
  zone: 'Europe/Berlin',
  afterMinutes: null,
  atClosing: false,
  dailyAt: null,
  openingRows: [],
}

function findDue(rules: Partial<CheckoutRules>, checkedInAt: string): string | undefined {
  return planCheckout({ ...off, ...rules }, Temporal.Instant.from(checkedInAt))
    ?.toZonedDateTimeISO('Europe/Berlin')
    .toString({ timeZoneName: 'never', smallestUnit: 'second' })
}

const time = (text: string) => Temporal.PlainTime.from(text)
const toEleven = { atClosing: true, openingRows: [weekly(1, 7, '06:00', '23:00')] }

test('the limit is elapsed time, whatever the wall clock does', () => {
  const rules = { afterMinutes: 180 }
  assert.equal(findDue(rules, '2025-10-26T01:30:00+02:00'), '2025-10-26T03:30:00+01:00')
  assert.equal(findDue(rules, '2026-03-29T01:30:00+01:00'), '2026-03-29T05:30:00+02:00')
})

test('after a duration, at a time of the day, at closing, and the earliest of them', () => {
  assert.equal(findDue({ afterMinutes: 240 }, '2026-03-29T00:30:00+01:00'), '2026-03-29T05:30:00+02:00')
  const daily = { dailyAt: time('02:30') }
  assert.equal(findDue(daily, '2026-03-28T22:00:00+01:00'), '2026-03-29T03:30:00+02:00')
  assert.equal(findDue(daily, '2026-10-24T22:00:00+02:00'), '2026-10-25T02:30:00+02:00')
  assert.equal(findDue(daily, '2026-10-25T02:15:00+01:00'), '2026-10-26T02:30:00+01:00')
  assert.equal(findDue(daily, '2026-06-15T02:30:00+02:00'), '2026-06-16T02:30:00+02:00')
  assert.equal(findDue(toEleven, '2026-06-15T21:10:00+02:00'), '2026-06-15T23:00:00+02:00')
  assert.equal(findDue({ ...toEleven, afterMinutes: 240 }, '2026-06-15T18:30:00+02:00'), '2026-06-15T22:30:00+02:00')
  assert.equal(findDue({}, '2026-06-15T18:30:00+02:00'), undefined)
})

test('closing is the end of merged hours, and no end without hours or round the clock', () => {
  assert.equal(findDue(toEleven, '2026-06-15T23:00:00+02:00'), '2026-06-16T23:00:00+02:00')
  const closing = (...openingRows: CheckoutRules['openingRows']) => ({ atClosing: true, openingRows })
  assert.equal(findDue(closing(), '2026-06-15T21:00:00+02:00'), undefined)
  assert.equal(findDue(closing(weekly(1, 7, '00:00', '00:00')), '2026-06-15T21:00:00+02:00'), undefined)
  const split = closing(weekly(1, 1, '06:00', '14:00'), weekly(1, 1, '14:00', '02:00'))
  assert.equal(findDue(split, '2026-06-15T08:00:00+02:00'), '2026-06-16T02:00:00+02:00')
  assert.equal(findDue(split, '2026-06-16T02:00:00+02:00'), '2026-06-23T02:00:00+02:00')
  const week = closing(weekly(1, 6, '00:00', '00:00'), weekly(7, 7, '00:00', '23:30'))
  assert.equal(findDue(week, '2026-06-15T00:00:00+02:00'), '2026-06-21T23:30:00+02:00')
})

test('who comes later is never due earlier', () => {
  const minute = fc.integer({ min: 0, max: 60 * 24 * 8 })
  const row = fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 95 }), fc.integer({ min: 0, max: 95 }))
    .map(([day, from, to]) => {
      const at = (n: number) => time('00:00').add({ minutes: 15 * n })
      return { dayFrom: day, dayTo: day, timeFrom: at(from), timeTo: at(to) }
    })
  const property = fc.property(fc.array(row, { maxLength: 3 }), minute, minute, (openingRows, a, b) => {
    const base = Temporal.Instant.from('2026-10-20T00:00:00Z')
    const dueAfter = (minutes: number) => {
      const due = planCheckout({ ...off, atClosing: true, dailyAt: time('02:30'), openingRows }, base.add({ minutes }))
      return due?.epochMilliseconds ?? Number.NaN
    }
    assert.ok(dueAfter(Math.min(a, b)) <= dueAfter(Math.max(a, b)))
    assert.ok(dueAfter(a) > base.add({ minutes: a }).epochMilliseconds)
  })
  fc.assert(property, { numRuns: 100 })
})
