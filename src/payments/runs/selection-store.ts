import { type SQL, sql } from 'drizzle-orm'
import { debtClaims } from '../../accounts/tables.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { USUAL_RETRIES } from '../returning/return-rules.ts'
import { paymentInstruments, paymentReturnSettings, paymentRunItemClaims, paymentRunItems } from '../tables.ts'
import type { MethodGroup } from './method-group-rules.ts'

/** What a run would collect. */
export interface Selection {
  readonly studioId: number
  readonly methodGroup: MethodGroup
  readonly currency: string
  readonly targetDate: Temporal.PlainDate
  /** Mandates for SEPA that were last used before it have ended. */
  readonly lastUseNeeded: Temporal.PlainDate
}

export const claimExclusions = [
  'IN_DEBT_COLLECTION',
  'IN_PAYMENT_RUN',
  'NO_INSTRUMENT',
  'OTHER_METHOD',
  'MANDATE_INCOMPLETE',
  'MANDATE_EXPIRED',
  'RETURNED_TOO_OFTEN',
] as const
export type ClaimExclusion = (typeof claimExclusions)[number]

/** How often a studio lets a claim be collected again from what has returned it; after that it is left to staff. */
const retries = sql`coalesce((select s.retries from ${paymentReturnSettings} s
  where s.tenant_id = c.tenant_id and s.studio_id = c.studio_id), ${USUAL_RETRIES})`

const isIncomplete = (methodGroup: MethodGroup) =>
  methodGroup === 'CREDIT_CARD'
    ? sql`i.provider_ref is null`
    : sql`num_nulls(i.account_enc, i.mandate_ref, i.signed_on) > 0`

/**
 * Claims that are due by the target date, each with the account or card that its customer is charged by and why it is not
 * collected from there; without a reason it is.
 */
function judgedClaims({ studioId, methodGroup, currency, targetDate, lastUseNeeded }: Selection): SQL {
  const isUnused = sql`i.type = 'SEPA' and coalesce(i.last_collected_on, i.signed_on) < ${lastUseNeeded.toString()}::date`
  return sql`(select c.id, c.customer_id, c.open_amount, c.currency, i.id as instrument_id, ${isUnused} as is_unused, case
      when c.collection_state <> 'NONE' then 'IN_DEBT_COLLECTION'
      when c.in_flight_item_id is not null or exists (select from ${paymentRunItemClaims} l
        where l.tenant_id = c.tenant_id and l.claim_id = c.id and l.is_live) then 'IN_PAYMENT_RUN'
      when i.id is null or i.entity_id <> c.entity_id then 'NO_INSTRUMENT'
      when i.type <> ${methodGroup} then 'OTHER_METHOD'
      when ${isIncomplete(methodGroup)} then 'MANDATE_INCOMPLETE'
      when ${isUnused} then 'MANDATE_EXPIRED'
      when (select count(*) from ${paymentRunItemClaims} t
          join ${paymentRunItems} tried on tried.tenant_id = t.tenant_id and tried.id = t.item_id
        where t.tenant_id = c.tenant_id and t.claim_id = c.id and tried.instrument_id = i.id
          and tried.state in ('RETURNED', 'FAILED')) > ${retries}
        then 'RETURNED_TOO_OFTEN'
      end as exclusion
    from ${debtClaims} c
      left join ${paymentInstruments} i on i.tenant_id = c.tenant_id and i.customer_id = c.customer_id
        and i.is_run_default and i.state = 'ACTIVE'
    where c.studio_id = ${studioId} and c.state = 'POSTED' and c.open_amount > 0 and c.payer = 'MEMBER'
      and c.due_date <= ${targetDate.toString()}::date and c.currency = ${currency}) judged`
}

/**
 * Gives a run its items and their claims; answers whether there are any. A claim that another run has taken in the meantime
 * stays with that run: statements of both wait for each other in the order of the claims. One statement, because plans that
 * join rows which were just written know nothing of their number.
 */
export async function insertItems(
  tx: Tx,
  runId: number,
  selection: Selection,
  now: Temporal.Instant,
): Promise<boolean> {
  const at = sql`${now.toString()}::timestamptz`
  const { rowCount } = await tx.execute(sql`
    with due as materialized (
      select id, customer_id, instrument_id, open_amount, currency from ${judgedClaims(selection)} where exclusion is null),
    heads as materialized (
      select customer_id, instrument_id, currency, nextval('palestra_id') as item_id
      from (select distinct customer_id, instrument_id, currency from due order by customer_id) payers),
    taken as (
      insert into ${paymentRunItemClaims} (item_id, claim_id, amount)
      select heads.item_id, due.id, due.open_amount from due join heads on heads.customer_id = due.customer_id
      order by due.customer_id, due.id
      on conflict do nothing
      returning item_id, amount)
    insert into ${paymentRunItems} (id, run_id, customer_id, instrument_id, state, amount, currency, created_at, updated_at)
    select heads.item_id, ${runId}, heads.customer_id, heads.instrument_id, 'PENDING', sum(taken.amount), heads.currency, ${at}, ${at}
    from taken join heads on heads.item_id = taken.item_id
    group by heads.item_id, heads.customer_id, heads.instrument_id, heads.currency order by heads.customer_id`)
  return (rowCount ?? 0) > 0
}

/** Customers whose mandate has ended by not being used, with the claims that it would have paid, by ascending id. */
export async function listUnusedMandates(db: Queryable, selection: Selection) {
  const rows = await db
    .select({
      customerId: sql<number>`judged.customer_id::float8`,
      instrumentId: sql<number>`judged.instrument_id::float8`,
      claimIds: sql<number[]>`array_agg(judged.id::float8)`,
    })
    .from(judgedClaims(selection))
    .where(sql`judged.is_unused and judged.exclusion = 'MANDATE_EXPIRED'`)
    .groupBy(sql`judged.customer_id, judged.instrument_id`)
    .orderBy(sql`judged.customer_id`)
  return rows
}

/** What stays out, by customer and reason. */
export function listExcluded(
  db: Queryable,
  selection: Selection,
  page: { readonly after: number; readonly limit: number },
) {
  return db
    .select({
      customerId: sql<number>`judged.customer_id::float8`,
      exclusion: sql<ClaimExclusion>`judged.exclusion`,
      claims: sql<number>`count(*)::int`,
      amount: sql<string>`sum(judged.open_amount)::text`,
    })
    .from(judgedClaims(selection))
    .where(sql`judged.exclusion is not null and judged.customer_id > ${page.after}`)
    .groupBy(sql`judged.customer_id, judged.exclusion`)
    .orderBy(sql`judged.customer_id, judged.exclusion`)
    .limit(page.limit)
}

/** What a run would come to. */
export async function sumSelected(db: Queryable, selection: Selection) {
  const [row] = await db
    .select({
      items: sql<number>`count(distinct judged.customer_id)::int`,
      claims: sql<number>`count(*)::int`,
      amount: sql<string>`coalesce(sum(judged.open_amount), 0)::text`,
    })
    .from(judgedClaims(selection))
    .where(sql`judged.exclusion is null`)
  return row ?? { items: 0, claims: 0, amount: '0' }
}
