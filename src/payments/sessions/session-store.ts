import { and, eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { paymentSessions } from '../tables.ts'

export type SessionRow = typeof paymentSessions.$inferSelect

type NewSession = Omit<
  typeof paymentSessions.$inferInsert,
  'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version' | 'state' | 'failedAttempts'
>

export async function insertSession(tx: Tx, session: NewSession, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(paymentSessions)
    .values({ ...session, state: 'OPEN', createdAt: now, updatedAt: now })
    .returning({ id: paymentSessions.id })
  return returnedId(rows)
}

export async function findSession(db: Queryable, sessionId: number): Promise<SessionRow | undefined> {
  const [row] = await db.select().from(paymentSessions).where(eq(paymentSessions.id, sessionId))
  return row
}

export async function lockSession(tx: Tx, sessionId: number): Promise<SessionRow | undefined> {
  const [row] = await tx.select().from(paymentSessions).where(eq(paymentSessions.id, sessionId)).for('update')
  return row
}

/** Counts a refused attempt; the last one that is allowed locks the session. */
export async function countFailure(tx: Tx, sessionId: number, most: number, now: Temporal.Instant) {
  await tx
    .update(paymentSessions)
    .set({
      failedAttempts: sql`${paymentSessions.failedAttempts} + 1`,
      state: sql`case when ${paymentSessions.failedAttempts} + 1 >= ${most} then 'LOCKED' else ${paymentSessions.state} end`,
      updatedAt: now,
      version: sql`${paymentSessions.version} + 1`,
    })
    .where(and(eq(paymentSessions.id, sessionId), eq(paymentSessions.state, 'OPEN')))
}

/** A session as its token finds it, before anything of its tenant was read. */
export interface FoundSession {
  readonly sessionId: number
  readonly tenantId: number
  readonly tenantStatus: string
  readonly defaultLanguage: string
  readonly languageTag: string
  /** IANA name. */
  readonly timeZone: string
  readonly allowedOrigins: readonly string[]
}

export async function findSessionByToken(db: Queryable, tokenSha256: Buffer): Promise<FoundSession | undefined> {
  const [row] = await db
    .select({
      sessionId: sql<number>`session_id`.mapWith(Number),
      tenantId: sql<number>`tenant_id`.mapWith(Number),
      tenantStatus: sql<string>`tenant_status`,
      defaultLanguage: sql<string>`default_language`,
      languageTag: sql<string>`language_tag`,
      timeZone: sql<string>`time_zone`,
      allowedOrigins: sql<string[]>`allowed_origins`,
    })
    .from(sql`palestra_find_payment_session(${tokenSha256})`)
  return row
}
