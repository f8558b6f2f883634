import type { RestrictionPeriod } from '../customers/status-rules.ts'
import type { CalendarUnit } from '../platform/time/zoned-time.ts'

/** Uses of a limited rule in one period, as stored; `contractId` is 0 for a personal grant. */
export interface BenefitCounter {
  readonly contractId: number
  readonly periodStart: Temporal.PlainDate
  readonly used: number
}

export type BenefitSource = 'RATE' | 'MODULE' | 'ALL_MEMBERS' | 'CUSTOMER'

/** A rule of the customer's home studio; its dates are local ones of that studio, both inclusive. */
export interface BenefitRule {
  readonly ruleId: number
  readonly source: BenefitSource
  /** Rate, module or customer; null for all members. */
  readonly sourceId: number | null
  readonly limit: BenefitLimit
  readonly validFrom: Temporal.PlainDate | null
  readonly validTo: Temporal.PlainDate | null
  readonly counters: readonly BenefitCounter[]
}

export type BenefitLimit =
  | { readonly kind: 'UNLIMITED' }
  | { readonly kind: 'TOTAL'; readonly amount: number }
  | {
      readonly kind: 'PER_PERIOD'
      readonly amount: number
      readonly unit: CalendarUnit
      readonly anchor: 'CALENDAR' | 'CONTRACT_START'
    }

/** A benefit that the customer finds where it is to be used, with the rules of the home studio. */
export interface OfferedBenefit {
  readonly benefitId: number
  readonly key: string
  readonly rules: readonly BenefitRule[]
}

interface Span {
  readonly from: Temporal.PlainDate
  readonly lastDay: Temporal.PlainDate | null
}

/** What a benefit looks at in a contract in force: a phase of it, dates inclusive. */
export interface BenefitContract extends Span {
  readonly contractId: number
  readonly startOn: Temporal.PlainDate
  readonly rateId: number
  readonly modules: readonly (Span & { readonly moduleId: number })[]
  readonly idlePeriods: readonly Span[]
}

/** Everything that decides on the benefits of one customer. */
export interface BenefitFacts {
  readonly customerId: number
  readonly homeStudioId: number
  /** IANA name of the home studio's zone: its calendar counts, wherever the benefit is used. */
  readonly zone: string
  /** ISO date, `infinity`, or null; see the customers. */
  readonly membershipUntil: string | null
  readonly restrictions: readonly RestrictionPeriod[]
  readonly contracts: readonly BenefitContract[]
  readonly benefits: readonly OfferedBenefit[]
}
