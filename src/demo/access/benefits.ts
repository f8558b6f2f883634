import { benefitPeriodAt } from '../../benefits/period-rules.ts'
import { benefitCounters, benefitRules, benefits, benefitStudios, benefitUsages } from '../../benefits/tables.ts'
import { berlin, demoApp, hamburg, lisbon } from '../house/chain.ts'
import { edgarsContract } from '../contracts/story-contracts.ts'
import { edgar } from '../people/people.ts'
import { type Planting, plant } from '../planting.ts'

const benefitId = 901
/** The rule of a studio: 911 Berlin, 912 Hamburg, 913 Lisbon. */
const firstRule = 911
const firstUsage = 921
const USED = 2

const fivePerMonth = { kind: 'PER_PERIOD', amount: 5, unit: 'MONTH', anchor: 'CALENDAR' } as const

/** BENEFIT_KEY, which all members of three studios may use five times a month; Edgar has done so twice. */
export async function plantBenefits(planting: Planting) {
  const studioIds = [berlin, hamburg, lisbon]
  const benefit = { id: benefitId, integrationId: demoApp, key: 'BENEFIT_KEY', name: 'Solarium', crossFacility: true }
  await plant(planting, benefits, [benefit])
  await planting.work.tx
    .insert(benefitStudios)
    .values(studioIds.map((studioId) => ({ benefitId, studioId, enabled: true, updatedAt: planting.work.now })))
  const rule = { benefitId, source: 'ALL_MEMBERS', contingent: 'PER_PERIOD', periodUnit: 'MONTH' } as const
  await plant(
    planting,
    benefitRules,
    studioIds.map((studioId, n) => ({ id: firstRule + n, studioId, ...rule, amount: 5, anchor: 'CALENDAR' as const })),
  )
  await plantUses(planting)
}

async function plantUses(planting: Planting) {
  const { today, work } = planting
  const { from: periodStart } = benefitPeriodAt(fivePerMonth, { anchorOn: today, lastDay: null }, today)
  const counted = { customerId: edgar, ruleId: firstRule, contractId: edgarsContract, periodStart }
  await work.tx.insert(benefitCounters).values({ ...counted, used: USED })
  await plant(
    planting,
    benefitUsages,
    Array.from({ length: USED }, (_, n) => ({
      ...counted,
      id: firstUsage + n,
      benefitId,
      usedAt: work.now,
      studioId: berlin,
      source: 'API' as const,
    })),
  )
}
