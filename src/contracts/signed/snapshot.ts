import type { Packed } from '../../membership-offers/index.ts'
import type { CalendarUnit } from '../../platform/time/zoned-time.ts'

/** How often members of a rate, or holders of a module, may use a service; null = without limit, for the whole validity. */
export interface ServiceGrant {
  readonly serviceId: number
  readonly quantity: number | null
  readonly periodValue: number | null
  readonly periodUnit: CalendarUnit | null
  readonly crossStudio: boolean
}

/** What a contract froze of the rate of one phase. */
export interface PhaseSnapshot {
  readonly rateName: string
  readonly rateCodes: readonly { readonly identifier: string; readonly name: string }[]
  /** The time restriction of the membership; null = any opening hour. */
  readonly openingHourCategoryId: number | null
  /** Visits per ISO week or calendar month of the studio; left out = any number. */
  readonly checkinLimit?: { readonly count: number; readonly unit: 'WEEK' | 'MONTH' } | null
  /** What claims of the rate are called, in the language of the studio; left out: the name of the rate. */
  readonly lineText?: string
  /** Name of the tax code of its claims; left out: the usual one. */
  readonly taxCode?: string
  /** Left out: not known, and what the contract entitles to is left as it is. */
  readonly services?: readonly ServiceGrant[]
}

/** How often and at what price the member may pause. Amounts are decimal text in the currency of the contract. */
export interface IdlePolicySnapshot {
  readonly enabled: boolean
  readonly temporalUnit: 'DAY' | 'WEEK' | 'MONTH'
  readonly maxTerms: number
  readonly limitWindow: 'CONTRACT' | 'CONTRACT_YEAR' | 'CALENDAR_YEAR'
  readonly freeTerms: number
  readonly leadDays: number
  readonly nextStartOnly: boolean
  readonly startAlignment: 'CALENDAR' | 'BILLING_PERIOD'
  readonly feeType: 'NONE' | 'ABSOLUTE' | 'RELATIVE' | 'TERM_BASED'
  readonly amount: string | null
  readonly amountPerUnit: string | null
  readonly percentage: string | null
  readonly recurringCharges: boolean
  readonly accessRefusal: boolean
  readonly extendsContract: boolean
  readonly unlimitedAllowed: boolean
  readonly dayShortening: boolean
  readonly suspendsModules: boolean
  /** Of a pause: what claims of its fee are called. */
  readonly lineText?: string
}

/** The voucher that was redeemed when the contract was signed. */
export interface VoucherSnapshot {
  readonly voucherId: number
  readonly code: string
  readonly type: 'DISCOUNT' | 'CREDIT' | 'COMPANY_FEE_SPLIT'
  /** Of the company that pays a part. */
  readonly companyId: number | null
  readonly companyName: string | null
}

/** A text as the member has read it. */
export interface TextSnapshot {
  readonly textBlockId: number
  readonly title: string
  readonly text: string
  /** Signing the contract confirmed it, with a signature or by itself; left out: not known. */
  readonly mustBeConfirmed?: boolean
}

/** What a contract froze when it was signed; later edits of the catalogue never reach it. */
export interface ContractSnapshot extends PhaseSnapshot {
  /**
   * TERM_EXTENSION: goes on after its committed end until it is canceled. SUBSEQUENT_RATE_DETAIL: goes on under another
   * rate. NONE, or left out: its end is final.
   */
  readonly extensionType?: 'NONE' | 'TERM_EXTENSION' | 'SUBSEQUENT_RATE_DETAIL'
  /** Prices and terms, without modules; left out: the contract was taken over without them, and nothing is charged. */
  readonly plan?: Packed
  /** The rates that follow, in their order: one for each `subsequent` of the plan. */
  readonly laterRates?: readonly (PhaseSnapshot & { readonly rateId: number })[]
  readonly offerName?: string
  /** What the claim for use before the start is called, in the language of the studio. */
  readonly preUseText?: string
  /** The tax codes of flat fees that have one, by the part of the plan that they are. */
  readonly feeTaxCodes?: Readonly<Record<string, string>>
  /** Left out: no pauses. */
  readonly idlePolicy?: IdlePolicySnapshot
  readonly voucher?: VoucherSnapshot
  readonly texts?: readonly TextSnapshot[]
}

/** What a module contract or flat fee froze when it was sold. */
export interface SubContractSnapshot {
  readonly name: string
  /** As of the contract; a module also ends with its contract. NEW is followed by a module contract of its own. */
  readonly extensionType?: 'NONE' | 'TERM_EXTENSION' | 'NEW'
  readonly description?: string | null
  readonly rateCodes?: PhaseSnapshot['rateCodes']
  /** The prices and terms of a module; left out: it costs nothing and runs along with its contract. */
  readonly plan?: Packed
  /** Of a module: name of the tax code of its claims; left out: the usual one. */
  readonly taxCode?: string
  /** Of a module that came along from another contract: the company that pays a part of its price. */
  readonly companyId?: number | null
  /** Of a flat fee: which part of the contract's plan it is. */
  readonly componentId?: number
  /** NEW: the length of the module contract that follows. */
  readonly nextTerm?: { readonly value: number; readonly unit: CalendarUnit } | null
  /** Left out: not known, and what the module entitles to is left as it is. */
  readonly services?: readonly ServiceGrant[]
}
