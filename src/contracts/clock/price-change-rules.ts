import { findCurrentPrice, findCommitment } from '../../membership-offers/pricing-rules.ts'
import { isAfter } from '../../platform/time/order.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { readState } from '../timeline/timeline-rules.ts'

/** Whether the rate or its price on a day differs from that of the day before. */
export function hasChangedBetween(contract: SignedContract, day: Temporal.PlainDate): boolean {
  const { plan } = contract
  const { phases } = findCommitment(plan, readState(contract, day))
  const phaseOn = (date: Temporal.PlainDate) => phases.findLast((phase) => !isAfter(phase.plan.start, date))
  const [earlier, present] = [phaseOn(day.subtract({ days: 1 })), phaseOn(day)]
  if (!earlier || !present) return false
  if (earlier !== present) return true
  const price = (date: Temporal.PlainDate) => findCurrentPrice(present, plan, date).minor
  return price(day) !== price(day.subtract({ days: 1 }))
}
