import { eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database.ts'
import { lastDayOf } from './booking-facts-store.ts'
import { contracts } from './tables.ts'

/** Effective main contracts of a customer that are not over on a day, those that have yet to begin included. */
export async function listLivingContractIds(db: Queryable, customerId: number, today: Temporal.PlainDate) {
  const rows = await db
    .select({ id: sql<number>`c.id` })
    .from(sql`contracts c`)
    .where(
      sql`c.customer_id = ${customerId} and c.voided_at is null
        and coalesce(${lastDayOf('contract_id', 'c')}, 'infinity') >= ${today.toString()}::date`,
    )
    .orderBy(sql`c.id`)
  return rows.map(({ id }) => id)
}

/** Remarks and foreign numbers of contracts; terms and dates stay. */
export async function blankContractRemarks(tx: Tx, customerId: number) {
  await tx.update(contracts).set({ notes: null, thirdPartyId: null }).where(eq(contracts.customerId, customerId))
}

/** Grants of staff; what a contract entitles to stays with the contract. */
export async function deleteGrants(tx: Tx, customerId: number) {
  await tx.execute(sql`delete from entitlements e where e.customer_id = ${customerId} and e.contract_id is null
    and not exists (select from entitlement_usages u where u.entitlement_id = e.id)`)
}
