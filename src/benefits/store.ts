import { and, asc, eq, ne, sql } from 'drizzle-orm'
import { customers } from '../customers/customer-table.ts'
import { modules, rates } from '../membership-offers/tables.ts'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import type { BenefitSource } from './benefit-facts.ts'
import { benefitRules, benefits, benefitStudios } from './tables.ts'

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type BenefitRow = typeof benefits.$inferSelect
export type NewBenefitRule = Omit<typeof benefitRules.$inferInsert, Fill>

/** Another unit that changes a benefit waits until this one ends. */
export async function lockBenefit(tx: Tx, benefitId: number): Promise<BenefitRow | undefined> {
  const [row] = await tx.select().from(benefits).where(eq(benefits.id, benefitId)).for('update')
  return row
}

/** The same by the partner's key. */
export async function lockBenefitOfKey(tx: Tx, integrationId: number, key: string): Promise<BenefitRow | undefined> {
  const [row] = await tx
    .select()
    .from(benefits)
    .where(and(eq(benefits.integrationId, integrationId), eq(benefits.key, key)))
    .for('update')
  return row
}

export async function insertBenefit(
  tx: Tx,
  benefit: Pick<typeof benefits.$inferInsert, 'integrationId' | 'key' | 'name' | 'crossFacility' | 'active'>,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .insert(benefits)
    .values({ ...benefit, createdAt: now, updatedAt: now })
    .returning({ id: benefits.id })
  return returnedId(rows)
}

export async function updateBenefit(
  tx: Tx,
  benefitId: number,
  changes: Partial<Pick<BenefitRow, 'name' | 'crossFacility' | 'active'>>,
  now: Temporal.Instant,
) {
  await tx
    .update(benefits)
    .set({ ...changes, updatedAt: now, version: sql`${benefits.version} + 1` })
    .where(eq(benefits.id, benefitId))
}

/** Switches a benefit on or off in a studio; undefined when it is so already. */
export async function upsertBenefitStudio(
  tx: Tx,
  row: { readonly benefitId: number; readonly studioId: number; readonly enabled: boolean },
  now: Temporal.Instant,
) {
  const [changed] = await tx
    .insert(benefitStudios)
    .values({ ...row, updatedAt: now })
    .onConflictDoUpdate({
      target: [benefitStudios.tenantId, benefitStudios.benefitId, benefitStudios.studioId],
      set: { enabled: row.enabled, updatedAt: now },
      setWhere: ne(benefitStudios.enabled, row.enabled),
    })
    .returning({ benefitId: benefitStudios.benefitId })
  return changed
}

export async function insertBenefitRule(tx: Tx, rule: NewBenefitRule, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(benefitRules)
    .values({ ...rule, createdAt: now, updatedAt: now })
    .returning({ id: benefitRules.id })
  return returnedId(rows)
}

export async function lockBenefitRule(tx: Tx, ruleId: number) {
  const [row] = await tx.select().from(benefitRules).where(eq(benefitRules.id, ruleId)).for('update')
  return row
}

export async function updateRuleEnd(tx: Tx, ruleId: number, validTo: Temporal.PlainDate | null, now: Temporal.Instant) {
  await tx
    .update(benefitRules)
    .set({ validTo, updatedAt: now, version: sql`${benefitRules.version} + 1` })
    .where(eq(benefitRules.id, ruleId))
}

/** Whether the rate, module or customer that a rule shall be for exists. */
export async function hasSource(db: Queryable, source: Exclude<BenefitSource, 'ALL_MEMBERS'>, sourceId: number) {
  if (source === 'RATE') return (await db.$count(rates, eq(rates.id, sourceId))) > 0
  if (source === 'MODULE') return (await db.$count(modules, eq(modules.id, sourceId))) > 0
  return (await db.$count(customers, and(eq(customers.id, sourceId), sql`${customers.erasedAt} is null`))) > 0
}

/** All benefits with the studios in which they are switched on. */
export function listBenefits(db: Queryable) {
  return db
    .select({
      benefitId: benefits.id,
      integrationId: benefits.integrationId,
      key: benefits.key,
      name: benefits.name,
      crossFacility: benefits.crossFacility,
      active: benefits.active,
      studioIds: sql<number[]>`array(select o.studio_id from benefit_studios o
        where o.benefit_id = "benefits"."id" and o.enabled order by o.studio_id)`,
    })
    .from(benefits)
    .orderBy(asc(benefits.integrationId), asc(benefits.key))
}

/** The rules of a benefit in all studios. */
export function listBenefitRules(db: Queryable, benefitId: number) {
  return db
    .select({
      ruleId: benefitRules.id,
      studioId: benefitRules.studioId,
      source: benefitRules.source,
      sourceId: benefitRules.sourceId,
      contingent: benefitRules.contingent,
      amount: benefitRules.amount,
      periodUnit: benefitRules.periodUnit,
      anchor: benefitRules.anchor,
      validFrom: benefitRules.validFrom,
      validTo: benefitRules.validTo,
    })
    .from(benefitRules)
    .where(eq(benefitRules.benefitId, benefitId))
    .orderBy(asc(benefitRules.studioId), asc(benefitRules.id))
}
