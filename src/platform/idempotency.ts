import { createHash } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from './database.ts'
import { ApiError, badRequest, conflict } from './errors.ts'
import { idempotencyRecords } from './tables.ts'

const KEPT_HOURS = 24
const KEY = /^[\x21-\x7e]{1,255}$/

/** A 2xx answer as it went over the wire. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly isReplay?: boolean
}

/** One use of an `Idempotency-Key`: who, for which operation, and a hash of everything that was asked. */
export interface IdempotentRequest {
  readonly tenantId: number
  readonly callerId: number
  readonly operation: string
  readonly key: string
  readonly fingerprint: Buffer
}

/** The key as the client sent it; a malformed one is refused rather than ignored, since the client relies on it. */
export function parseIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header === 'string' && KEY.test(header)) return header
  throw badRequest('errormessage.idempotency.invalid')
}

/** Hash over method, path, sorted query and raw body. */
export function fingerprintOf(method: string, url: string, body: Buffer): Buffer {
  const [path = '', query = ''] = url.split('?', 2)
  const sorted = query.split('&').sort().join('&')
  return createHash('sha256').update(`${method} ${path}?${sorted}\n`).update(body).digest()
}

const recordOf = prepared((db) =>
  db
    .select()
    .from(idempotencyRecords)
    .where(
      and(
        eq(idempotencyRecords.tenantId, sql.placeholder('tenantId')),
        eq(idempotencyRecords.caller, sql.placeholder('callerId')),
        eq(idempotencyRecords.operation, sql.placeholder('operation')),
        eq(idempotencyRecords.idemKey, sql.placeholder('key')),
        gt(idempotencyRecords.expiresAt, sql.placeholder('now')),
      ),
    )
    .prepare('idempotency_find_record'),
)

/**
 * The stored answer of an earlier, equal request; undefined when this is the first. Refuses while the first one still
 * runs, and when the key was used for something else.
 */
export async function findReplay(
  tx: Tx,
  request: IdempotentRequest,
  now: Temporal.Instant,
): Promise<Answer | undefined> {
  const [isFree, record] = await Promise.all([tryLock(tx, request), findRecord(tx, request, now)])
  if (!isFree) throw conflict('errormessage.idempotency.inProgress', { headers: { 'retry-after': '1' } })
  if (!record) return undefined
  if (!record.fingerprint.equals(request.fingerprint)) throw badRequest('errormessage.idempotency.mismatch')
  return {
    status: record.status,
    headers: record.headers,
    body: record.body?.toString('utf8'),
    isReplay: true,
  }
}

async function findRecord(db: Queryable, request: IdempotentRequest, now: Temporal.Instant) {
  const [record] = await recordOf(db).execute({ ...request, now })
  return record
}

async function tryLock(tx: Tx, { tenantId, callerId, operation, key }: IdempotentRequest): Promise<boolean> {
  const name = `idempotency:${tenantId}:${callerId}:${operation}:${key}`
  const { rows } = await tx.execute(sql`select pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) as free`)
  return rows[0]?.['free'] === true
}

/** Remembers a 2xx answer for a day, in the same commit as what it reports. An expired record of the key is replaced. */
export async function saveAnswer(tx: Tx, request: IdempotentRequest, answer: Answer, now: Temporal.Instant) {
  if (answer.status >= 300) throw new ApiError(500, 'errormessage.internal')
  const row = {
    fingerprint: request.fingerprint,
    status: answer.status,
    headers: answer.headers,
    body: answer.body === undefined ? null : Buffer.from(answer.body),
    createdAt: now,
    expiresAt: now.add({ hours: KEPT_HOURS }),
  }
  const { idempotencyRecords: table } = { idempotencyRecords }
  await tx
    .insert(table)
    .values({
      tenantId: request.tenantId,
      caller: request.callerId,
      operation: request.operation,
      idemKey: request.key,
      ...row,
    })
    .onConflictDoUpdate({
      target: [table.tenantId, table.caller, table.operation, table.idemKey],
      set: row,
      setWhere: sql`${table.expiresAt} <= ${now.toString()}`,
    })
}
