import { and, asc, eq, gt, inArray, isNull, lte, min, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { expireFile } from '../../platform/files/store.ts'
import { paymentInstruments, paymentRequests, paymentSessions } from '../tables.ts'

const isRunning = inArray(paymentSessions.state, ['OPEN', 'LOCKED'])
const isUnreleased = and(eq(paymentRequests.state, 'CANCELLED'), isNull(paymentRequests.voidedAt))

/** When the next session ends; at once where something is left to be let go of. */
export async function findNextEnding(db: Queryable, now: Temporal.Instant): Promise<Temporal.Instant | undefined> {
  const left = await db.select({ id: paymentRequests.id }).from(paymentRequests).where(isUnreleased).limit(1)
  if (left.length > 0) return now
  const [row] = await db
    .select({ at: min(paymentSessions.validUntil) })
    .from(paymentSessions)
    .where(isRunning)
  return row?.at ?? undefined
}

export async function listEndedSessions(db: Queryable, now: Temporal.Instant, limit: number): Promise<number[]> {
  const rows = await db
    .select({ id: paymentSessions.id })
    .from(paymentSessions)
    .where(and(isRunning, lte(paymentSessions.validUntil, now)))
    .orderBy(asc(paymentSessions.validUntil), asc(paymentSessions.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Lets the running sessions of a studio be over from now on. */
export async function closeSessions(tx: Tx, studioId: number, now: Temporal.Instant) {
  await tx
    .update(paymentSessions)
    .set({ validUntil: now, updatedAt: now, version: sql`${paymentSessions.version} + 1` })
    .where(and(eq(paymentSessions.studioId, studioId), isRunning, gt(paymentSessions.validUntil, now)))
}

/** Ends a session and gives its requests up; false when it has ended otherwise. */
export async function endSession(tx: Tx, sessionId: number, now: Temporal.Instant): Promise<boolean> {
  const ended = await tx
    .update(paymentSessions)
    .set({ state: 'EXPIRED', updatedAt: now, version: sql`${paymentSessions.version} + 1` })
    .where(and(eq(paymentSessions.id, sessionId), isRunning))
    .returning({ id: paymentSessions.id })
  if (ended.length === 0) return false
  await tx
    .update(paymentRequests)
    .set({ state: 'CANCELLED', updatedAt: now, version: sql`${paymentRequests.version} + 1` })
    .where(
      and(
        eq(paymentRequests.sessionId, sessionId),
        inArray(paymentRequests.state, ['CREATED', 'PENDING_AUTHENTICATION', 'AUTHENTICATED', 'PREAUTHED']),
      ),
    )
  return true
}

/** Forgets what a payer has drafted in a session; the requests keep nothing of it. */
export async function deleteDrafts(tx: Tx, sessionId: number, now: Temporal.Instant) {
  const rows = await tx
    .select({ id: paymentInstruments.id, signatureFileId: paymentInstruments.signatureFileId })
    .from(paymentRequests)
    .innerJoin(
      paymentInstruments,
      and(
        eq(paymentInstruments.tenantId, paymentRequests.tenantId),
        eq(paymentInstruments.id, paymentRequests.instrumentId),
      ),
    )
    .where(and(eq(paymentRequests.sessionId, sessionId), eq(paymentInstruments.state, 'DRAFT')))
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return
  await tx
    .update(paymentRequests)
    .set({ instrumentId: null, updatedAt: now })
    .where(inArray(paymentRequests.instrumentId, ids))
  await tx.delete(paymentInstruments).where(inArray(paymentInstruments.id, ids))
  for (const { signatureFileId } of rows) if (signatureFileId !== null) await expireFile(tx, signatureFileId, now)
}

/** Given-up requests of which the provider may still hold an amount. */
export function listUnreleased(db: Queryable, limit: number) {
  return db
    .select({ requestId: paymentRequests.id, providerKey: paymentRequests.providerKey })
    .from(paymentRequests)
    .where(isUnreleased)
    .orderBy(asc(paymentRequests.id))
    .limit(limit)
}
