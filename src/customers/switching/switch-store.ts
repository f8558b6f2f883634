import { and, desc, eq, gt, not, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { activations } from '../../integrations/tables.ts'
import { customerIntegrationBlocks, customerStudioHistory as history } from '../tables.ts'
import { customers } from '../customer-table.ts'
import { isBlockedFor } from '../reading/sight-store.ts'

export type SwitchEntry = Omit<typeof history.$inferInsert, 'id' | 'tenantId' | 'createdAt'>

/** Whether exactly this was asked for and done after `since`. */
export async function isSwitched(
  db: Queryable,
  { customerId, requestHash, since }: { customerId: number; requestHash: Buffer; since: Temporal.Instant },
): Promise<boolean> {
  const [row] = await db
    .select({ id: history.id })
    .from(history)
    .where(and(eq(history.customerId, customerId), eq(history.requestHash, requestHash), gt(history.createdAt, since)))
    .limit(1)
  return row !== undefined
}

/** The day of a customer's latest change of studios. */
export async function findPreviousSwitch(db: Queryable, customerId: number): Promise<Temporal.PlainDate | undefined> {
  const [row] = await db
    .select({ switchDate: history.switchDate })
    .from(history)
    .where(eq(history.customerId, customerId))
    .orderBy(desc(history.switchDate))
    .limit(1)
  return row?.switchDate
}

export async function updateHomeStudio(tx: Tx, customerId: number, studioId: number, now: Temporal.Instant) {
  await tx
    .update(customers)
    .set({ studioId, updatedAt: now, version: sql`${customers.version} + 1` })
    .where(eq(customers.id, customerId))
}

export async function insertSwitch(tx: Tx, entry: SwitchEntry, now: Temporal.Instant) {
  await tx.insert(history).values({ ...entry, createdAt: now })
}

const isPresent = sql`${activations.status} in ('ACTIVE', 'SUSPENDED')`

/** The integrations of a studio that may see a customer of it. A suspended one comes back, and receives what it missed. */
export async function listInformedIntegrations(db: Queryable, studioId: number, customerId: number): Promise<number[]> {
  const rows = await db
    .select({ id: activations.integrationId })
    .from(activations)
    .where(
      and(
        eq(activations.studioId, studioId),
        isPresent,
        not(isBlockedFor(sql.param(customerId), activations.integrationId)),
      ),
    )
    .orderBy(activations.integrationId)
  return rows.map(({ id }) => id)
}

/** Answers whether the customer was visible to the integration until now, as far as blocks go. */
export async function insertBlock(
  tx: Tx,
  block: { readonly customerId: number; readonly integrationId: number; readonly reason: string | null },
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tx
    .insert(customerIntegrationBlocks)
    .values({ ...block, since: now, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: customerIntegrationBlocks.id })
  return rows.length > 0
}

/** Answers whether there was a block. */
export async function deleteBlock(tx: Tx, customerId: number, integrationId: number): Promise<boolean> {
  const { customerId: ofCustomer, integrationId: of, id } = customerIntegrationBlocks
  const rows = await tx
    .delete(customerIntegrationBlocks)
    .where(and(eq(ofCustomer, customerId), eq(of, integrationId)))
    .returning({ id })
  return rows.length > 0
}
