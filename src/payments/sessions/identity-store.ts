import { and, eq, isNull } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { paymentIdentities } from '../tables.ts'

export interface Identity {
  readonly id: string
  readonly customerId: number | null
}

const columns = { id: paymentIdentities.id, customerId: paymentIdentities.customerId }

export async function findIdentity(db: Queryable, identity: string): Promise<Identity | undefined> {
  const [row] = await db.select(columns).from(paymentIdentities).where(eq(paymentIdentities.id, identity))
  return row
}

export async function findIdentityOfCustomer(db: Queryable, customerId: number): Promise<Identity | undefined> {
  const [row] = await db.select(columns).from(paymentIdentities).where(eq(paymentIdentities.customerId, customerId))
  return row
}

/** Adds an identity; undefined when the customer was given one at the same time. */
export async function insertIdentity(
  tx: Tx,
  identity: { readonly studioId: number; readonly customerId?: number },
  now: Temporal.Instant,
): Promise<Identity | undefined> {
  const [row] = await tx
    .insert(paymentIdentities)
    .values({ ...identity, createdAt: now })
    .onConflictDoNothing({ target: [paymentIdentities.tenantId, paymentIdentities.customerId] })
    .returning(columns)
  return row
}

/** The identity becomes the customer, unless it or the customer belongs together with another already. */
export async function linkIdentity(tx: Tx, identity: string, customerId: number): Promise<boolean> {
  const other = await findIdentityOfCustomer(tx, customerId)
  if (other) return other.id === identity
  const rows = await tx
    .update(paymentIdentities)
    .set({ customerId })
    .where(and(eq(paymentIdentities.id, identity), isNull(paymentIdentities.customerId)))
    .returning(columns)
  return rows.length > 0
}
