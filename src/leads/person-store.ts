import { eq } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import { leads } from './tables.ts'

export async function deleteLeads(tx: Tx, customerId: number) {
  await tx.delete(leads).where(eq(leads.customerId, customerId))
}
