import { and, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '../platform/database.ts'
import { customers } from './tables.ts'

/** Locks living customers in ascending order of their ids, as every unit does that changes something of theirs. */
export async function lockCustomers(tx: Tx, customerIds: readonly number[]): Promise<number[]> {
  const rows = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(inArray(customers.id, [...customerIds]), isNull(customers.erasedAt)))
    .orderBy(customers.id)
    .for('update')
  return rows.map(({ id }) => id)
}
