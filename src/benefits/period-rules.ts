import { type EntitlementPeriod, periodAt } from '../entitlements/contingent-rules.ts'
import type { BenefitLimit } from './benefit-facts.ts'

/** First of a month, of a year, and a Monday: every calendar period is counted from here. */
const calendarAnchor = Temporal.PlainDate.from('2001-01-01')

/** Where one amount has to do for good, its counter begins with time. */
export const beginningOfTime = Temporal.PlainDate.from('0001-01-01')

/** First day, and the day after the last one; null = no end. */
export type BenefitPeriod = EntitlementPeriod

/** What a rule hangs on for one customer: a contract, or the personal grant itself. */
export interface Anchorage {
  /** Where periods counted from the start of the contract begin. */
  readonly anchorOn: Temporal.PlainDate
  /** Last day of the contract or of the grant; null = no end. */
  readonly lastDay: Temporal.PlainDate | null
}

/**
 * The period of a limited rule that contains a local date of the home studio. Each start is counted from the anchor and
 * clipped to the end of its month, so nothing drifts: 31 January, 28 February, 31 March.
 */
export function benefitPeriodAt(
  limit: Exclude<BenefitLimit, { kind: 'UNLIMITED' }>,
  { anchorOn, lastDay }: Anchorage,
  today: Temporal.PlainDate,
): BenefitPeriod {
  if (limit.kind === 'TOTAL') {
    return { from: beginningOfTime, until: lastDay === null ? null : lastDay.add({ days: 1 }) }
  }
  const anchor = limit.anchor === 'CALENDAR' ? calendarAnchor : anchorOn
  const period = { value: 1, unit: limit.unit }
  return periodAt({ period, anchorOn: anchor, validFrom: anchor, validTo: null }, today)
}
