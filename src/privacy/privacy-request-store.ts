import { and, asc, eq } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { privacyRequests } from './tables.ts'

const columns = {
  requestId: privacyRequests.id,
  customerId: privacyRequests.customerId,
  studioId: privacyRequests.studioId,
  state: privacyRequests.state,
  integrationId: privacyRequests.integrationId,
  requestedAt: privacyRequests.requestedAt,
}

/** The wish that waits for staff, if there is one. */
export async function findOpenErasureRequest(db: Queryable, customerId: number) {
  const [row] = await db
    .select(columns)
    .from(privacyRequests)
    .where(and(eq(privacyRequests.customerId, customerId), eq(privacyRequests.state, 'OPEN')))
  return row
}

/** What waits for staff, oldest first. */
export function listOpenErasureRequests(db: Queryable) {
  return db
    .select(columns)
    .from(privacyRequests)
    .where(eq(privacyRequests.state, 'OPEN'))
    .orderBy(asc(privacyRequests.id))
}

export interface NewErasureRequest {
  readonly customerId: number
  readonly studioId: number
  readonly integrationId: number | null
}

export async function insertErasureRequest(tx: Tx, request: NewErasureRequest, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(privacyRequests)
    .values({ ...request, kind: 'ERASURE', requestedAt: now, createdAt: now, updatedAt: now })
    .returning({ id: privacyRequests.id })
  return returnedId(rows)
}

/** The wish has been met. */
export async function finishErasureRequests(tx: Tx, customerId: number, now: Temporal.Instant) {
  await tx
    .update(privacyRequests)
    .set({ state: 'DONE', finishedAt: now, updatedAt: now })
    .where(and(eq(privacyRequests.customerId, customerId), eq(privacyRequests.state, 'OPEN')))
}

/** Staff turn an open wish down; false when none of this id is open. */
export async function refuseRequest(tx: Tx, requestId: number, reason: string, now: Temporal.Instant) {
  const rows = await tx
    .update(privacyRequests)
    .set({ state: 'REFUSED', finishedAt: now, updatedAt: now, reason })
    .where(and(eq(privacyRequests.id, requestId), eq(privacyRequests.state, 'OPEN')))
    .returning({ id: privacyRequests.id })
  return rows.length === 1
}

export async function deleteRequests(tx: Tx, customerId: number) {
  await tx.delete(privacyRequests).where(eq(privacyRequests.customerId, customerId))
}
