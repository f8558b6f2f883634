import { and, eq, isNull, sql } from 'drizzle-orm'
import { addBenefitRule, defineBenefit, type NewBenefitRule, setBenefitStudio } from '../../../src/benefits/index.ts'
import { benefitCounters, benefitUsages } from '../../../src/benefits/tables.ts'
import type { UnitOfWork } from '../../../src/platform/units/work.ts'
import type { TestApp } from '../app.ts'
import { insertContract, insertCustomer } from './booking-world.ts'
import type { TestStudio } from './world.ts'

const date = (text: string) => Temporal.PlainDate.from(text)

/** A member with a contract of a rate of its own; `from` is its start. */
export async function insertMember(work: UnitOfWork, studio: TestStudio, from = '2026-01-01') {
  const customerId = await insertCustomer(work, studio, { membershipUntil: date('2027-12-31') })
  const contract = await insertContract(work, studio, { customerId, from, lastDay: '2027-12-31' })
  return { customerId, ...contract }
}

/** A benefit of the test's partner, switched on in the studios. */
export async function insertBenefit(
  work: UnitOfWork,
  studios: readonly TestStudio[],
  { key = 'SOLARIUM', crossFacility = false } = {},
): Promise<number> {
  const [first] = studios as readonly [TestStudio]
  const benefitId = await defineBenefit(work, { integrationId: first.integrationId, key, crossFacility })
  for (const { studioId } of studios) await setBenefitStudio(work, { benefitId, studioId, enabled: true })
  return benefitId
}

export const fivePerMonth = {
  contingent: 'PER_PERIOD',
  amount: 5,
  periodUnit: 'MONTH',
  anchor: 'CONTRACT_START',
} as const satisfies Partial<NewBenefitRule>

/** A member of Berlin who may use SOLARIUM by the rule. */
export function insertEntitled(
  app: TestApp,
  rule: Partial<NewBenefitRule> = fivePerMonth,
  { from = '2026-01-31', studio = app.berlin }: { readonly from?: string; readonly studio?: TestStudio } = {},
) {
  return app.write(async (work) => {
    const benefitId = await insertBenefit(work, [studio])
    const member = await insertMember(work, studio, from)
    const by = { source: 'RATE', sourceId: member.rateId, contingent: 'UNLIMITED' } as const
    const ruleId = await addBenefitRule(work, { benefitId, studioId: studio.studioId, ...by, ...rule })
    return { ...member, benefitId, ruleId }
  }, studio)
}

export const usePath = (customerId: number, key = 'SOLARIUM') => `/v1/customers/${customerId}/benefits/${key}/use`

/** Unreversed uses and the counter of each period of a rule that has either. */
export function listCounters(app: TestApp, ruleId: number) {
  return app.read(async ({ db }) => {
    const counters = await db.select().from(benefitCounters).where(eq(benefitCounters.ruleId, ruleId))
    const usages = await db
      .select({ periodStart: benefitUsages.periodStart, count: sql<number>`count(*)::int` })
      .from(benefitUsages)
      .where(and(eq(benefitUsages.ruleId, ruleId), isNull(benefitUsages.reversedAt)))
      .groupBy(benefitUsages.periodStart)
    return {
      counters: Object.fromEntries(counters.map(({ periodStart, used }) => [periodStart.toString(), used])),
      usages: Object.fromEntries(usages.map(({ periodStart, count }) => [String(periodStart), count])),
    }
  })
}
