import type { AccessContract, AccessToday } from '../contracts/access-facts.ts'
import type { ClosingPeriod, WeeklyRow } from '../studios/opening-rules.ts'

export type { AccessToday }

/** The visit of a customer that has not ended, wherever it is. */
export interface OpenVisit {
  readonly visitId: number
  readonly studioId: number
  readonly checkedInAt: Temporal.Instant
  readonly contractId: number | null
  readonly passId: number | null
}

/** Everything that decides whether a customer may enter a studio at a moment. */
export interface AccessFacts {
  readonly studioId: number
  /** IANA name of the studio's zone. */
  readonly zone: string
  readonly at: Temporal.Instant
  /** A restriction of any source is in force, by the date of the home studio. */
  readonly isRestricted: boolean
  /** Oldest first. */
  readonly contracts: readonly AccessContract[]
  /** By contract: visits with it in the running week or month, whichever its limit is about. */
  readonly visits: ReadonlyMap<number, number>
  readonly passId: number | null
  readonly admitsBookings: boolean
  readonly hasBooking: boolean
  readonly openVisit: OpenVisit | null
  /** Null where nobody asks for opening hours. */
  readonly hours: { readonly openingRows: readonly WeeklyRow[]; readonly closings: readonly ClosingPeriod[] } | null
  /** Null = no limit. */
  readonly capacity: number | null
  /** Null where the capacity is not enforced. */
  readonly openVisits: number | null
  /** An open visit here refuses another entrance. */
  readonly isStrict: boolean
}

/** How an entrance is guarded. What is left out follows the settings of the studio; opening hours are off by default. */
export interface EntranceRules {
  readonly enforceOpeningHours?: boolean
  readonly enforceCapacity?: boolean
  readonly admitBookings?: boolean
  readonly antiPassback?: 'OFF' | 'STRICT'
}
