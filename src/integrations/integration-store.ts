import { and, eq, ne, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { activations, integrations } from './tables.ts'

type Fill = 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewIntegration = Omit<typeof integrations.$inferInsert, Fill>
export type IntegrationRow = typeof integrations.$inferSelect
export type ActivationRow = typeof activations.$inferSelect
export type ActivationStatus = ActivationRow['status']

export async function insertIntegration(tx: Tx, integration: NewIntegration, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(integrations)
    .values({ ...integration, createdAt: now, updatedAt: now })
    .returning({ id: integrations.id })
  return returnedId(rows)
}

export function listIntegrations(db: Queryable): Promise<IntegrationRow[]> {
  return db.select().from(integrations).orderBy(integrations.id)
}

export async function findIntegration(db: Queryable, integrationId: number): Promise<IntegrationRow | undefined> {
  const [row] = await db.select().from(integrations).where(eq(integrations.id, integrationId))
  return row
}

const previewShape = prepared((db) =>
  db
    .select({ previewShape: integrations.previewShape })
    .from(integrations)
    .where(eq(integrations.id, sql.placeholder('integrationId')))
    .prepare('integrations_find_preview_shape'),
)

/** How the integration reads amounts of previews. */
export async function findPreviewShape(db: Queryable, integrationId: number) {
  const [row] = await previewShape(db).execute({ integrationId })
  return row?.previewShape ?? 'CONTRACT'
}

export async function updateIntegrationRow(
  tx: Tx,
  integrationId: number,
  changes: Partial<NewIntegration>,
  now: Temporal.Instant,
) {
  await tx
    .update(integrations)
    .set({ ...changes, updatedAt: now, version: sql`${integrations.version} + 1` })
    .where(eq(integrations.id, integrationId))
}

export async function insertActivation(
  tx: Tx,
  activation: Pick<typeof activations.$inferInsert, 'id' | 'integrationId' | 'studioId' | 'scopes'>,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .insert(activations)
    .values({ ...activation, status: 'REQUESTED', createdAt: now, updatedAt: now })
    .returning({ id: activations.id })
  return returnedId(rows)
}

/** Another unit that changes an activation or its keys waits until this one ends. */
export async function lockActivation(tx: Tx, activationId: number): Promise<ActivationRow | undefined> {
  const [row] = await tx.select().from(activations).where(eq(activations.id, activationId)).for('update')
  return row
}

export async function findActivation(db: Queryable, activationId: number): Promise<ActivationRow | undefined> {
  const [row] = await db.select().from(activations).where(eq(activations.id, activationId))
  return row
}

/** Activations that have not ended, of one integration or of all. */
export function listActivations(db: Queryable, integrationId?: number): Promise<ActivationRow[]> {
  return db
    .select()
    .from(activations)
    .where(
      and(
        ne(activations.status, 'ENDED'),
        integrationId === undefined ? undefined : eq(activations.integrationId, integrationId),
      ),
    )
    .orderBy(activations.id)
}

export async function updateActivation(
  tx: Tx,
  activationId: number,
  changes: Partial<Pick<ActivationRow, 'status' | 'scopes' | 'confirmedAt' | 'webhooksEnabledAt'>>,
  now: Temporal.Instant,
) {
  await tx
    .update(activations)
    .set({ ...changes, updatedAt: now, version: sql`${activations.version} + 1` })
    .where(eq(activations.id, activationId))
}
