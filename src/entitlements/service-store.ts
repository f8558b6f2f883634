import { asc } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { services } from './tables.ts'

export type NewService = Pick<typeof services.$inferInsert, 'name' | 'kind'>

export async function insertService(tx: Tx, service: NewService, now: Temporal.Instant): Promise<number> {
  const values = { ...service, createdAt: now, updatedAt: now }
  const rows = await tx.insert(services).values(values).returning({ id: services.id })
  return returnedId(rows)
}

/** All services of the tenant. */
export function listServices(db: Queryable) {
  return db
    .select({ id: services.id, name: services.name, kind: services.kind })
    .from(services)
    .orderBy(asc(services.id))
}
