import { and, desc, eq, isNull, or, sql } from 'drizzle-orm'
import { accessMediums } from '../customers/tables.ts'
import { constant } from '../platform/database/columns.ts'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { namedStatement, runNamed } from '../platform/database/named-sql.ts'
import { benefits, benefitUsages } from './tables.ts'

export interface NewUse {
  readonly customerId: number
  readonly benefitId: number
  readonly ruleId: number
  readonly contractId: number
  /** Null without limit. */
  readonly periodStart: Temporal.PlainDate | null
  readonly amount: number | null
  readonly studioId: number
  readonly source: (typeof benefitUsages.$inferInsert)['source']
}

const usage = `insert into benefit_usages
  (created_at, used_at, customer_id, benefit_id, rule_id, contract_id, period_start, studio_id, source)
  select :now::timestamptz, :now::timestamptz, :customerId::bigint, :benefitId::bigint, :ruleId::bigint,
    :contractId::bigint, :periodStart::date, :studioId::bigint, :source::text`

// Counter and usage are one statement: a process killed between any two statements leaves either both or none.
const countedUse = namedStatement(
  'benefits_insert_counted_use',
  `with counted as (
    insert into benefit_counters as k (customer_id, rule_id, contract_id, period_start, used)
    values (:customerId, :ruleId, :contractId, :periodStart, 1)
    on conflict (tenant_id, customer_id, rule_id, contract_id, period_start)
      do update set used = k.used + 1 where k.used < :amount::integer
    returning 1)
  ${usage} from counted returning id`,
)
const freeUse = namedStatement('benefits_insert_free_use', `${usage} returning id`)

/** Takes one use, and counts it while the amount of its period is not reached; undefined when it is. */
export async function insertUse(tx: Tx, use: NewUse, now: Temporal.Instant): Promise<number | undefined> {
  const periodStart = use.periodStart?.toString() ?? null
  const values = { ...use, periodStart, now: now.toString() }
  const { rows } = await runNamed(tx, use.amount === null ? freeUse : countedUse, values)
  return rows[0]?.id as number | undefined
}

const reversal = namedStatement(
  'benefits_reverse_use',
  `with reversed as (
    update benefit_usages set reversed_at = :now where id = :usageId and reversed_at is null
    returning customer_id, rule_id, contract_id, period_start, studio_id),
  counted as (
    update benefit_counters k set used = k.used - 1 from reversed r
    where k.customer_id = r.customer_id and k.rule_id = r.rule_id and k.contract_id = r.contract_id
      and k.period_start = r.period_start)
  select customer_id as "customerId", studio_id as "studioId" from reversed`,
)

export interface ReversedUse {
  readonly customerId: number
  readonly studioId: number
}

/** Takes a use back in the period that it counted in; undefined when there is none, or when it was taken back before. */
export async function reverseUseRow(tx: Tx, usageId: number, now: Temporal.Instant): Promise<ReversedUse | undefined> {
  const { rows } = await runNamed(tx, reversal, { usageId, now: now.toString() })
  return rows[0] as ReversedUse | undefined
}

export async function hasUse(db: Queryable, usageId: number): Promise<boolean> {
  return (await db.$count(benefitUsages, eq(benefitUsages.id, usageId))) > 0
}

/** The latest uses of a customer, newest first. */
export function listUses(db: Queryable, customerId: number, limit: number) {
  return db
    .select({
      usageId: benefitUsages.id,
      key: benefits.key,
      usedAt: benefitUsages.usedAt,
      studioId: benefitUsages.studioId,
      source: benefitUsages.source,
      periodStart: benefitUsages.periodStart,
      reversedAt: benefitUsages.reversedAt,
    })
    .from(benefitUsages)
    .innerJoin(benefits, eq(benefits.id, benefitUsages.benefitId))
    .where(eq(benefitUsages.customerId, customerId))
    .orderBy(desc(benefitUsages.usedAt), desc(benefitUsages.id))
    .limit(limit)
}

const selectHolder = prepared((db) =>
  db
    .select({ customerId: accessMediums.customerId })
    .from(accessMediums)
    .where(
      and(
        eq(accessMediums.type, constant('CARD_NUMBER')),
        eq(accessMediums.valueNorm, sql.placeholder('card')),
        isNull(accessMediums.removedAt),
        or(isNull(accessMediums.validUntil), sql`${accessMediums.validUntil} > ${sql.placeholder('now')}::timestamptz`),
      ),
    )
    .prepare('benefits_find_card_holder'),
)

/** Who carries a card now, given as canonical decimal; whether the caller may see this person is asked later. */
export async function findCardHolder(db: Queryable, card: string, now: Temporal.Instant): Promise<number | undefined> {
  const [row] = await selectHolder(db).execute({ card, now: now.toString() })
  return row?.customerId
}
