import { lifeOffers } from './life-offers.ts'
import { FIRST_DAY, type LifePlan } from './life-plans.ts'
import { lifeVouchers } from './life-world.ts'

const clockDays: Readonly<Record<string, string>> = {
  '2026-03-29': 'signed as clocks go forward',
  '2026-10-25': 'signed as clocks go back',
}

/** What a sign-up is an example of. */
export function listTraits(
  plan: LifePlan,
  contract: { readonly startDate: string; readonly preuseDate: string },
): string[] {
  const signed = FIRST_DAY.add({ days: plan.signsOn })
  const start = Temporal.PlainDate.from(contract.startDate)
  const voucher = plan.voucher === undefined ? undefined : lifeVouchers[plan.voucher]
  const found = {
    [`offer ${plan.offer}`]: true,
    [`voucher ${voucher?.code}`]: voucher !== undefined,
    'used before the start': contract.preuseDate !== contract.startDate,
    'signed on the last day of a month': isLast(signed),
    'started on the last day of a month': isLast(start),
    'born on 29 February': plan.dateOfBirth.endsWith('02-29'),
    'reaches an age with another price': changesPrice(plan, start),
    [clockDays[signed.toString()] ?? '']: signed.toString() in clockDays,
  }
  return Object.keys(found).filter((trait) => found[trait])
}

const isLast = (day: Temporal.PlainDate) => day.day === day.daysInMonth

/** Within the year after the start. */
function changesPrice({ offer, dateOfBirth }: LifePlan, start: Temporal.PlainDate): boolean {
  const ages = lifeOffers[offer]?.terms?.[0]?.frequency?.ages ?? []
  const isFrozen = lifeOffers[offer]?.terms?.[0]?.ageEvaluation === 'CONTRACT_START'
  const ageOn = (day: Temporal.PlainDate) =>
    Temporal.PlainDate.from(dateOfBirth).until(day, { largestUnit: 'year' }).years
  const [young, old] = [ageOn(start), ageOn(start.add({ years: 1 }))]
  return (
    !isFrozen &&
    ages.some(({ startAge, endAge }) => isWithin(young, startAge, endAge) !== isWithin(old, startAge, endAge))
  )
}

const isWithin = (age: number, from: number, to: number) => from <= age && age <= to

/** All that has to come in a story; members sign each offer and use each voucher. */
export const neededTraits: readonly string[] = [
  ...Array.from({ length: lifeOffers.length + 1 }, (_, offer) => `offer ${offer}`),
  ...lifeVouchers.map(({ code }) => `voucher ${code}`),
  ...Object.values(clockDays),
  'used before the start',
  'signed on the last day of a month',
  'started on the last day of a month',
  'born on 29 February',
  'reaches an age with another price',
  'PAUSE for free done',
  'PAUSE for a fee done',
  'PAUSE without end done',
  'END_PAUSE done',
  'END_PAUSE of one without end done',
  'CANCEL done',
  'WITHDRAW done',
  'REVERSE done',
  'REVERSE of a switch done',
  'SWITCH done',
  'SWITCH with a module done',
  'BUY_MODULE done',
  'BUY_MODULE with a trial done',
  'CANCEL_MODULE done',
]
