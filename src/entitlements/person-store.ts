import { sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'

/** Grants of staff; what a contract entitles to stays with the contract. */
export async function deleteGrants(tx: Tx, customerId: number) {
  await tx.execute(sql`delete from entitlements e where e.customer_id = ${customerId} and e.contract_id is null
    and not exists (select from entitlement_usages u where u.entitlement_id = e.id)`)
}
