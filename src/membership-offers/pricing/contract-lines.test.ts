import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  day,
  euros,
  monthly,
  months,
  percent,
  samplePlan,
  starterPackage,
  sumLines,
  writeLines,
} from '../../../test/support/samples/contract-plan.ts'
import { planInitialSchedule, planVolume, sumDueOnSigning } from './initial-schedule.ts'
import type { VoucherTerms } from './plan.ts'

const text = ({ minor }: { readonly minor: bigint }) => (Number(minor) / 100).toFixed(2)

const noVoucher: VoucherTerms = {
  windows: [],
  appliesToRate: true,
  appliesToPreUse: false,
  appliesToModules: false,
  omitsStarterPackage: false,
  flatFeeIdentifiers: [],
}

describe('the lines of a contract', () => {
  test('begin on the day of the month on which the contract began, as far as the month has it', () => {
    const plan = samplePlan({
      start: day('2026-01-31'),
      frequency: monthly('29.90'),
      flatFees: [starterPackage('39.00')],
      dueOnSigning: ['STARTER_PACKAGE', 'FIRST_CONTRACT_FEE'],
    })
    const schedule = planInitialSchedule(plan)
    const fees = schedule.filter(({ type }) => type === 'CONTRACT_FEE')
    assert.equal(
      fees.map(({ periodFrom }) => String(periodFrom).slice(5)).join(' '),
      '01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31',
    )
    assert.equal(sumLines(fees), '358.80')
    assert.equal(schedule[0]?.type, 'STARTER_PACKAGE')
    assert.equal(text(sumDueOnSigning(schedule, 'EUR')), '68.90')
    const volume = planVolume(plan)
    assert.deepEqual([text(volume.total), volume.days, text(volume.perMonth)], ['397.80', 365, '32.70'])
    assert.equal(volume.perFrequencyTerm && text(volume.perFrequencyTerm), '32.70')
  })

  describe('that follow the calendar', () => {
    const plan = samplePlan({
      start: day('2026-04-15'),
      useFrom: day('2026-04-10'),
      signedOn: day('2026-04-10'),
      preUse: 'CHARGEABLE',
      extension: { type: 'NONE' },
      frequency: monthly('30.00', 'NORMALIZATION_ON_CALENDAR_UNIT'),
    })

    test('start with use before the start and the rest of the month, and end with a part', () => {
      const written = writeLines(planInitialSchedule(plan))
      assert.deepEqual(written.slice(0, 3), ['2026-04-10 5.00', '2026-04-15 16.00', '2026-05-01 30.00'])
      assert.equal(written.at(-1), '2027-04-01 14.00')
      assert.equal(written.length, 14)
      const volume = planVolume(plan)
      assert.deepEqual([text(volume.total), volume.days, text(volume.perMonth)], ['365.00', 370, '29.59'])
    })

    test('plan the last month whole when the contract will renew', () => {
      const renewing = { ...plan, extension: { type: 'TERM_EXTENSION', next: months(1) } } as const
      assert.equal(sumLines(planInitialSchedule(renewing)), '381.00')
      assert.equal(text(planVolume(renewing).total), '365.00')
    })

    test('count use before the start by billing periods otherwise', () => {
      const byDate = { ...plan, rate: { ...plan.rate, frequency: monthly('30.00') } }
      assert.equal(writeLines(planInitialSchedule(byDate))[0], '2026-04-10 4.84')
    })
  })
})

describe('the prices of a contract', () => {
  test('are reduced by age first, then by the discount windows of a voucher', () => {
    const plan = samplePlan({
      start: day('2026-06-01'),
      birthDate: day('2004-05-05'),
      rate: {
        frequency: monthly('39.99'),
        ageAdjustments: [{ startAge: 18, endAge: 24, change: { type: 'PERCENTAGE', off: percent('10') } }],
        priceRules: [],
      },
      voucher: {
        ...noVoucher,
        windows: [
          { change: { type: 'PERCENTAGE', off: percent('50') }, effective: 'TIME_BASED', term: months(3) },
          { change: { type: 'ABSOLUTE', off: euros('5.00') }, effective: 'INITIAL_TERM' },
        ],
      },
    })
    const schedule = planInitialSchedule(plan)
    assert.deepEqual(
      writeLines(schedule).map((line) => line.slice(11)),
      [...Array(3).fill('18.00'), ...Array(9).fill('30.99')],
    )
    assert.equal(sumLines(schedule), '332.91')
    const volume = planVolume(plan)
    assert.deepEqual([text(volume.total), text(volume.perMonth)], ['431.88', '35.50'])
  })

  test('are shared with a company so that both parts add up', () => {
    const share = { type: 'PERCENTAGE', part: percent('33.33') } as const
    const voucher: VoucherTerms = {
      ...noVoucher,
      windows: [{ change: { type: 'PERCENTAGE', off: percent('10') }, effective: 'UNLIMITED' }],
      companyShare: share,
    }
    const [first] = planInitialSchedule(samplePlan({ frequency: monthly('49.90'), voucher }))
    assert.deepEqual([first && text(first.amount), first && text(first.companyShare)], ['44.91', '14.97'])
    const plain = planInitialSchedule(samplePlan({ frequency: monthly('49.90'), voucher: { ...voucher, windows: [] } }))
    assert.equal(plain[0] && text(plain[0].companyShare), '16.63')
  })

  test('count a person who was born on 29 February as older from 1 March on', () => {
    const plan = samplePlan({
      start: day('2026-01-28'),
      birthDate: day('2008-02-29'),
      rate: {
        frequency: monthly('29.90'),
        ageAdjustments: [{ startAge: 14, endAge: 17, change: { type: 'ABSOLUTE', price: euros('19.90') } }],
        priceRules: [],
      },
    })
    assert.deepEqual(writeLines(planInitialSchedule(plan)).slice(0, 3), [
      '2026-01-28 19.90',
      '2026-02-28 19.90',
      '2026-03-28 29.90',
    ])
  })
})

describe('the days on which a contract is charged', () => {
  test('fall due on days of the year where the frequency names them', () => {
    const prices = [
      { month: 3, day: 31, price: euros('120.00') },
      { month: 9, day: 30, price: euros('120.00') },
      { month: 2, day: 29, price: euros('60.00') },
    ]
    const base = { start: day('2026-03-15'), initialTerm: months(24) }
    const recurring = samplePlan({ ...base, frequency: { type: 'MONTH_DAY', prices, recurring: true } })
    assert.deepEqual(writeLines(planInitialSchedule(recurring)), [
      '2026-03-31 120.00',
      '2026-09-30 120.00',
      '2027-02-28 60.00',
      '2027-03-31 120.00',
      '2027-09-30 120.00',
      '2028-02-29 60.00',
    ])
    const volume = planVolume(recurring)
    assert.deepEqual([text(volume.total), volume.days, text(volume.perMonth)], ['600.00', 731, '24.62'])
    const once = samplePlan({ ...base, frequency: { type: 'MONTH_DAY', prices, recurring: false } })
    assert.equal(sumLines(planInitialSchedule(once)), '300.00')
  })

  test('fall due after lengths of time where the frequency names those', () => {
    const prices = [0, 3, 6].map((value, i) => ({ offset: months(value), price: euros(String(50 - 10 * i)) }))
    const plan = samplePlan({ start: day('2025-11-30'), frequency: { type: 'TERM_BASED', prices, recurring: false } })
    assert.deepEqual(writeLines(planInitialSchedule(plan)), [
      '2025-11-30 50.00',
      '2026-02-28 40.00',
      '2026-05-30 30.00',
    ])
  })
})
