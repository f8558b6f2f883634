import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, samplePlan } from '../../../test/support/samples/contract-plan.ts'
import { findCommitment, type ContractPlan } from '../../membership-offers/pricing-rules.ts'
import type { IdlePolicySnapshot } from '../signed/snapshot.ts'
import { findIdleFee } from './fee-rules.ts'

const base: IdlePolicySnapshot = {
  enabled: true,
  temporalUnit: 'MONTH',
  maxTerms: 6,
  limitWindow: 'CONTRACT_YEAR',
  freeTerms: 0,
  leadDays: 0,
  nextStartOnly: false,
  startAlignment: 'CALENDAR',
  feeType: 'RELATIVE',
  amount: '20.00',
  amountPerUnit: '5.00',
  percentage: '10',
  recurringCharges: true,
  accessRefusal: true,
  extendsContract: true,
  unlimitedAllowed: false,
  dayShortening: false,
  suspendsModules: true,
}

/** What a pause of these days costs, asked in June 2026; `plan` starts on 1 January unless it says otherwise. */
function price(
  startDate: string,
  endDate: string,
  changes: Partial<IdlePolicySnapshot>,
  plan: ContractPlan = samplePlan(),
) {
  const today = day('2026-06-10')
  const { phases } = findCommitment(plan, { today, pauses: [] })
  const policySnapshot = { ...base, ...changes }
  const pause = { id: 1, startDate: day(startDate), endDate: day(endDate), unlimited: false, policySnapshot }
  const fee = findIdleFee(pause, { contract: { plan, idlePeriods: [] }, phases, today })
  return [fee.total.minor, fee.chargedUnits, fee.freeDays, fee.lines.map(({ from }) => from.toString())]
}

test('a part of the membership fee is charged for each unit that is not free', () => {
  assert.deepEqual(price('2026-07-01', '2026-08-31', { freeTerms: 1 }), [300n, 1, 31, ['2026-08-01']])
})

test('a unit across two billing periods takes its part of both, and is rounded once more', () => {
  const plan = samplePlan({ start: day('2026-01-15') })
  // 14 of 30 days are 14.00 and 17 of 31 are 16.45; ten percent of 30.45 are 3.05.
  assert.deepEqual(price('2026-07-01', '2026-07-31', {}, plan), [305n, 1, 0, ['2026-07-01']])
})

test('each window has its free units', () => {
  const free = { freeTerms: 1, limitWindow: 'CALENDAR_YEAR' } as const
  assert.deepEqual(price('2026-12-01', '2027-01-31', free), [0n, 0, 62, []])
  assert.deepEqual(price('2026-12-01', '2027-01-31', { ...free, limitWindow: 'CONTRACT' })[1], 1)
})

test('one sum is charged once, unless every unit is free', () => {
  const once = { feeType: 'ABSOLUTE', freeTerms: 1 } as const
  assert.deepEqual(price('2026-07-01', '2026-08-31', once), [2000n, 1, 31, ['2026-07-01']])
  assert.deepEqual(price('2026-07-01', '2026-07-31', once), [0n, 0, 31, []])
})

test('without units of its own the whole fee falls due on the first day, and a begun unit is charged whole', () => {
  const sum = { feeType: 'TERM_BASED', recurringCharges: false } as const
  assert.deepEqual(price('2026-07-01', '2026-08-10', sum), [1000n, 2, 0, ['2026-07-01']])
})
