import { eq, sql } from 'drizzle-orm'
import type { InstantRange } from '../platform/database/columns.ts'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { resourceAbsences, resourceAvailabilities, resources } from './tables.ts'

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewResource = Omit<typeof resources.$inferInsert, Fill>
type ResourceRow = typeof resources.$inferSelect

export async function findResource(db: Queryable, resourceId: number): Promise<ResourceRow | undefined> {
  const [row] = await db.select().from(resources).where(eq(resources.id, resourceId))
  return row
}

export async function insertResource(tx: Tx, resource: NewResource, now: Temporal.Instant): Promise<number> {
  const values = { ...resource, createdAt: now, updatedAt: now }
  const rows = await tx.insert(resources).values(values).returning({ id: resources.id })
  return returnedId(rows)
}

export async function updateResourceRow(
  tx: Tx,
  resourceId: number,
  changes: Partial<NewResource>,
  now: Temporal.Instant,
) {
  await tx
    .update(resources)
    .set({ ...changes, updatedAt: now, version: sql`${resources.version} + 1` })
    .where(eq(resources.id, resourceId))
}

/** A weekly shift; the validity (local dates, inclusive) may be open at either end. */
export type NewAvailability = Pick<
  typeof resourceAvailabilities.$inferInsert,
  'weekday' | 'timeFrom' | 'timeTo' | 'validFrom' | 'validTo'
>

export async function deleteAvailabilities(tx: Tx, resourceId: number) {
  await tx.delete(resourceAvailabilities).where(eq(resourceAvailabilities.resourceId, resourceId))
}

export async function insertAvailabilities(
  tx: Tx,
  { id: resourceId, studioId }: ResourceRow,
  shifts: readonly NewAvailability[],
  now: Temporal.Instant,
) {
  if (shifts.length === 0) return
  await tx
    .insert(resourceAvailabilities)
    .values(shifts.map((shift) => ({ ...shift, resourceId, studioId, createdAt: now })))
}

export async function insertAbsence(
  tx: Tx,
  { id: resourceId, studioId }: ResourceRow,
  absence: { readonly during: InstantRange; readonly reason: string | null },
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .insert(resourceAbsences)
    .values({ ...absence, resourceId, studioId, createdAt: now })
    .returning({ id: resourceAbsences.id })
  return returnedId(rows)
}
