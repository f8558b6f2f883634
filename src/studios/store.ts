import { eq, inArray, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { studios, tenants } from './tables.ts'

export type StudioRow = typeof studios.$inferSelect
export type NewStudio = typeof studios.$inferInsert
/** What staff may change of a studio. */
export type StudioChanges = Partial<Omit<NewStudio, 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'>>

const studio = prepared((db) =>
  db
    .select()
    .from(studios)
    .where(eq(studios.id, sql.placeholder('studioId')))
    .prepare('studios_find_studio'),
)

export async function findStudio(db: Queryable, studioId: number): Promise<StudioRow | undefined> {
  const [row] = await studio(db).execute({ studioId })
  return row
}

/** Those of the ids that are studios of the tenant. */
export async function listKnownStudioIds(db: Queryable, studioIds: readonly number[]): Promise<readonly number[]> {
  if (studioIds.length === 0) return []
  const rows = await db
    .select({ id: studios.id })
    .from(studios)
    .where(inArray(studios.id, [...studioIds]))
  return rows.map(({ id }) => id)
}

export function listStudios(db: Queryable): Promise<StudioRow[]> {
  return db.select().from(studios).orderBy(studios.number)
}

/** Another unit that changes settings or tags of a studio waits until this one ends; undefined when there is no such studio. */
export async function lockStudio(tx: Tx, studioId: number): Promise<StudioRow | undefined> {
  const [row] = await tx.select().from(studios).where(eq(studios.id, studioId)).for('update')
  return row
}

export async function insertStudio(tx: Tx, studio: NewStudio): Promise<number> {
  const rows = await tx.insert(studios).values(studio).returning({ id: studios.id })
  return returnedId(rows)
}

export async function updateStudioRow(tx: Tx, studioId: number, changes: StudioChanges, now: Temporal.Instant) {
  await tx
    .update(studios)
    .set({ ...changes, updatedAt: now, version: sql`${studios.version} + 1` })
    .where(eq(studios.id, studioId))
}

export type NewTenant = typeof tenants.$inferInsert

/** Adds the connection's own tenant: its row is the only one that it may see. */
export async function insertTenant(tx: Tx, tenant: NewTenant) {
  await tx.insert(tenants).values(tenant)
}

export async function findTenant(db: Queryable) {
  const [row] = await db
    .select({ id: tenants.id, slug: tenants.slug, name: tenants.name, defaultLanguage: tenants.defaultLanguage })
    .from(tenants)
  return row
}

export type TenantChanges = Partial<Pick<typeof tenants.$inferSelect, 'accountBalanceSign'>>

export async function lockTenant(tx: Tx) {
  const [row] = await tx.select({ accountBalanceSign: tenants.accountBalanceSign }).from(tenants).for('update')
  return row ?? {}
}

export async function updateTenantRow(tx: Tx, changes: TenantChanges, now: Temporal.Instant) {
  await tx.update(tenants).set({ ...changes, updatedAt: now, version: sql`${tenants.version} + 1` })
}

/** The next free id; a new tenant needs one before a connection can be stamped with it. */
export async function nextId(db: Queryable): Promise<number> {
  const rows = await db.select({ id: sql<number>`nextval('palestra_id')` }).from(sql`(select 1) as one`)
  return returnedId(rows)
}

/** Puts another secret in the place of the tenant's, which is kept beside it. */
export async function replaceAccessSecret(tx: Tx, sealed: Buffer, now: Temporal.Instant) {
  await tx.update(tenants).set({
    accessSecretEnc: sealed,
    previousAccessSecretEnc: sql`${tenants.accessSecretEnc}`,
    accessSecretRotatedAt: now,
    updatedAt: now,
    version: sql`${tenants.version} + 1`,
  })
}
