import { type Money, parseMoney } from '../platform/values/money.ts'
import type { BookingRule } from './booking-facts.ts'
import type { bookingRules } from './tables.ts'
import type { Term } from './rules/term-rules.ts'

/** The columns of a rule that say something of it. */
type RuleRow = Omit<typeof bookingRules.$inferSelect, 'tenantId' | 'createdAt' | 'updatedAt' | 'version'>

/** A rule as stored, with what canceling and charging need besides the tests of a booking. */
export interface StoredRule extends BookingRule {
  readonly cancelTerm: Term | null
  readonly cancelAfterLatest: boolean
  /** Set for contingent mode CHARGE. */
  readonly price: Money | null
}

/** A term of two columns; null when there is none. */
export function readTerm(value: number | null, unit: Term['unit'] | null): Term | null {
  return value === null || unit === null ? null : { value, unit }
}

function readPrice({ price, currency }: RuleRow): Money | null {
  if (price === null || currency === null) return null
  const money = parseMoney(price, currency)
  return typeof money === 'string' ? null : money
}

export function readRule(row: RuleRow): StoredRule {
  const price = readPrice(row)
  const mustPay = row.contingentMode === 'CHARGE' && price !== null && price.minor > 0n
  const { maxPerPeriod: count, maxPerPeriodUnit: period } = row
  return {
    earliestTerm: readTerm(row.earliestTermValue, row.earliestTermUnit),
    latestTerm: readTerm(row.latestTermValue, row.latestTermUnit),
    cancelTerm: readTerm(row.cancelTermValue, row.cancelTermUnit),
    cancelAfterLatest: row.cancelAfterLatest,
    maxOpenPerCustomer: row.maxOpenPerCustomer,
    maxPerPeriod: count === null || period === null ? null : { count, period },
    contingentMode: row.contingentMode,
    price: mustPay ? price : null,
    requiresActiveContract: row.requiresActiveContract,
    allowedRateIds: row.allowedRateIds,
    allowedModuleIds: row.allowedModuleIds,
    allowedMemberCodes: row.allowedMemberCodes,
    allowForeign: row.allowForeign,
    staffConfirmation: row.staffConfirmation,
  }
}
