import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  day,
  days,
  euros,
  monthly,
  months,
  percent,
  sampleModule,
  samplePlan,
  starterPackage,
  sumLines,
  writeLines,
} from '../../../test/support/samples/contract-plan.ts'
import { wantedLines } from './contract-lines.ts'
import type { ContractPlan } from './plan.ts'
import { listUsedLines } from './used-lines.ts'

const used = (plan: ContractPlan, until: string) =>
  writeLines(listUsedLines(plan, { today: day(until), pauses: [] }, day(until)))

test('a recurring price is cut as by an end on the last day that was used', () => {
  const plan = samplePlan({ start: day('2026-01-31'), frequency: monthly('29.90') })
  assert.deepEqual(used(plan, '2026-02-09'), ['2026-01-31 10.68'])
  assert.deepEqual(used(plan, '2026-03-02'), ['2026-01-31 29.90', '2026-02-28 2.89'])
  const calendar = samplePlan({
    start: day('2026-04-15'),
    frequency: monthly('30.00', 'NORMALIZATION_ON_CALENDAR_UNIT'),
  })
  assert.deepEqual(used(calendar, '2026-04-19'), ['2026-04-15 5.00'])
})

test('a price that is paid once or on a day is shared out over the days that it is for', () => {
  const once = samplePlan({ frequency: { type: 'NON_RECURRING', price: euros('365.00') } })
  assert.deepEqual(used(once, '2026-01-14'), ['2026-01-01 14.00'])
  const prices = [{ offset: months(0), price: euros('90.00') }]
  const quarterly = samplePlan({ frequency: { type: 'TERM_BASED', prices, recurring: false } })
  assert.deepEqual(used(quarterly, '2026-01-01'), ['2026-01-01 0.25'])
})

test('use before the start is charged by its days, fees never, modules from their paid day', () => {
  const plan = samplePlan({
    start: day('2026-04-01'),
    useFrom: day('2026-03-22'),
    signedOn: day('2026-03-20'),
    preUse: 'CHARGEABLE',
    frequency: monthly('31.00'),
    flatFees: [starterPackage('39.00')],
    modules: [sampleModule({ paidFrom: day('2026-04-02'), signedOn: day('2026-03-20') })],
  })
  assert.deepEqual(used(plan, '2026-03-25'), ['2026-03-22 4.00'])
  assert.deepEqual(used(plan, '2026-04-03'), ['2026-04-01 3.10', '2026-04-02 0.80', '2026-03-22 10.00'])
})

test('what a company pays is shared out like the price', () => {
  const voucher = {
    windows: [],
    appliesToRate: true,
    appliesToPreUse: true,
    appliesToModules: true,
    omitsStarterPackage: false,
    flatFeeIdentifiers: [],
    companyShare: { type: 'PERCENTAGE', part: percent('33') },
  } as const
  const plan = samplePlan({ voucher, frequency: { type: 'NON_RECURRING', price: euros('365.00') } })
  const [line] = listUsedLines(plan, { today: day('2026-01-10'), pauses: [] }, day('2026-01-10'))
  assert.deepEqual([line?.amount.minor, line?.companyShare.minor], [1000n, 330n])
})

const plans = fc.record({
  start: fc.integer({ min: 0, max: 800 }).map((n) => day('2025-12-01').add({ days: n })),
  cents: fc.integer({ min: 1, max: 20_000 }),
  kind: fc.constantFrom('RECURRING', 'CALENDAR', 'ONCE', 'TERMS'),
  term: fc.constantFrom(days(7), months(1), months(12)),
})

// A price that is paid once at the start of terms that renew is for ever more days.
test('whatever the plan, no day that was used costs more than the lines of its periods, and a further day never less', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 0, max: 59 }), ({ start, cents, kind, term }, n) => {
      const price = { minor: BigInt(cents), currency: 'EUR' }
      const step = term.unit === 'DAY' ? term : months(1)
      const recurring = { type: 'RECURRING', price, step, calculation: 'REFERENCE_DATE' } as const
      const frequency = {
        RECURRING: recurring,
        CALENDAR: { ...recurring, calculation: 'NORMALIZATION_ON_CALENDAR_UNIT' } as const,
        ONCE: { type: 'NON_RECURRING', price } as const,
        TERMS: { type: 'TERM_BASED', prices: [{ offset: days(0), price }], recurring: false } as const,
      }[kind]
      const initialTerm = kind === 'TERMS' ? months(12) : term
      const plan = samplePlan({ start, initialTerm, extension: { type: 'TERM_EXTENSION', next: term }, frequency })
      const at = (date: Temporal.PlainDate) => ({ today: date, pauses: [] })
      const until = start.add({ days: n })
      const total = (date: Temporal.PlainDate) =>
        listUsedLines(plan, at(date), date).reduce((sum, { amount }) => sum + amount.minor, 0n)
      assert.ok(total(until) <= total(until.add({ days: 1 })))
      const whole = new Map(wantedLines(plan, at(until)).map((line) => [line.periodFrom.toString(), line.amount.minor]))
      for (const line of listUsedLines(plan, at(until), until)) {
        assert.ok(line.amount.minor >= 0n && line.amount.minor <= (whole.get(line.periodFrom.toString()) ?? -1n))
        assert.ok(Temporal.PlainDate.compare(line.service.until, until.add({ days: 1 })) <= 0)
      }
    }),
    { numRuns: 300 },
  )
})

test('the first day alone costs one day', () => {
  assert.equal(
    sumLines(listUsedLines(samplePlan(), { today: day('2026-01-01'), pauses: [] }, day('2026-01-01'))),
    '0.97',
  )
})
