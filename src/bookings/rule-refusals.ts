import { refuseFields, violation } from '../platform/errors/errors.ts'
import type { BookingRuleInput } from './rule-store.ts'

type Halves = Pick<BookingRuleInput, 'contingentMode' | 'price' | 'maxPerPeriod' | 'maxPerPeriodUnit'>

/** What no booking rule can be: a charge without a price, or a limit that does not say per what. */
export function refuseHalfRule({ contingentMode, price, maxPerPeriod, maxPerPeriodUnit }: Halves) {
  if (contingentMode === 'CHARGE' && (price ?? null) === null) throw refuseFields([violation('price', 'required')])
  if ((maxPerPeriod ?? null) !== null && (maxPerPeriodUnit ?? null) === null)
    throw refuseFields([violation('maxPerPeriodUnit', 'required')])
  if ((maxPerPeriodUnit ?? null) !== null && (maxPerPeriod ?? null) === null)
    throw refuseFields([violation('maxPerPeriod', 'required')])
}
