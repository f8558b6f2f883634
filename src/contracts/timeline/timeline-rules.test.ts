import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { day, days, months, samplePlan } from '../../../test/support/samples/contract-plan.ts'
import { sampleContract } from '../../../test/support/samples/signed-contract.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { listCancelationDates } from './cancelation-rules.ts'
import { measureShift, readPause } from './pause-rules.ts'
import { readTimeline } from './timeline-rules.ts'

/** `2027-01-30 until 2026-12-30`: the shown end, and the last day on which one can cancel to it. */
function showEnd(contract: SignedContract, today: string): string {
  const { end, lastCancelationDay } = readTimeline(contract, day(today))
  return `${end} until ${lastCancelationDay}`
}

const listDates = (contract: SignedContract, today: string) =>
  listCancelationDates(contract, day(today)).map((date) => date.toString())

const byMonth = { type: 'TERM_EXTENSION', next: months(1) } as const

describe('the end of a contract', () => {
  test('moves with the first moment after a deadline, and remembers the last day of a month', () => {
    const contract = sampleContract(samplePlan({ start: day('2026-01-31'), extension: byMonth }))
    assert.deepEqual(
      ['2026-12-30', '2026-12-31', '2027-01-28', '2027-03-01'].map((today) => showEnd(contract, today)),
      [
        '2027-01-30 until 2026-12-30',
        '2027-02-27 until 2027-01-27',
        '2027-03-30 until 2027-02-27',
        '2027-04-29 until 2027-03-29',
      ],
    )
  })

  test('stays where an effective cancelation has set it', () => {
    const canceled = sampleContract(samplePlan(), { cancelation: { state: 'EFFECTIVE', toDate: day('2026-12-31') } })
    assert.equal(readTimeline(canceled, day('2027-05-01')).finalEnd?.toString(), '2026-12-31')
  })

  test('waits at the wished day of a cancelation on which staff have to decide, and is not final', () => {
    const pending = sampleContract(samplePlan(), { cancelation: { state: 'PENDING', toDate: day('2026-12-31') } })
    const { end, isFinal } = readTimeline(pending, day('2027-05-01'))
    assert.deepEqual([end.toString(), isFinal], ['2026-12-31', false])
    assert.equal(readTimeline(sampleContract(samplePlan()), day('2027-05-01')).end.toString(), '2027-06-30')
  })

  test('is final where nothing is agreed, and after the only renewal', () => {
    const once = { type: 'TERM_EXTENSION', first: months(3) } as const
    const ends = (extension: typeof once | { type: 'NONE' }, today: string) =>
      readTimeline(sampleContract(samplePlan({ extension })), day(today)).finalEnd?.toString()
    assert.equal(ends({ type: 'NONE' }, '2026-02-01'), '2026-12-31')
    assert.equal(ends(once, '2026-12-01'), '2027-03-31')
    assert.equal(ends(once, '2026-02-01'), undefined)
  })

  test('goes on under the next rate once its deadline has passed', () => {
    const basic = samplePlan({ initialTerm: months(1), cancelationPeriod: days(14), extension: byMonth })
    const plan = samplePlan({ extension: { type: 'SUBSEQUENT_RATE_DETAIL' }, subsequent: basic })
    const contract = sampleContract(plan)
    assert.equal(readTimeline(contract, day('2026-11-30')).phases.length, 1)
    const next = readTimeline(contract, day('2026-12-01'))
    assert.deepEqual(
      next.phases.map(({ plan: { start } }) => start.toString()),
      ['2026-01-01', '2027-01-01'],
    )
    assert.deepEqual([next.end.toString(), next.index], ['2027-01-31', 1])
  })
})

describe('a pause', () => {
  const policy = { temporalUnit: 'MONTH', extendsContract: true, suspendsModules: true } as const
  const pause = (startDate: string, endDate: string | null) => ({
    state: 'ACCEPTED' as const,
    startDate: day(startDate),
    endDate: endDate === null ? null : day(endDate),
    unlimited: endDate === null,
    policySnapshot: policy,
  })

  test('moves the end and the deadline by its months and days', () => {
    const plan = samplePlan({ extension: { type: 'TERM_EXTENSION', next: months(12) }, cancelationPeriod: months(3) })
    const paused = sampleContract(plan, { idlePeriods: [pause('2026-07-01', '2026-08-31')] })
    assert.equal(showEnd(sampleContract(plan), '2026-05-10'), '2026-12-31 until 2026-09-30')
    assert.equal(showEnd(paused, '2026-05-10'), '2027-02-28 until 2026-11-30')
  })

  test('without end counts to the end of the month that runs', () => {
    const plan = samplePlan({ start: day('2026-01-15'), extension: { type: 'NONE' } })
    const endless = sampleContract(plan, { idlePeriods: [pause('2026-03-15', null)] })
    assert.equal(readTimeline(endless, day('2026-03-20')).end.toString(), '2027-02-14')
    assert.equal(readTimeline(endless, day('2026-04-20')).end.toString(), '2027-03-14')
    const shortened = sampleContract(plan, { idlePeriods: [pause('2026-03-15', '2026-04-19')] })
    assert.equal(readTimeline(shortened, day('2026-04-20')).end.toString(), '2027-02-19')
  })

  test('that waits for staff moves nothing', () => {
    const waiting = { ...pause('2026-07-01', '2026-08-31'), state: 'PENDING_VERIFICATION' as const }
    assert.equal(
      showEnd(sampleContract(samplePlan(), { idlePeriods: [waiting] }), '2026-05-10'),
      '2026-12-31 until 2026-11-30',
    )
  })

  test('is whole units and the days that remain, also over the end of a month', () => {
    assert.deepEqual(measureShift({ from: day('2026-01-31'), until: day('2026-03-05') }, 'MONTH'), {
      months: 1,
      days: 5,
    })
    assert.deepEqual(measureShift({ from: day('2026-01-05'), until: day('2026-01-12') }, 'WEEK'), {
      months: 0,
      days: 7,
    })
    assert.equal(
      readPause({ ...pause('2026-07-01', '2026-07-31'), policySnapshot: {} }, day('2026-07-02')).shift,
      undefined,
    )
  })
})

describe('the dates to which one can cancel', () => {
  test('are the ends of terms whose deadline has not passed', () => {
    const plan = samplePlan({ start: day('2025-11-25'), extension: byMonth })
    const contract = sampleContract(plan)
    assert.equal(listDates(contract, '2026-10-24')[0], '2026-11-24')
    const later = listDates(contract, '2026-10-25')
    assert.deepEqual([later.length, later[0], later.at(-1)], [12, '2026-12-24', '2027-11-24'])
    assert.equal(showEnd(contract, '2026-10-25'), '2026-12-24 until 2026-11-24')
  })

  test('are within two years, but for the first', () => {
    const plan = samplePlan({ initialTerm: months(36), extension: { type: 'TERM_EXTENSION', next: months(6) } })
    assert.deepEqual(listDates(sampleContract(plan), '2026-02-01'), ['2028-12-31'])
    assert.deepEqual(listDates(sampleContract(plan), '2028-10-01'), [
      '2028-12-31',
      '2029-06-30',
      '2029-12-31',
      '2030-06-30',
    ])
  })

  test('follow the receipt where the rate says so, then the ends of billing periods', () => {
    const plan = samplePlan({ start: day('2025-01-15'), cancelationStrategy: 'RECEIPT_DATE' })
    const contract = sampleContract(plan)
    assert.equal(listDates(contract, '2025-05-10')[0], '2026-01-14')
    assert.equal(listDates(contract, '2026-01-31')[0], '2026-02-28')
    const dates = listDates(contract, '2026-05-10')
    assert.deepEqual(
      [dates.length, ...dates.slice(0, 3), dates.at(-1)],
      [12, '2026-06-10', '2026-06-14', '2026-07-14', '2027-04-14'],
    )
  })

  test('are none where the end is agreed, or a cancelation is there', () => {
    assert.deepEqual(listDates(sampleContract(samplePlan({ extension: { type: 'NONE' } })), '2026-02-01'), [])
    const pending = sampleContract(samplePlan(), { cancelation: { state: 'PENDING', toDate: day('2026-12-31') } })
    assert.deepEqual(listDates(pending, '2026-02-01'), [])
  })
})
