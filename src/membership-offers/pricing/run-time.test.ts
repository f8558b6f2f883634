import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { day, months, samplePlan, weeks } from '../../../test/support/samples/contract-plan.ts'
import { findCommitment } from './commitment-rules.ts'
import type { BonusPeriod, ContractPlan, Pause } from './plan.ts'
import { earliestEndAfterReceipt, findTermEnd } from './run-time-rules.ts'

function shown(plan: ContractPlan, today: string, pauses: readonly Pause[] = []) {
  const { end, term } = findCommitment(plan, { today: day(today), pauses })
  return { end: String(end), deadline: String(term.deadline) }
}

function bonus(changes: Partial<BonusPeriod>): BonusPeriod {
  return {
    term: weeks(2),
    strategy: 'CONTRACT_START',
    runtimeExtension: 'WITH_EXTENSION',
    extendsCancelationPeriod: true,
    ...changes,
  }
}

const pause = (from: string, until: string, shift: { months: number; days: number }): Pause => ({
  from: day(from),
  until: day(until),
  shift,
  suspendsModules: true,
})

describe('the run time of a contract', () => {
  const fromLastOfJanuary = samplePlan({ start: day('2026-01-31') })

  test('remembers the day of the month on which it began', () => {
    const ends = [0, 1, 2, 3].map((index) =>
      String(findTermEnd({ terms: fromLastOfJanuary, start: fromLastOfJanuary.start, pauses: [] }, index).end),
    )
    assert.deepEqual(ends, ['2027-01-30', '2027-02-27', '2027-03-30', '2027-04-29'])
  })

  test('extends on the day after the deadline, not at the end of the term', () => {
    assert.deepEqual(shown(fromLastOfJanuary, '2026-12-30'), { end: '2027-01-30', deadline: '2026-12-30' })
    assert.deepEqual(shown(fromLastOfJanuary, '2026-12-31'), { end: '2027-02-27', deadline: '2027-01-27' })
  })

  test('without a period of notice can be canceled until its last day', () => {
    const { cancelationPeriod: _left, ...plan } = samplePlan()
    assert.deepEqual(shown(plan, '2026-12-31'), { end: '2026-12-31', deadline: '2026-12-31' })
  })

  test('renews once when only the first renewal has a length', () => {
    const plan = samplePlan({ extension: { type: 'TERM_EXTENSION', first: months(6) } })
    assert.equal(shown(plan, '2030-01-01').end, '2027-06-30')
    assert.equal(findCommitment(plan, { today: day('2030-01-01'), pauses: [] }).isFinal, true)
  })

  test('goes on under the rate that follows, once the deadline has passed', () => {
    const next = samplePlan({ initialTerm: months(6), extension: { type: 'NONE' } })
    const plan = samplePlan({ extension: { type: 'SUBSEQUENT_RATE_DETAIL' }, subsequent: next })
    assert.equal(shown(plan, '2026-11-30').end, '2026-12-31')
    const later = findCommitment(plan, { today: day('2026-12-01'), pauses: [] })
    assert.deepEqual(
      later.phases.map(({ plan: phase, until }) => [String(phase.start), String(until)]),
      [
        ['2026-01-01', '2027-01-01'],
        ['2027-01-01', '2027-07-01'],
      ],
    )
  })

  test('grows by a bonus period that extends it; the deadline follows only if the bonus says so', () => {
    const plan = samplePlan({ start: day('2026-05-01'), bonusPeriods: [bonus({})] })
    assert.deepEqual(shown(plan, '2026-05-01'), { end: '2027-05-14', deadline: '2027-04-14' })
    const kept = samplePlan({ start: day('2026-05-01'), bonusPeriods: [bonus({ extendsCancelationPeriod: false })] })
    assert.deepEqual(shown(kept, '2026-05-01'), { end: '2027-05-14', deadline: '2027-03-31' })
  })

  test('ends on the same day in whichever order pauses were added', () => {
    const plan = samplePlan({ bonusPeriods: [bonus({ term: months(1) })] })
    const first = pause('2026-03-01', '2026-04-01', { months: 1, days: 0 })
    const second = pause('2026-07-05', '2026-07-15', { months: 0, days: 10 })
    assert.deepEqual(shown(plan, '2026-02-01', [first, second]), shown(plan, '2026-02-01', [second, first]))
  })

  test('moves by a pause, and its deadline with it', () => {
    const plan = samplePlan({ extension: { type: 'TERM_EXTENSION', next: months(12) }, cancelationPeriod: months(3) })
    const pauses: Pause[] = [
      { from: day('2026-07-01'), until: day('2026-09-01'), shift: { months: 2, days: 0 }, suspendsModules: true },
    ]
    assert.deepEqual(shown(plan, '2026-05-01'), { end: '2026-12-31', deadline: '2026-09-30' })
    assert.deepEqual(shown(plan, '2026-05-01', pauses), { end: '2027-02-28', deadline: '2026-11-30' })
  })

  test('lasts at least as long as the contract that it replaces', () => {
    const plan = samplePlan({ endsNotBefore: day('2027-04-01') })
    assert.equal(shown(plan, '2026-01-01').end, '2027-03-31')
  })

  test('that is canceled by receipt date ends a period of notice later, but not within the minimum run time', () => {
    const plan = samplePlan({ start: day('2025-01-15'), cancelationStrategy: 'RECEIPT_DATE' })
    const runTime = { terms: plan, start: plan.start, pauses: [] }
    assert.equal(String(earliestEndAfterReceipt(runTime, day('2025-05-10'))), '2026-01-14')
    assert.equal(String(earliestEndAfterReceipt(runTime, day('2026-01-31'))), '2026-02-28')
    assert.equal(String(earliestEndAfterReceipt(runTime, day('2026-05-10'))), '2026-06-10')
  })
})
