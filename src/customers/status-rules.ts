export type CustomerStatus = 'PROSPECT' | 'MEMBER' | 'FORMER_MEMBER'

/** The end of time as PostgreSQL writes it. */
const forever = 'infinity'

/**
 * The phase of a person on a local date of the home studio, both as ISO dates. `membershipUntil` is the last day of the
 * latest contract: null without one, `infinity` for one that goes on.
 */
export function judgeStatus(membershipUntil: string | null, today: string): CustomerStatus {
  if (membershipUntil === null) return 'PROSPECT'
  return membershipUntil === forever || membershipUntil >= today ? 'MEMBER' : 'FORMER_MEMBER'
}

/** A ban between two local dates, both inclusive; without dates it always counts. */
export interface RestrictionPeriod {
  readonly startDate: string | null
  readonly endDate: string | null
}

export function isInForce({ startDate, endDate }: RestrictionPeriod, today: string): boolean {
  return (startDate === null || startDate <= today) && (endDate === null || endDate >= today)
}

/** Over and done with: nobody needs to know any more. */
export function isPast({ endDate }: RestrictionPeriod, today: string): boolean {
  return endDate !== null && endDate < today
}
