import { sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database/database.ts'
import { debtClaims } from '../tables.ts'

/** A claim with the item of a payment run that collects it. */
export interface InFlightClaim {
  readonly itemId: number
  readonly claimId: number
}

/** From now on nothing else settles these claims. Their accounts are locked. */
export async function markInFlight(tx: Tx, claims: readonly InFlightClaim[], now: Temporal.Instant) {
  if (claims.length === 0) return
  const [itemIds, claimIds] = [claims.map(({ itemId }) => itemId), claims.map(({ claimId }) => claimId)]
  await tx.execute(sql`
    update ${debtClaims} c set in_flight_item_id = marked.item_id, updated_at = ${now.toString()}::timestamptz,
      version = c.version + 1
    from unnest(${sql.param(itemIds)}::bigint[], ${sql.param(claimIds)}::bigint[]) as marked(item_id, claim_id)
    where c.id = marked.claim_id`)
}

/** The collection of these items is over, one way or the other. Their accounts are locked. */
export async function releaseInFlight(tx: Tx, itemIds: readonly number[], now: Temporal.Instant): Promise<number[]> {
  if (itemIds.length === 0) return []
  const rows = await tx
    .update(debtClaims)
    .set({ inFlightItemId: null, updatedAt: now, version: sql`${debtClaims.version} + 1` })
    .where(sql`${debtClaims.inFlightItemId} = any(${sql.param([...itemIds])}::bigint[])`)
    .returning({ id: debtClaims.id })
  return rows.map(({ id }) => id)
}
