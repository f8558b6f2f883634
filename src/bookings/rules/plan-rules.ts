import { type ContingentDemand, type ContingentUse, planContingentUse } from '../../entitlements/contingent-rules.ts'
import type { BookingRule, CustomerFacts, TrialFacts } from '../booking-facts.ts'
import { activeContractIds } from './customer-rules.ts'
import type { MainTime } from './main-time-rules.ts'
import { trialDeadlineAt } from './trial-rules.ts'

/** Who has to confirm a booking, and until when (inclusive); null = nobody. */
export interface Confirmation {
  readonly kind: 'LEAD' | 'STAFF'
  readonly deadline: Temporal.Instant
}

/** What a booking stores. */
export interface BookingPlan {
  readonly status: 'BOOKED' | 'BOOKED_WITH_CONFIRMATION_REQUIRED' | 'WAITING_LIST'
  readonly confirmation: Confirmation | null
  readonly use: ContingentUse
}

/** The facts that the tests of a customer share between classes and appointments. */
export interface DemandFacts {
  readonly rule: BookingRule
  readonly serviceId: number
  readonly studioId: number
  readonly main: MainTime
  /** Appointments ask a foreign customer for an entitlement that is valid across studios. */
  readonly foreignNeedsEntitlement: boolean
}

/** What the booking takes from the customer's contingent or account; null = the contingent test fails. */
export function planUse(customer: CustomerFacts, facts: DemandFacts, now: Temporal.Instant): ContingentUse | null {
  const { serviceDate } = facts.main
  const demand: ContingentDemand = {
    mode: facts.rule.contingentMode,
    serviceId: facts.serviceId,
    studioId: facts.studioId,
    serviceDate,
    activeContractIds: activeContractIds(customer.contracts, serviceDate),
    needsCrossStudio: customer.isForeign && facts.foreignNeedsEntitlement,
  }
  return planContingentUse(customer.entitlements, demand, now)
}

/** The confirmation that a definite booking needs. Trials know only the term of their config. */
export function planConfirmation(
  rule: Pick<BookingRule, 'staffConfirmation'>,
  trial: TrialFacts | null,
  main: MainTime,
): Confirmation | null {
  if (trial !== null) {
    const deadline = trialDeadlineAt(trial, main)
    return deadline === null ? null : { kind: 'LEAD', deadline }
  }
  return rule.staffConfirmation ? { kind: 'STAFF', deadline: main.start } : null
}

/** A booking that gets a seat or time: definite, or pending until its confirmation. */
export function planSeat(confirmation: Confirmation | null, use: ContingentUse | null): BookingPlan {
  const status = confirmation === null ? 'BOOKED' : 'BOOKED_WITH_CONFIRMATION_REQUIRED'
  // Only staff who break the contingent rule get here without a use: then nothing is taken.
  return { status, confirmation, use: use ?? { kind: 'NONE' } }
}
