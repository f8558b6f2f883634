import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findCommitment } from '../../membership-offers/pricing-rules.ts'
import { alignStart, findFirstStart } from './start-rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const month = { value: 1, unit: 'MONTH' } as const
const price = { minor: 3000n, currency: 'EUR' }

/** A contract from 15 January on, paid by the month from this day. */
const { phases } = findCommitment(
  {
    currency: 'EUR',
    start: day('2026-01-15'),
    useFrom: day('2026-01-15'),
    signedOn: day('2026-01-15'),
    preUse: 'NOT_AVAILABLE',
    ageEvaluation: 'PERIOD_START',
    initialTerm: { value: 12, unit: 'MONTH' },
    extension: { type: 'NONE' },
    cancelationStrategy: 'TERM',
    bonusPeriods: [],
    dueOnSigning: [],
    flatFees: [],
    modules: [],
    rate: {
      frequency: { type: 'RECURRING', price, step: month, calculation: 'REFERENCE_DATE' },
      ageAdjustments: [],
      priceRules: [],
    },
  },
  { today: day('2026-02-01'), pauses: [] },
)

const align = (temporalUnit: 'DAY' | 'WEEK' | 'MONTH', startAlignment: 'CALENDAR' | 'BILLING_PERIOD', on: string) =>
  String(alignStart({ temporalUnit, startAlignment }, day(on), phases))

test('a pause starts on any day, on a Monday, on the first of a month, or with a billing period', () => {
  assert.equal(align('DAY', 'BILLING_PERIOD', '2026-02-03'), '2026-02-03')
  assert.equal(align('WEEK', 'CALENDAR', '2026-02-02'), '2026-02-02')
  assert.equal(align('WEEK', 'CALENDAR', '2026-02-03'), '2026-02-09')
  assert.equal(align('MONTH', 'CALENDAR', '2026-02-01'), '2026-02-01')
  assert.equal(align('MONTH', 'CALENDAR', '2026-02-02'), '2026-03-01')
  assert.equal(align('MONTH', 'BILLING_PERIOD', '2026-02-15'), '2026-02-15')
  assert.equal(align('MONTH', 'BILLING_PERIOD', '2026-02-16'), '2026-03-15')
})

test('a pause does not start while another one lasts, however many follow each other', () => {
  const policy = { temporalUnit: 'MONTH', startAlignment: 'CALENDAR' } as const
  const taken = [
    { from: day('2026-03-01'), until: day('2026-04-01') },
    { from: day('2026-04-01'), until: day('2026-04-20') },
  ]
  assert.equal(String(findFirstStart(policy, day('2026-02-02'), { phases, taken })), '2026-05-01')
  assert.equal(String(findFirstStart(policy, day('2026-02-01'), { phases, taken })), '2026-02-01')
})
