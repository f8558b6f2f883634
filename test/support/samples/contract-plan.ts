import type {
  ContractPlan,
  FlatFee,
  ModulePlan,
  PaymentFrequency,
} from '../../../src/membership-offers/pricing/plan.ts'
import type { Term } from '../../../src/membership-offers/pricing/terms.ts'
import { type Money, parseMoney } from '../../../src/platform/values/money.ts'
import type { ContractLine } from '../../../src/membership-offers/pricing/contract-line.ts'

export const day = (text: string) => Temporal.PlainDate.from(text)

/** `months(12)` and the like. */
export const months = (value: number): Term => ({ value, unit: 'MONTH' })
export const weeks = (value: number): Term => ({ value, unit: 'WEEK' })
export const days = (value: number): Term => ({ value, unit: 'DAY' })

export function euros(amount: string): Money {
  const money = parseMoney(amount, 'EUR')
  if (typeof money === 'string') throw new Error(`${amount} is no amount: ${money}`)
  return money
}

/** `percent('12.5')` as a fraction. */
export function percent(text: string) {
  const [whole = '0', decimals = ''] = text.split('.')
  return { numerator: BigInt(whole + decimals.padEnd(4, '0')), denominator: 1_000_000n }
}

export function monthly(
  price: string,
  calculation: 'REFERENCE_DATE' | 'NORMALIZATION_ON_CALENDAR_UNIT' = 'REFERENCE_DATE',
) {
  return { type: 'RECURRING', price: euros(price), step: months(1), calculation } as const satisfies PaymentFrequency
}

/** Twelve months for 30.00 a month from 1 January 2026 on, then month by month; `changes` say what is different. */
export function samplePlan(
  changes: Partial<ContractPlan> & { readonly frequency?: PaymentFrequency } = {},
): ContractPlan {
  const { frequency = monthly('30.00'), ...rest } = changes
  const start = changes.start ?? day('2026-01-01')
  return {
    currency: 'EUR',
    start,
    useFrom: start,
    signedOn: start,
    preUse: 'NOT_AVAILABLE',
    ageEvaluation: 'PERIOD_START',
    initialTerm: months(12),
    extension: { type: 'TERM_EXTENSION', next: months(1) },
    cancelationStrategy: 'TERM',
    cancelationPeriod: months(1),
    bonusPeriods: [],
    dueOnSigning: [],
    flatFees: [],
    modules: [],
    rate: { frequency, ageAdjustments: [], priceRules: [] },
    ...rest,
  }
}

export function starterPackage(price: string, changes: Partial<FlatFee> = {}): FlatFee {
  return {
    componentId: 1,
    name: 'Starter package',
    identifier: 'STARTER',
    frequency: { type: 'NON_RECURRING', price: euros(price) },
    ageAdjustments: [],
    isStarterPackage: true,
    isSuspendedInPause: false,
    ...changes,
  }
}

export function sampleModule(changes: Partial<ModulePlan> = {}): ModulePlan {
  return {
    componentId: 7,
    name: 'Drinks',
    frequency: monthly('12.00'),
    ageAdjustments: [],
    paidFrom: day('2026-01-01'),
    signedOn: day('2026-01-01'),
    alignment: 'OWN',
    ...changes,
  }
}

/** Lines as `2026-01-31 29.90`, the way a person would write them down. */
export function writeLines(lines: readonly ContractLine[]): string[] {
  return lines.map(({ due, amount }) => `${due} ${(Number(amount.minor) / 100).toFixed(2)}`)
}

export function sumLines(lines: readonly ContractLine[]): string {
  return (Number(lines.reduce((sum, { amount }) => sum + amount.minor, 0n)) / 100).toFixed(2)
}
