import { earlierDate, isAfter, isBefore } from '../../platform/time/order.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'

/** What a studio grants to those who take back what they have signed. */
export interface WithdrawalTerms {
  /** So many days after the one of signing; 0: on that day only. */
  readonly days: number
  /** Whether the days that were used until then are charged. */
  readonly chargesUsedDays: boolean
}

/** Whether the signing of a contract can no longer be taken back on `today`. */
export function isWithdrawalOver(
  { signingDate }: Pick<SignedContract['row'], 'signingDate'>,
  { days }: Pick<WithdrawalTerms, 'days'>,
  today: Temporal.PlainDate,
): boolean {
  return isAfter(today, signingDate.add({ days }))
}

/** The last day on which a contract could be used, if its signing is taken back on `today`; null where it was none. */
export function findLastUsedDay(contract: SignedContract, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const { finalEnd } = readTimeline(contract, today)
  if (isBefore(today, contract.plan.useFrom)) return null
  return finalEnd ? earlierDate(today, finalEnd) : today
}
