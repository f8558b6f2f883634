import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
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
  weeks,
  writeLines,
} from '../../../test/support/samples/contract-plan.ts'
import { wantedLines } from './contract-lines.ts'
import { planInitialSchedule, planVolume } from './initial-schedule.ts'
import type { ContractPlan, Pause } from './plan.ts'
import { findBasePrice } from './price-rules.ts'

const text = ({ minor }: { readonly minor: bigint }) => (Number(minor) / 100).toFixed(2)

function pause(from: string, until: string, shift: { months: number; days: number }): Pause {
  return { from: day(from), until: day(until), shift, suspendsModules: true }
}

function lines(plan: ContractPlan, today: string, pauses: readonly Pause[] = []) {
  return wantedLines(plan, { today: day(today), pauses })
}

describe('the lines of a contract with pauses and free days', () => {
  test('leave out the days of a pause, and come back at its end', () => {
    const plan = samplePlan({ extension: { type: 'TERM_EXTENSION', next: months(12) }, cancelationPeriod: months(3) })
    const paused = lines(plan, '2026-05-01', [pause('2026-07-01', '2026-09-01', { months: 2, days: 0 })])
    assert.equal(
      paused.some(({ due }) => due.month === 7 || due.month === 8),
      false,
    )
    assert.equal(sumLines(paused), '360.00')
    assert.equal(writeLines(paused).at(-1), '2027-02-01 30.00')
  })

  test('are cut by days where a pause lies inside a period, also at the end that the pause has moved', () => {
    const plan = samplePlan({ extension: { type: 'NONE' } })
    const paused = lines(plan, '2026-04-05', [pause('2026-04-10', '2026-04-20', { months: 0, days: 10 })])
    assert.equal(writeLines(paused)[3], '2026-04-01 20.00')
    assert.equal(writeLines(paused).at(-1), '2027-01-01 9.68')
  })

  test('begin again in the middle of a period when a pause is ended there', () => {
    const plan = samplePlan({ start: day('2026-01-15'), extension: { type: 'NONE' } })
    const paused = lines(plan, '2026-04-20', [pause('2026-03-15', '2026-04-20', { months: 1, days: 5 })])
    const april = paused.find(({ periodFrom }) => String(periodFrom) === '2026-04-15')
    assert.deepEqual([String(april?.service.from), String(april?.service.until)], ['2026-04-20', '2026-05-15'])
    assert.equal(april && text(april.amount), '25.00')
    assert.equal(writeLines(paused).at(-1), '2027-02-15 5.36')
    assert.equal(sumLines(paused), '360.36')
  })

  test('follow agreed price steps; the price for extensions replaces what they gave, and they go on from it', () => {
    const base = {
      price: euros('20.00'),
      start: day('2026-01-01'),
      rules: [{ change: { type: 'RAISE', by: percent('5') }, firstAfter: months(6), recurrence: months(6) } as const],
      afterExtension: { on: day('2027-01-01'), price: euros('25.00') },
    }
    const prices = ['2026-06-30', '2026-07-01', '2027-01-01', '2027-07-01', '2028-01-01'].map((on) =>
      text(findBasePrice(base, day(on))),
    )
    assert.deepEqual(prices, ['20.00', '21.00', '25.00', '26.25', '27.56'])
  })
})

describe('the periods of a contract', () => {
  test('remember the day of the start behind free weeks and delays, so that the last period is a whole one', () => {
    const plan = samplePlan({
      start: day('2026-02-28'),
      initialTerm: months(5),
      extension: { type: 'NONE' },
      frequency: monthly('24.90'),
      bonusPeriods: [
        {
          term: weeks(3),
          strategy: 'CONTRACT_START',
          runtimeExtension: 'WITH_EXTENSION',
          extendsCancelationPeriod: true,
        },
      ],
      flatFees: [
        { ...starterPackage('5.00'), isStarterPackage: false, frequency: monthly('5.00'), firstBookingDelay: weeks(3) },
      ],
    })
    const days = ['03-21', '04-18', '05-19', '06-18', '07-19'].map((each) => `2026-${each}`)
    const whole = days.flatMap((each) => [`${each} 24.90`, `${each} 5.00`])
    assert.deepEqual(writeLines(planInitialSchedule(plan)), ['2026-02-28 0.00', ...whole])
  })

  test('are cut where another rate follows from the signing on', () => {
    const next = samplePlan({ initialTerm: months(6), extension: { type: 'NONE' } })
    const plan = samplePlan({
      start: day('2026-01-15'),
      initialTerm: months(5),
      frequency: monthly('30.00', 'NORMALIZATION_ON_CALENDAR_UNIT'),
      extension: { type: 'SUBSEQUENT_RATE_DETAIL' },
      subsequent: next,
    })
    const today = plan.signedOn
    const wanted = writeLines(wantedLines(plan, { today, pauses: [] }))
    assert.equal(wanted.at(-1), '2026-06-01 14.00')
    assert.deepEqual(wanted, writeLines(planInitialSchedule(plan)))
    // After the deadline as well: nothing is given back.
    const later = writeLines(wantedLines(plan, { today: day('2026-06-14'), pauses: [] }))
    assert.deepEqual(later.slice(0, wanted.length), wanted)
  })
})

describe('the volume of a contract', () => {
  test('show free weeks at the start as a line of nothing, and are billed from their end on', () => {
    const plan = samplePlan({
      start: day('2026-05-01'),
      frequency: monthly('24.90'),
      bonusPeriods: [
        {
          term: weeks(2),
          strategy: 'CONTRACT_START',
          runtimeExtension: 'WITH_EXTENSION',
          extendsCancelationPeriod: true,
        },
      ],
    })
    const schedule = planInitialSchedule(plan)
    assert.deepEqual(writeLines(schedule).slice(0, 2), ['2026-05-01 0.00', '2026-05-15 24.90'])
    assert.equal(sumLines(schedule), '298.80')
    const volume = planVolume(plan)
    assert.deepEqual([volume.days, text(volume.perMonth)], [379, '23.65'])
  })

  test('average over 30 days, whatever the length of the term', () => {
    const weekly = { type: 'RECURRING', step: weeks(1), price: euros('10.00'), calculation: 'REFERENCE_DATE' } as const
    const four = planVolume(
      samplePlan({ initialTerm: weeks(4), frequency: weekly, flatFees: [starterPackage('50.00')] }),
    )
    assert.deepEqual([text(four.total), text(four.perMonth)], ['90.00', '96.43'])
    assert.equal(four.perFrequencyTerm && text(four.perFrequencyTerm), '22.50')
    const month = planVolume(samplePlan({ initialTerm: months(1), frequency: monthly('10.00') }))
    assert.equal(text(month.perMonth), '9.68')
    const used = samplePlan({
      start: day('2026-03-08'),
      useFrom: day('2026-03-01'),
      signedOn: day('2026-03-01'),
      preUse: 'CHARGEABLE',
      initialTerm: weeks(2),
      extension: { type: 'NONE' },
      frequency: { ...weekly, price: euros('5.00') },
    })
    const { total, perMonth } = planVolume(used)
    assert.deepEqual([text(total), text(perMonth)], ['15.00', '21.43'])
  })
})

test('a pause that moves the end leaves what the use before the start has cost', () => {
  const prices = [{ offset: months(0), price: euros('50.00') }]
  const plan = samplePlan({
    start: day('2026-03-08'),
    useFrom: day('2026-03-01'),
    signedOn: day('2026-03-01'),
    preUse: 'CHARGEABLE',
    extension: { type: 'NONE' },
    frequency: { type: 'TERM_BASED', prices, recurring: false },
  })
  const [before] = lines(plan, '2026-03-01')
  const [after] = lines(plan, '2026-03-01', [pause('2026-05-01', '2026-08-01', { months: 3, days: 0 })])
  assert.deepEqual([before?.component, before && text(before.amount)], ['PRE_USE', '0.96'])
  assert.deepEqual(after, before)
})

describe('the lines of a module', () => {
  describe('with a trial on the billing days of its contract', () => {
    const module = sampleModule({
      signedOn: day('2026-06-20'),
      paidFrom: day('2026-06-27'),
      alignment: 'MAIN_CONTRACT',
    })
    const moduleLines = (plan: ContractPlan) =>
      lines(plan, '2026-06-20').filter(({ component }) => component === 'MODULE')

    test('start with the days that are left of the period', () => {
      const written = writeLines(moduleLines(samplePlan({ modules: [module] })))
      assert.deepEqual(written.slice(0, 2), ['2026-06-27 1.60', '2026-07-01 12.00'])
    })

    test('are none when it is canceled to the last day of its trial', () => {
      const canceled = { ...module, canceledTo: day('2026-06-26') }
      assert.deepEqual(moduleLines(samplePlan({ modules: [canceled] })), [])
    })
  })

  test('end with its own last term', () => {
    const runTime = {
      initialTerm: days(45),
      extension: { type: 'NONE' },
      cancelationStrategy: 'TERM',
      bonusPeriods: [],
    } as const
    const schedule = planInitialSchedule(samplePlan({ modules: [sampleModule({ runTime })] }))
    assert.deepEqual(writeLines(schedule.filter(({ type }) => type === 'MODULE_FEE')), [
      '2026-01-01 12.00',
      '2026-02-01 6.00',
    ])
  })
})
