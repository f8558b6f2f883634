import fc from 'fast-check'

/** The first day on which members of a story sign. */
export const FIRST_DAY = Temporal.PlainDate.from('2026-01-30')

/** What a member does one day, counted from the day of signing. */
export interface PlannedChange {
  readonly kind: (typeof kinds)[number]
  readonly after: number
  /** Chooses among what is possible on that day. */
  readonly choice: number
}

/** A member of two years. */
export interface LifePlan {
  /** Days after the first day of the story. */
  readonly signsOn: number
  readonly offer: number
  /** Days from signing to the first day. */
  readonly startsIn: number
  /** Days of use before the first day, where the offer has them. */
  readonly usesBefore: number
  readonly dateOfBirth: string
  /** Position of a voucher; undefined: none. */
  readonly voucher: number | undefined
  readonly changes: readonly PlannedChange[]
}

/** How much there is to choose from. */
export interface Choices {
  readonly offers: number
  readonly vouchers: number
}

const kinds = ['PAUSE', 'END_PAUSE', 'CANCEL', 'WITHDRAW', 'REVERSE', 'SWITCH', 'BUY_MODULE', 'CANCEL_MODULE'] as const

/** Half of all members only sign; the others change something up to four times. */
const changes = fc.oneof(
  fc.constant([]),
  fc.array(
    fc.record({ kind: fc.constantFrom(...kinds), after: fc.integer({ min: 0, max: 500 }), choice: fc.nat(1000) }),
    { minLength: 1, maxLength: 4 },
  ),
)

const daysTo = (day: Temporal.PlainDate) => FIRST_DAY.until(day, { largestUnit: 'day' }).days

/** Ends of months, and the Sundays on which the clocks are put forward and back. */
const oddDays = ['2026-01-31', '2026-02-28', '2026-03-29', '2026-03-31', '2026-10-25'].map((day) =>
  daysTo(Temporal.PlainDate.from(day)),
)
const signingDays = fc.oneof(
  { weight: 5, arbitrary: fc.nat(60) },
  { weight: 1, arbitrary: fc.constantFrom(...oddDays) },
)

/** Some time later, or the last day of a month. */
const starts = fc.oneof(
  { weight: 2, arbitrary: fc.record({ days: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ months: fc.nat(9) }) },
)

function findStart(signsOn: number, start: { readonly days: number } | { readonly months: number }): number {
  if ('days' in start) return start.days
  const { months } = start
  const month = FIRST_DAY.add({ days: signsOn }).toPlainYearMonth().add({ months })
  return daysTo(month.toPlainDate({ day: month.daysInMonth })) - signsOn
}

/** Any adult; those who reach an age at which a price changes; those whose birthday is in leap years only. */
const births = fc.oneof(
  fc.integer({ min: 16 * 365, max: 60 * 365 }).map((days) => FIRST_DAY.subtract({ days })),
  fc
    .record({ years: fc.constantFrom(25, 27, 28), days: fc.nat(700) })
    .map(({ years, days }) => FIRST_DAY.add({ days }).subtract({ years })),
  fc.constantFrom('2000-02-29', '1996-02-29').map((day) => Temporal.PlainDate.from(day)),
)

function lives({ offers, vouchers }: Choices): fc.Arbitrary<LifePlan> {
  return fc
    .record({
      signsOn: signingDays,
      offer: fc.nat(offers - 1),
      start: starts,
      usesBefore: fc.nat(40),
      birth: births,
      voucher: fc.option(fc.nat(vouchers - 1), { nil: undefined }),
      changes,
    })
    .map(({ start, birth, ...plan }) => ({
      ...plan,
      startsIn: findStart(plan.signsOn, start),
      dateOfBirth: birth.toString(),
    }))
}

/**
 * So many lives; the same seed makes the same ones. The first ones are led in a certain way (`leading`), so that nothing that
 * may come in a story is left to chance.
 */
export function planLives(
  count: number,
  { seed, leading, ...choices }: Choices & { readonly seed: number; readonly leading: readonly Partial<LifePlan>[] },
): LifePlan[] {
  const plans = fc.sample(lives(choices), { numRuns: count, seed })
  return plans.map((plan, at) => ({ ...plan, ...leading[at] }))
}
