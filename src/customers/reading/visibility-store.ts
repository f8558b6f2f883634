import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { prepared, preparedWrite, type Queryable, type Tx } from '../../platform/database/database.ts'
import type { Sight } from './sight.ts'
import { isVisible } from './sight-store.ts'
import { customers } from '../customer-table.ts'

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

const visible = preparedWrite((tx) =>
  tx
    .select({ id: customers.id, studioId: customers.studioId })
    .from(customers)
    .where(and(eq(customers.id, sql.placeholder('customerId')), isVisible))
    .for('no key update')
    .prepare('customers_lock_visible'),
)

/** Locks one customer whom the caller may see, and answers the home studio; undefined for everybody else. */
export async function lockVisibleCustomer(tx: Tx, sight: Sight, customerId: number) {
  const [locked] = await visible(tx).execute({ ...sight, customerId })
  return locked
}

const seen = prepared((db) =>
  db
    .select({ id: customers.id, studioId: customers.studioId })
    .from(customers)
    .where(and(eq(customers.id, sql.placeholder('customerId')), isVisible))
    .prepare('customers_find_visible'),
)

/** One customer whom the caller may see, with the home studio; undefined for everybody else. */
export async function findVisibleCustomer(db: Queryable, sight: Sight, customerId: number) {
  const [found] = await seen(db).execute({ ...sight, customerId })
  return found
}
