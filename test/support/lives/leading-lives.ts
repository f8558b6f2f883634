import { type Choices, type LifePlan, type PlannedChange } from './life-plans.ts'

/** A member from 5 February 2026 on, and what is changed later. */
const changing = (...changes: readonly PlannedChange[]): Partial<LifePlan> => ({
  offer: 0,
  signsOn: 6,
  startsIn: 0,
  voucher: undefined,
  changes,
})

const does = (kind: PlannedChange['kind'], after: number, choice = 0): PlannedChange => ({ kind, after, choice })

/** Offers whose price depends on the age, and the day on which the price changes. */
const birthdays: readonly Partial<LifePlan>[] = [
  { offer: 3, dateOfBirth: '1998-08-31' },
  { offer: 12, dateOfBirth: '2000-02-29' },
]

/**
 * Lives in which everything comes at least once: each offer signed and left as it is, with each voucher, from ends of months
 * and days on which the clocks change; each change made that a member can make.
 */
export function leadingLives({ offers, vouchers }: Choices): Partial<LifePlan>[] {
  const untouched = { changes: [] }
  const signing = Array.from({ length: offers }, (_, offer) => ({ offer, voucher: offer % vouchers, ...untouched }))
  return [
    ...signing,
    ...birthdays.map((plan) => ({ ...plan, signsOn: 6, startsIn: 0, voucher: undefined, ...untouched })),
    // 31 January from 28 February on, both days on which clocks change, and use from the last day of a month on.
    { signsOn: 1, startsIn: 28, ...untouched },
    { offer: 0, signsOn: 58, startsIn: 0, ...untouched },
    { offer: 1, signsOn: 268, startsIn: 0, ...untouched },
    { offer: 0, signsOn: 29, startsIn: 31, usesBefore: 31, ...untouched },
    changing(does('PAUSE', 40, 1)),
    changing(does('PAUSE', 40, 0), does('END_PAUSE', 110, 40)),
    changing(does('PAUSE', 40, 1), does('END_PAUSE', 50, 1)),
    { ...changing(does('PAUSE', 40, 3)), offer: 1 },
    changing(does('CANCEL', 60)),
    changing(does('CANCEL', 60), does('WITHDRAW', 90)),
    changing(does('REVERSE', 5)),
    changing(does('SWITCH', 70, 1)),
    changing(does('SWITCH', 70, 1), does('REVERSE', 75)),
    changing(does('BUY_MODULE', 30, 2)),
    changing(does('BUY_MODULE', 30, 3), does('CANCEL_MODULE', 120)),
    { ...changing(does('BUY_MODULE', 30, 2), does('SWITCH', 100, 1)), voucher: 3 },
  ]
}
