import { and, asc, eq, sql } from 'drizzle-orm'
import type { InFlightClaim } from '../../accounts/index.ts'
import { debtClaims } from '../../accounts/tables.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { paymentInstruments, paymentRunItemClaims, paymentRunItems } from '../tables.ts'
import { isBankGroup } from './method-group-rules.ts'
import { idArray, type PaymentRun } from './run-store.ts'

/** Items of a run that are still to be fixed, of customers behind an id and by customer. */
export function listUnfixed(db: Queryable, runId: number, after: number, limit: number) {
  return db
    .select({ id: paymentRunItems.id, customerId: paymentRunItems.customerId })
    .from(paymentRunItems)
    .where(
      and(
        eq(paymentRunItems.runId, runId),
        sql`${paymentRunItems.state} in ('PENDING', 'EXPORTED')`,
        sql`${paymentRunItems.customerId} > ${after}`,
      ),
    )
    .orderBy(asc(paymentRunItems.customerId))
    .limit(limit)
}

/** Items of a run that are fixed together. */
export type UnfixedItems = Pick<PaymentRun, 'methodGroup'> & { readonly itemIds: readonly number[] }

/** A mandate that allows one collection is used for the only time, others for the first time until a collection has stayed. */
const sequenceType = sql`case when i.is_one_off then 'OOFF' when i.first_collected_on is null then 'FRST' else 'RCUR' end`

/**
 * Fixes what items collect: what is open now of their claims. Claims that were settled otherwise or that another collection
 * has drop out; so do items of which none is left, or whose account or card the customer is not charged by any more. Answers the
 * claims that are collected. The accounts of the customers are locked. One statement, see ADR 0020.
 */
export async function fixItems(
  tx: Tx,
  { methodGroup, itemIds }: UnfixedItems,
  now: Temporal.Instant,
): Promise<readonly InFlightClaim[]> {
  const at = sql`${now.toString()}::timestamptz`
  const { rows } = await tx.execute<Record<keyof InFlightClaim, string>>(sql`
    with parts as materialized (
      select item.id as item_id, c.id as claim_id, part.amount as selected, c.open_amount,
        ${isBankGroup(methodGroup) ? sequenceType : sql`null::text`} as sequence_type,
        i.is_run_default and i.state = 'ACTIVE' and c.state = 'POSTED' and c.open_amount > 0
          and c.collection_state = 'NONE' and c.in_flight_item_id is null as is_collected
      from unnest(${idArray(itemIds)}) as wanted(id)
        cross join lateral (select * from ${paymentRunItems} where id = wanted.id offset 0) item
        cross join lateral (select * from ${paymentInstruments} where id = item.instrument_id offset 0) i
        cross join lateral (select * from ${paymentRunItemClaims} where item_id = item.id offset 0) part
        cross join lateral (select * from ${debtClaims} where id = part.claim_id offset 0) c
      where item.state = 'PENDING'),
    fixed as materialized (
      select item_id, sequence_type, sum(open_amount) filter (where is_collected) as amount
      from parts group by item_id, sequence_type),
    changed as (
      update ${paymentRunItemClaims} part set is_live = parts.is_collected,
        amount = case when parts.is_collected then parts.open_amount else part.amount end
      from parts
      where part.item_id = parts.item_id and part.claim_id = parts.claim_id
        and (not parts.is_collected or parts.open_amount <> parts.selected)),
    written as (
      update ${paymentRunItems} item set state = case when fixed.amount is null then 'DROPPED' else 'EXPORTED' end,
        amount = coalesce(fixed.amount, item.amount),
        sequence_type = case when fixed.amount is not null then fixed.sequence_type end,
        updated_at = ${at}, version = item.version + 1
      from fixed where item.id = fixed.item_id)
    select item_id as "itemId", claim_id as "claimId" from parts where is_collected order by claim_id`)
  return rows.map(({ itemId, claimId }) => ({ itemId: Number(itemId), claimId: Number(claimId) }))
}
