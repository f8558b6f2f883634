import { members } from '../people/members.ts'
import { type MembershipEnds, storyPeople } from '../people/people.ts'
import type { Planting } from '../planting.ts'
import type { ContractPlan } from './contract-plans.ts'
import { type DrawnContract, drawUp } from './draw-up.ts'
import { loadSoldTerms } from './sold-terms.ts'

/** All memberships as they stand today; prices may depend on the age of the member. */
export async function drawMemberships(planting: Planting, plans: readonly ContractPlan[]): Promise<DrawnContract[]> {
  const sold = await loadSoldTerms(planting)
  const births = new Map([...storyPeople, ...members].map(({ id, dateOfBirth }) => [id, dateOfBirth ?? null]))
  return plans.map((plan) => drawUp(planting, { ...plan, birthDate: births.get(plan.customerId) ?? null }, sold))
}

/** The last days of the memberships of all customers. Everybody has one contract. */
export function findEnds(drawn: readonly DrawnContract[]): MembershipEnds {
  return new Map(drawn.map(({ plan, timeline }) => [plan.customerId, timeline.finalEnd ?? 'FOREVER']))
}
