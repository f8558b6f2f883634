import { reachableSight } from '../customers/index.ts'
import type { PartnerCaller } from '../platform/units/caller.ts'
import type { PartnerWork } from '../platform/units/work.ts'
import type { BenefitSite } from './benefit-facts-store.ts'
import { useBenefit } from './uses.ts'

/** The partner's benefits in the key's studio, for the customers of all studios in which the partner is active. */
export function toSite(caller: PartnerCaller): BenefitSite {
  const { studio, integration } = caller
  return { studioId: studio.id, integrationId: integration.id, sight: reachableSight({ caller }) }
}

/** A benefit that is used together with something else, within the unit of that. */
export interface BenefitWithin {
  readonly customerId: number
  readonly benefitKey: string
  readonly source: 'WEIGHING'
}

/** Uses a benefit of the calling partner for something that customers do, in the unit of that. Answers the usage. */
export function useBenefitWithin(
  work: PartnerWork,
  { customerId, benefitKey, source }: BenefitWithin,
): Promise<number> {
  return useBenefit(work, { customerId, key: benefitKey, site: toSite(work.caller) }, source)
}
