import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { activations, integrations } from '../integrations/tables.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { webhookDeliveries, webhookEndpoints } from './tables.ts'

export type EndpointRow = typeof webhookEndpoints.$inferSelect

/** Endpoints that were not deleted, of one integration or of all. */
export function listEndpoints(db: Queryable, integrationId?: number): Promise<EndpointRow[]> {
  return db
    .select()
    .from(webhookEndpoints)
    .where(
      and(
        ne(webhookEndpoints.status, 'DELETED'),
        integrationId === undefined ? undefined : eq(webhookEndpoints.integrationId, integrationId),
      ),
    )
    .orderBy(asc(webhookEndpoints.id))
}

/** An endpoint that was not deleted; another unit that changes it waits until this one ends. */
export async function lockEndpoint(tx: Tx, endpointId: number): Promise<EndpointRow | undefined> {
  const [row] = await tx
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.id, endpointId), ne(webhookEndpoints.status, 'DELETED')))
    .for('no key update')
  return row
}

export type NewEndpoint = Pick<EndpointRow, 'integrationId' | 'url' | 'eventTypes' | 'extendedPayload'>

export async function insertEndpoint(tx: Tx, endpoint: NewEndpoint, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(webhookEndpoints)
    .values({ ...endpoint, status: 'ACTIVE', createdAt: now, updatedAt: now })
    .returning({ id: webhookEndpoints.id })
  return returnedId(rows)
}

export async function updateEndpoint(
  tx: Tx,
  endpointId: number,
  changes: Partial<Pick<EndpointRow, 'status' | 'url' | 'eventTypes'>>,
  now: Temporal.Instant,
) {
  await tx
    .update(webhookEndpoints)
    .set({ ...changes, updatedAt: now, version: sql`${webhookEndpoints.version} + 1` })
    .where(eq(webhookEndpoints.id, endpointId))
}

/** Which open deliveries are meant. */
export interface OpenDeliveries {
  readonly id?: number
  readonly endpointId?: number
  /** Those of activations that have ended. */
  readonly ofEndedActivations?: true
}

// Spelt as in the indexes of open deliveries, which only then serve.
const isOpen = sql`${webhookDeliveries.state} in ('PENDING', 'RETRY_WAIT')`

const isOfEndedActivation = (db: Queryable) =>
  inArray(
    webhookDeliveries.activationId,
    db.select({ id: activations.id }).from(activations).where(eq(activations.status, 'ENDED')),
  )

/** Whether a delivery waits that no activation wants any more. */
export async function hasUnwantedDeliveries(db: Queryable): Promise<boolean> {
  const rows = await db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(and(isOpen, isOfEndedActivation(db)))
    .limit(1)
  return rows.length > 0
}

/** Cancels deliveries that are not finished; answers how many. */
export async function cancelDeliveries(tx: Tx, wanted: OpenDeliveries, now: Temporal.Instant): Promise<number> {
  const { id, endpointId, ofEndedActivations } = wanted
  const { rowCount } = await tx
    .update(webhookDeliveries)
    .set({ state: 'CANCELLED', finishedAt: now, leaseUntil: null, updatedAt: now })
    .where(
      and(
        isOpen,
        id === undefined ? undefined : eq(webhookDeliveries.id, id),
        endpointId === undefined ? undefined : eq(webhookDeliveries.endpointId, endpointId),
        ofEndedActivations ? isOfEndedActivation(tx) : undefined,
      ),
    )
  return rowCount ?? 0
}

export async function lockSigningSecret(tx: Tx, integrationId: number) {
  const [row] = await tx
    .select({ signingSecretEnc: integrations.signingSecretEnc })
    .from(integrations)
    .where(eq(integrations.id, integrationId))
    .for('no key update')
  return row
}

/** Puts a new secret in force; the one before it signs beside it for a day. */
export async function replaceSigningSecret(
  tx: Tx,
  integrationId: number,
  { sealed, now }: { readonly sealed: Buffer; readonly now: Temporal.Instant },
) {
  // writes integrations: a signing secret concerns only the module that signs
  await tx
    .update(integrations)
    .set({
      previousSigningSecretEnc: sql`${integrations.signingSecretEnc}`,
      signingSecretEnc: sealed,
      signingSecretRotatedAt: now,
      updatedAt: now,
    })
    .where(eq(integrations.id, integrationId))
}
