import type { ContingentDemand, Entitlement } from '../entitlements/contingent-rules.ts'
import type { ClosingPeriod, WeeklyRow } from '../studios/opening-rules.ts'
import type { Term } from './rules/term-rules.ts'

export type BookingStatus = 'BOOKED' | 'BOOKED_WITH_CONFIRMATION_REQUIRED' | 'WAITING_LIST' | 'CANCELED'

export interface StudioFacts {
  readonly studioId: number
  readonly zone: string
  /** Internal opening hours; none = always open. */
  readonly openingRows: readonly WeeklyRow[]
  readonly closings: readonly ClosingPeriod[]
}

/** The booking rule of a class or a bookable appointment; null terms and limits mean unrestricted. */
export interface BookingRule {
  readonly earliestTerm: Term | null
  readonly latestTerm: Term | null
  readonly maxOpenPerCustomer: number | null
  readonly maxPerPeriod: { readonly count: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' } | null
  readonly contingentMode: ContingentDemand['mode']
  readonly requiresActiveContract: boolean
  readonly allowedRateIds: readonly number[]
  readonly allowedModuleIds: readonly number[]
  readonly allowedMemberCodes: readonly string[]
  readonly allowForeign: boolean
  readonly staffConfirmation: boolean
}

/** Local dates, both inclusive; no last day = unlimited. */
export interface DateSpan {
  readonly from: Temporal.PlainDate
  readonly lastDay: Temporal.PlainDate | null
}

/** A main contract, signed and not undone, with its first and last day of use. */
export interface ContractFacts extends DateSpan {
  readonly contractId: number
  readonly rateId: number
  readonly modules: readonly (DateSpan & { readonly moduleId: number })[]
  /** Approved idle periods only. */
  readonly idlePeriods: readonly DateSpan[]
  /** Times of the opening-hours category that restricts the contract; null = at any time. */
  readonly allowedTimes: readonly WeeklyRow[] | null
}

/** A booking of the customer, class or appointment, in any studio of the tenant; `status` as stored. */
export interface CustomerBooking {
  readonly bookingId: number
  readonly status: BookingStatus
  readonly confirmDeadline: Temporal.Instant | null
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly classId: number | null
  readonly classSlotId: number | null
  readonly bookableId: number | null
  readonly trialOfferConfigId: number | null
}

/** What the tests need to know about the customer. Bookings of the same class, bookable or trial config include past ones. */
export interface CustomerFacts {
  readonly customerId: number
  /** The home studio is another one than the studio where the booking happens. */
  readonly isForeign: boolean
  /** Set by staff; `until` is the first moment after it, null = until they lift it. */
  readonly bookingBlock: { readonly until: Temporal.Instant | null } | null
  /** Both dates inclusive; a restriction without dates is always in force. */
  readonly accessRestrictions: readonly {
    readonly from: Temporal.PlainDate | null
    readonly lastDay: Temporal.PlainDate | null
  }[]
  readonly memberCodes: readonly string[]
  readonly contracts: readonly ContractFacts[]
  readonly entitlements: readonly Entitlement[]
  readonly bookings: readonly CustomerBooking[]
}

export interface TrialConfigFacts {
  readonly configId: number
  readonly isActive: boolean
  readonly contingent: number
  /** Minimum distance between two trials of one customer; value 0 = none. */
  readonly preventMultipleBookingsTerm: Term | null
  readonly confirmationTerm: Term | null
  readonly allowBookingForLeads: boolean
}

/** Present only when a booking is asked for as a trial. Without a config the offer is assigned to none. */
export interface TrialFacts {
  readonly config: TrialConfigFacts | null
  /** Never had a main contract. */
  readonly isProspect: boolean
  /** The config for which the trial lead operation created the customer, if it did. */
  readonly leadConfigId: number | null
}

/** A person of the studio against whom nothing stands: for what is decided before there is a name. */
export const unnamedPerson: CustomerFacts = {
  customerId: 0,
  isForeign: false,
  bookingBlock: null,
  accessRestrictions: [],
  memberCodes: [],
  contracts: [],
  entitlements: [],
  bookings: [],
}
