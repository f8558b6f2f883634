import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { forgetKeys } from './reveal-store.ts'
import { apiKeys } from './tables.ts'

export type KeyRow = typeof apiKeys.$inferSelect
export type NewKey = Omit<typeof apiKeys.$inferInsert, 'tenantId'>

export async function insertKey(tx: Tx, key: NewKey): Promise<number> {
  const rows = await tx.insert(apiKeys).values(key).returning({ id: apiKeys.id })
  return returnedId(rows)
}

/** Keys of an activation, newest first, revoked ones included; never the secret itself. */
export function listKeysOfActivation(db: Queryable, activationId: number): Promise<KeyRow[]> {
  return db.select().from(apiKeys).where(eq(apiKeys.activationId, activationId)).orderBy(desc(apiKeys.id))
}

/** Keys of one kind that still count at `at`. */
export function listUsableKeys(
  db: Queryable,
  activationId: number,
  { kind, at }: { readonly kind: KeyRow['kind']; readonly at: Temporal.Instant },
): Promise<KeyRow[]> {
  return db
    .select()
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.activationId, activationId),
        eq(apiKeys.kind, kind),
        eq(apiKeys.status, 'ACTIVE'),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, at)),
      ),
    )
    .orderBy(apiKeys.id)
}

export async function findApiKey(db: Queryable, keyId: number): Promise<KeyRow | undefined> {
  const [row] = await db.select().from(apiKeys).where(eq(apiKeys.id, keyId))
  return row
}

export async function expireKey(tx: Tx, keyId: number, expiresAt: Temporal.Instant) {
  await tx.update(apiKeys).set({ expiresAt }).where(eq(apiKeys.id, keyId))
}

/**
 * Revokes keys that are not revoked yet: one, or all of an activation. A link that would have shown one of them shows
 * nothing any more. Answers the ids of the revoked keys.
 */
export async function revokeKeys(
  tx: Tx,
  which: { readonly keyId: number } | { readonly activationId: number; readonly kind?: KeyRow['kind'] },
  at: Temporal.Instant,
): Promise<number[]> {
  const chosen =
    'keyId' in which
      ? eq(apiKeys.id, which.keyId)
      : and(eq(apiKeys.activationId, which.activationId), which.kind ? eq(apiKeys.kind, which.kind) : undefined)
  const rows = await tx
    .update(apiKeys)
    .set({ status: 'REVOKED', revokedAt: at })
    .where(and(chosen, eq(apiKeys.status, 'ACTIVE')))
    .returning({ id: apiKeys.id })
  const revoked = rows.map(({ id }) => id)
  await forgetKeys(tx, revoked)
  return revoked
}

/** Makes every process forget what it knows about keys, once the transaction commits. */
export async function notifyKeysChanged(tx: Tx) {
  await tx.execute(sql`select pg_notify('palestra_keys', '')`)
}
