import { and, eq, inArray, isNotNull, lt, lte, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { keyReveals } from './tables.ts'

export type RevealRow = typeof keyReveals.$inferSelect
export type NewReveal = Pick<RevealRow, 'activationId' | 'keyId' | 'tokenHash' | 'keyEnc' | 'expiresAt'>

/** A link as it is found by its token, before anything about its tenant is known. */
export interface FoundReveal {
  readonly revealId: number
  readonly tenantId: number
  readonly defaultLanguage: string
}

/** The link of a token by its hash, whatever its state, where the tenant is active. */
export async function findRevealByToken(db: Queryable, tokenHash: Buffer): Promise<FoundReveal | undefined> {
  const [row] = await db
    .select({
      revealId: sql<number>`reveal_id`,
      tenantId: sql<number>`tenant_id`,
      tenantStatus: sql<string>`tenant_status`,
      defaultLanguage: sql<string>`default_language`,
    })
    .from(sql`palestra_find_key_reveal(${tokenHash})`)
  return row?.tenantStatus === 'ACTIVE' ? row : undefined
}

export async function insertReveal(tx: Tx, reveal: NewReveal, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(keyReveals)
    .values({ ...reveal, createdAt: now })
    .returning({ id: keyReveals.id })
  return returnedId(rows)
}

export async function findReveal(db: Queryable, revealId: number): Promise<RevealRow | undefined> {
  const [row] = await db.select().from(keyReveals).where(eq(keyReveals.id, revealId))
  return row
}

/** Another unit that is going to show a key waits until this one ends. */
export async function lockReveal(tx: Tx, revealId: number) {
  await tx.select({ id: keyReveals.id }).from(keyReveals).where(eq(keyReveals.id, revealId)).for('update')
}

/** From now on nothing can show the key again. */
export async function markRevealed(tx: Tx, revealId: number, now: Temporal.Instant) {
  await tx.update(keyReveals).set({ revealedAt: now, keyEnc: null }).where(eq(keyReveals.id, revealId))
}

/** Forgets the clear text of keys that are not to be shown any more. */
export async function forgetKeys(tx: Tx, keyIds: readonly number[]) {
  if (keyIds.length === 0) return
  const waiting = and(inArray(keyReveals.keyId, [...keyIds]), isNotNull(keyReveals.keyEnc))
  await tx.update(keyReveals).set({ keyEnc: null }).where(waiting)
}

/** Forgets the clear text behind the links of an activation that nobody has opened: a newer one replaces them. */
export async function withdrawReveals(tx: Tx, activationId: number) {
  const waiting = and(eq(keyReveals.activationId, activationId), isNotNull(keyReveals.keyEnc))
  await tx.update(keyReveals).set({ keyEnc: null }).where(waiting)
}

/** Forgets the clear text behind links that have expired, at most `size`; says how many. */
export async function forgetExpired(tx: Tx, now: Temporal.Instant, size: number): Promise<number> {
  const expired = tx
    .select({ id: keyReveals.id })
    .from(keyReveals)
    .where(and(lte(keyReveals.expiresAt, now), isNotNull(keyReveals.keyEnc)))
    .limit(size)
  const rows = await tx
    .update(keyReveals)
    .set({ keyEnc: null })
    .where(inArray(keyReveals.id, expired))
    .returning({ id: keyReveals.id })
  return rows.length
}

/** Removes links that expired before `before`, at most `size`; says how many. */
export async function deleteReveals(tx: Tx, before: Temporal.Instant, size: number): Promise<number> {
  const old = tx.select({ id: keyReveals.id }).from(keyReveals).where(lt(keyReveals.expiresAt, before)).limit(size)
  const rows = await tx.delete(keyReveals).where(inArray(keyReveals.id, old)).returning({ id: keyReveals.id })
  return rows.length
}
