import type { Money, Ratio } from '../../platform/values/money.ts'
import type { DaySpan } from './day-spans.ts'
import type { Shift, Term } from './terms.ts'

/** How a price becomes payments. */
export type PaymentFrequency =
  | { readonly type: 'FREE' }
  | { readonly type: 'NON_RECURRING'; readonly price: Money }
  | {
      readonly type: 'RECURRING'
      readonly price: Money
      readonly step: Term
      /** Periods follow the start date, or the calendar after a first short one. */
      readonly calculation: 'REFERENCE_DATE' | 'NORMALIZATION_ON_CALENDAR_UNIT'
    }
  | { readonly type: 'MONTH_DAY'; readonly prices: readonly MonthDayPrice[]; readonly recurring: boolean }
  | { readonly type: 'TERM_BASED'; readonly prices: readonly OffsetPrice[]; readonly recurring: boolean }

export interface MonthDayPrice {
  readonly month: number
  readonly day: number
  readonly price: Money
}

/** Falls due once `offset` has passed since the start. */
export interface OffsetPrice {
  readonly offset: Term
  readonly price: Money
}

/** What members of an age pay; both ages inclusive. PERCENTAGE is taken off the price, ABSOLUTE is the price itself. */
export interface AgeAdjustment {
  readonly startAge: number
  readonly endAge: number
  readonly change:
    | { readonly type: 'PERCENTAGE'; readonly off: Ratio }
    | { readonly type: 'ABSOLUTE'; readonly price: Money }
}

/** A price step that is agreed in advance. */
export interface PriceRule {
  readonly change:
    | { readonly type: 'RAISE' | 'REDUCTION'; readonly by: Ratio | Money }
    | { readonly type: 'NEW_BASIC_AMOUNT'; readonly price: Money }
  readonly firstAfter: Term
  /** Left out: happens once. */
  readonly recurrence?: Term
  readonly maxOccurrences?: number
}

/** A part of a membership that costs something: the rate, a flat fee, a module. */
export interface PricedPart {
  readonly frequency: PaymentFrequency
  /** Of the payment frequency in the catalogue; free parts may have none. */
  readonly frequencyId?: number
  readonly ageAdjustments: readonly AgeAdjustment[]
}

export interface BonusPeriod {
  readonly term: Term
  readonly strategy: 'CONTRACT_START' | 'FIXED' | 'END_OF_CURRENT_TERM' | 'START_OF_NEXT_TERM'
  /** First day of a FIXED one. */
  readonly fixedDate?: Temporal.PlainDate
  /** WITH_EXTENSION moves the end of the term by the bonus. */
  readonly runtimeExtension: 'WITH_EXTENSION' | 'WITHOUT_EXTENSION'
  /** Whether the deadline for canceling moves as well. */
  readonly extendsCancelationPeriod: boolean
}

/** When terms end, and until when the member may cancel to these ends. */
export interface RunTimeTerms {
  readonly initialTerm: Term
  readonly extension:
    | { readonly type: 'NONE' | 'SUBSEQUENT_RATE_DETAIL' }
    /** `first` is the length of the first renewal where it differs; without `next` it is the only one. */
    | { readonly type: 'TERM_EXTENSION'; readonly first?: Term; readonly next?: Term }
  readonly cancelationStrategy: 'TERM' | 'RECEIPT_DATE'
  readonly cancelationPeriod?: Term
  /** From the first renewal on; as in the initial term unless given. */
  readonly extensionCancelationPeriod?: Term
  readonly bonusPeriods: readonly BonusPeriod[]
  /** The initial term ends no earlier: the minimum run time that a member brings from the contract before. */
  readonly endsNotBefore?: Temporal.PlainDate
}

/** A pause of the membership as far as it moves ends and suspends charges. An endless one reaches to the end of its running unit. */
export interface Pause extends DaySpan {
  /** How far it moves the end of the term it starts in; left out: not at all. */
  readonly shift?: Shift
  readonly suspendsModules: boolean
}

export type DueOnSigning =
  | 'STARTER_PACKAGE'
  | 'PRE_USE'
  | 'FIRST_CONTRACT_FEE'
  | 'FIRST_MODULE_FEES'
  | 'FLAT_FEES_DUE_BY_START'
  | 'WHOLE_INITIAL_TERM'

export interface FlatFee extends PricedPart {
  readonly componentId: number
  readonly name: string
  readonly identifier: string
  readonly firstBookingDelay?: Term
  /** The joining fee. */
  readonly isStarterPackage: boolean
  readonly isSuspendedInPause: boolean
}

/** A module that was sold with the membership or later. Included and chosen ones are FREE. */
export interface ModulePlan extends PricedPart {
  readonly componentId: number
  readonly name: string
  /** First day that is paid for: after the trial. Its terms count from here. */
  readonly paidFrom: Temporal.PlainDate
  /** Left out: it runs as long as its contract. */
  readonly runTime?: RunTimeTerms
  readonly alignment: 'OWN' | 'MAIN_CONTRACT'
  /** Day on which it was bought; no line falls due before. */
  readonly signedOn: Temporal.PlainDate
  /** Its last day, once an effective cancelation or its contract has fixed it. */
  readonly canceledTo?: Temporal.PlainDate
  /** The last day that a cancelation wishes which waits for the staff: until then no term is added beyond it. */
  readonly wishedEnd?: Temporal.PlainDate
  /** It came along from a contract before: nothing of it is part of the signing. */
  readonly carried?: CarriedModule
}

/** What a module keeps of the contract with which it was billed before. */
export interface CarriedModule {
  /** The billing of that contract, where the module follows the one of its contract; left out: it has its own. */
  readonly grid?: {
    readonly from: Temporal.PlainDate
    /** What passed before the billing began; left out: nothing. */
    readonly passed?: Shift
    readonly calculation: 'REFERENCE_DATE' | 'NORMALIZATION_ON_CALENDAR_UNIT'
  }
  /** What decided about its price: the price of a module stays as it was sold. Left out: the contract that it came to. */
  readonly prices?: Pick<ContractPlan, 'ageEvaluation' | 'voucher'> & {
    /** First day of that contract, from which the windows of its voucher count. */
    readonly start: Temporal.PlainDate
    /** First day after the initial term of that contract. */
    readonly initialUntil: Temporal.PlainDate
  }
}

/** The discount windows of a voucher, one after the other from the start of the contract. */
export interface DiscountWindow {
  readonly change:
    | { readonly type: 'PERCENTAGE'; readonly off: Ratio }
    | { readonly type: 'ABSOLUTE'; readonly off: Money }
  readonly effective: 'UNLIMITED' | 'INITIAL_TERM' | 'TIME_BASED'
  /** Of a TIME_BASED one. */
  readonly term?: Term
}

/** What a redeemed voucher changes about prices. */
export interface VoucherTerms {
  readonly windows: readonly DiscountWindow[]
  readonly appliesToRate: boolean
  readonly appliesToPreUse: boolean
  readonly appliesToModules: boolean
  readonly omitsStarterPackage: boolean
  /** Identifiers of the flat fees that get the windows as well. */
  readonly flatFeeIdentifiers: readonly string[]
  /** A company pays this part of every price. */
  readonly companyShare?:
    | { readonly type: 'PERCENTAGE'; readonly part: Ratio }
    | { readonly type: 'ABSOLUTE'; readonly part: Money }
}

/** Everything that decides what one phase of a contract costs and when it ends. A signed contract freezes it. */
export interface ContractPlan extends RunTimeTerms {
  readonly rate: PricedPart & { readonly priceRules: readonly PriceRule[]; readonly priceAfterExtension?: Money }
  readonly currency: string
  readonly start: Temporal.PlainDate
  /** First day of use; equals `start` without pre-use. */
  readonly useFrom: Temporal.PlainDate
  readonly preUse: 'NOT_AVAILABLE' | 'FREE' | 'CHARGEABLE'
  readonly signedOn: Temporal.PlainDate
  readonly birthDate?: Temporal.PlainDate
  /** When the age counts: at each billing period, or once at the start. */
  readonly ageEvaluation: 'PERIOD_START' | 'CONTRACT_START'
  readonly dueOnSigning: readonly DueOnSigning[]
  readonly flatFees: readonly FlatFee[]
  readonly modules: readonly ModulePlan[]
  readonly voucher?: VoucherTerms
  /** What the contract goes on with after its initial term when it extends by SUBSEQUENT_RATE_DETAIL. */
  readonly subsequent?: ContractPlan
}
