import type { BenefitWithin } from '../customers/index.ts'
import type { PartnerCaller } from '../platform/caller.ts'
import type { PartnerWork } from '../platform/work.ts'
import type { BenefitPlace } from './benefit-facts-store.ts'
import { useBenefit } from './uses.ts'

/** The partner's benefits in the key's studio, for the customers of all studios in which the partner is active. */
export function placeOf({ studio, integration, visibleStudioIds: studioIds }: PartnerCaller): BenefitPlace {
  return { studioId: studio.id, integrationId: integration.id, studioIds, blockedFor: integration.id }
}

/** Uses a benefit of the calling partner for something that customers do, in the unit of that. Answers the usage. */
export function useBenefitWithin(
  work: PartnerWork,
  { customerId, benefitKey, source }: BenefitWithin,
): Promise<number> {
  return useBenefit(work, { customerId, key: benefitKey, place: placeOf(work.caller) }, source)
}
