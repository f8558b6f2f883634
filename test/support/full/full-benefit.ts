import { benefitRules, benefits, benefitStudios } from '../../../src/benefits/tables.ts'
import { CREATED, type Fill, stamps } from './full-members.ts'

/** The key of the benefit that all members of a full studio have. */
export const makeBenefitKey = (mark: string) => `${mark}SOLARIUM`

/** A benefit of the studio's partner for all members, counted but more than any customer uses. */
export async function insertFullBenefit({ tx, studio, mark }: Fill, id: number) {
  const { studioId, integrationId } = studio
  const key = makeBenefitKey(mark)
  await tx.insert(benefits).values({ id, integrationId, key, name: `${mark}solarium`, ...stamps })
  await tx.insert(benefitStudios).values({ benefitId: id, studioId, enabled: true, updatedAt: CREATED })
  const rule = { benefitId: id, studioId, source: 'ALL_MEMBERS', contingent: 'TOTAL', amount: 1_000_000 } as const
  await tx.insert(benefitRules).values({ ...rule, ...stamps })
}
