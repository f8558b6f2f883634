import type { Queryable } from '../../platform/database/database.ts'
import { GatheredReads } from '../../platform/units/gathered-reads.ts'
import type { View } from '../../platform/units/work.ts'
import type { CustomerRow } from '../customer-row.ts'
import { findCustomer, listCustomersById } from './representation-store.ts'
import type { Sight } from './sight.ts'

const customers = new GatheredReads<number, CustomerRow | undefined>()

/** One visible customer, as {@link findCustomer}; those that are asked for at once with the same sight share a statement. */
export function findGathered(view: View, sight: Sight, customerId: number): Promise<CustomerRow | undefined> {
  const group = `${sight.integrationId}:${sight.studioIds}`
  return customers.find(view, { wish: customerId, group }, (db, ids) => readMany(db, sight, ids))
}

async function readMany(db: Queryable, sight: Sight, ids: readonly number[]) {
  const [first = 0, ...others] = ids
  if (others.length === 0) return [await findCustomer(db, sight, first)]
  const rows = await listCustomersById(db, sight, [...new Set(ids)])
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => found.get(id))
}
