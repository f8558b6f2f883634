import { and, asc, eq, sql } from 'drizzle-orm'
import { readMinor, storeMinor } from '../../accounts/index.ts'
import { debtClaims } from '../../accounts/tables.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { paymentInstruments, paymentRunItemClaims, paymentRunItems } from '../tables.ts'
import type { FixedItem, ItemFacts } from './fixing-rules.ts'
import { idArray, isItsInstrument } from './run-store.ts'

/** Customers of a run behind an id whose items are still to be fixed. */
export async function listUnfixed(db: Queryable, runId: number, after: number, limit: number): Promise<number[]> {
  const rows = await db
    .select({ customerId: paymentRunItems.customerId })
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
  return rows.map(({ customerId }) => customerId)
}

/** What is known now of the items of some customers of a run. Their accounts are locked. */
export async function listItemFacts(
  db: Queryable,
  runId: number,
  customerIds: readonly number[],
): Promise<ItemFacts[]> {
  const rows = await db
    .select({
      itemId: paymentRunItems.id,
      currency: paymentRunItems.currency,
      canBeCharged: sql<boolean>`${paymentInstruments.isRunDefault} and ${paymentInstruments.state} = 'ACTIVE'`,
      isOneOff: paymentInstruments.isOneOff,
      firstCollectedOn: paymentInstruments.firstCollectedOn,
      claimId: debtClaims.id,
      selected: paymentRunItemClaims.amount,
      open: debtClaims.openAmount,
      isFree: sql<boolean>`${debtClaims.state} = 'POSTED' and ${debtClaims.openAmount} > 0
        and ${debtClaims.collectionState} = 'NONE' and ${debtClaims.inFlightItemId} is null`,
    })
    .from(paymentRunItems)
    .innerJoin(paymentInstruments, isItsInstrument)
    .innerJoin(
      paymentRunItemClaims,
      and(
        eq(paymentRunItemClaims.tenantId, paymentRunItems.tenantId),
        eq(paymentRunItemClaims.itemId, paymentRunItems.id),
      ),
    )
    .innerJoin(
      debtClaims,
      and(eq(debtClaims.tenantId, paymentRunItemClaims.tenantId), eq(debtClaims.id, paymentRunItemClaims.claimId)),
    )
    .where(
      and(
        eq(paymentRunItems.runId, runId),
        sql`${paymentRunItems.state} = 'PENDING'`,
        sql`${paymentRunItems.customerId} = any(${idArray(customerIds)})`,
      ),
    )
    .orderBy(asc(paymentRunItems.customerId), asc(debtClaims.id))
  return [...Map.groupBy(rows, ({ itemId }) => itemId).values()].flatMap((claims) => {
    const [first] = claims
    if (!first) return []
    const { itemId, currency, canBeCharged, isOneOff, firstCollectedOn } = first
    const facts = { itemId, currency, canBeCharged, isOneOff, firstCollectedOn }
    const minor = (stored: string) => readMinor(stored, currency)
    const read = claims.map((claim) => ({ ...claim, selected: minor(claim.selected), open: minor(claim.open) }))
    return [{ ...facts, claims: read }]
  })
}

const texts = (values: readonly (string | null)[]) => sql`${sql.param([...values])}::text[]`

/** Stores what items collect from now on. */
export async function saveFixed(tx: Tx, items: readonly FixedItem[], now: Temporal.Instant) {
  if (items.length === 0) return
  await saveChangedClaims(tx, items)
  const amounts = items.map(({ amount, currency }) => storeMinor(amount, currency))
  await tx.execute(sql`
    update ${paymentRunItems} item set state = 'EXPORTED', amount = fixed.amount::numeric,
      sequence_type = fixed.sequence_type, updated_at = ${now.toString()}::timestamptz, version = item.version + 1
    from unnest(${idArray(items.map(({ itemId }) => itemId))}, ${texts(amounts)},
      ${texts(items.map((item) => item.sequenceType))}) as fixed(id, amount, sequence_type)
    where item.id = fixed.id`)
}

/** Most claims are collected as they were selected and need no write. */
async function saveChangedClaims(tx: Tx, items: readonly FixedItem[]) {
  const changed = items.flatMap((item) => item.changed.map((claim) => ({ ...claim, item })))
  if (changed.length === 0) return
  const amounts = changed.map(({ amount, item }) => (amount === null ? null : storeMinor(amount, item.currency)))
  await tx.execute(sql`
    update ${paymentRunItemClaims} part set amount = coalesce(fixed.amount::numeric, part.amount),
      is_live = fixed.amount is not null
    from unnest(${idArray(changed.map(({ item }) => item.itemId))}, ${idArray(changed.map(({ claimId }) => claimId))},
      ${texts(amounts)}) as fixed(item_id, claim_id, amount)
    where part.item_id = fixed.item_id and part.claim_id = fixed.claim_id`)
}
