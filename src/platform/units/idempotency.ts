import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { prepared, preparedWrite, type Queryable, type Tx } from '../database/database.ts'
import { inOrder, ready, whereRefused } from '../database/in-order.ts'
import { orRefuseSql, refusals } from '../database/refusals.ts'
import { ApiError, badRequest, conflict } from '../errors/errors.ts'
import type { Secrets } from '../secrets.ts'
import { idempotencyRecords } from '../tables.ts'
import { isAfter } from '../time/order.ts'
import type { Done } from './work.ts'
import type { PartKind, WritePart } from './write-parts.ts'

const KEPT_HOURS = 24
const KEY = /^[\x21-\x7e]{1,255}$/

/** A 2xx answer as it went over the wire. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly isReplay?: boolean
}

/**
 * One use of an `Idempotency-Key`: who, for which operation, and a hash of everything that was asked. `customerId` is
 * the person whom the path or the body names.
 */
export interface IdempotentRequest {
  readonly tenantId: number
  readonly callerId: number
  readonly operation: string
  readonly key: string
  readonly fingerprint: Buffer
  readonly customerId?: number
}

/** The key as the client sent it; a malformed one is refused rather than ignored, since the client relies on it. */
export function parseIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header === 'string' && KEY.test(header)) return header
  throw badRequest('errormessage.idempotency.invalid')
}

/** Hash over method, path, sorted query and raw body; for a multipart request the hash of its parts stands for the body. */
export function makeFingerprint(method: string, url: string, body: Buffer): Buffer {
  const [path = '', query = ''] = url.split('?', 2)
  const sorted = query.split('&').sort().join('&')
  return createHash('sha256').update(`${method} ${path}?${sorted}\n`).update(body).digest()
}

const selectRecord = prepared((db) =>
  db
    .select()
    .from(idempotencyRecords)
    .where(
      and(
        eq(idempotencyRecords.tenantId, sql.placeholder('tenantId')),
        eq(idempotencyRecords.caller, sql.placeholder('callerId')),
        eq(idempotencyRecords.operation, sql.placeholder('operation')),
        eq(idempotencyRecords.idemKey, sql.placeholder('key')),
      ),
    )
    .prepare('idempotency_find_record'),
)

/** Reads, before anything is done, whether an equal request has its answer already; it locks nothing. */
export async function findAnswer(
  db: Queryable,
  request: IdempotentRequest,
  now: Temporal.Instant,
): Promise<Answer | undefined> {
  const record = await readyRecord(request, now).send(db)
  return record && toReplay(record, request)
}

/**
 * The stored answer of an earlier, equal request; undefined when this is the first. Refuses while the first one still
 * runs, and when the key was used for something else.
 */
export async function findReplay(
  tx: Tx,
  request: IdempotentRequest,
  now: Temporal.Instant,
): Promise<Answer | undefined> {
  // In this order, a record that is not seen belongs to nobody who still runs.
  const [isFree, record] = await inOrder(tx, [readyKeyLock(request), readyRecord(request, now)])
  if (!isFree) throw inProgress()
  return record && toReplay(record, request)
}

/**
 * As {@link findReplay} for several requests of one tenant, each with another key, in two statements. What is refused to
 * one of them is its own matter.
 */
export async function findReplays(
  tx: Tx,
  requests: readonly IdempotentRequest[],
  now: Temporal.Instant,
): Promise<readonly PromiseSettledResult<Answer | undefined>[]> {
  if (requests.length === 0) return []
  const [areFree, records] = await inOrder(tx, [readyKeyLocks(requests), readyRecords(requests)])
  return Promise.allSettled(
    requests.map(async (request, n) => {
      if (!areFree[n]) throw inProgress()
      const record = records.find((one) => isRecordFor(request, one))
      return record && isAfter(record.expiresAt, now) ? toReplay(record, request) : undefined
    }),
  )
}

type StoredAnswer = typeof idempotencyRecords.$inferSelect

const isRecordFor = ({ callerId, operation, key }: IdempotentRequest, record: StoredAnswer) =>
  record.idemKey === key && record.caller === callerId && record.operation === operation

/** The first request with this key has no answer yet. */
export const inProgress = () => conflict('errormessage.idempotency.inProgress', { headers: { 'retry-after': '1' } })

function toReplay(record: StoredAnswer, { fingerprint }: IdempotentRequest): Answer {
  if (!record.fingerprint.equals(fingerprint)) throw badRequest('errormessage.idempotency.mismatch')
  return {
    status: record.status,
    headers: record.headers,
    body: record.body?.toString('utf8'),
    isReplay: true,
  }
}

/** Expiry is not for the statement to judge: in a young table the planner would walk the index of expiries for it. */
const readyRecord = (request: IdempotentRequest, now: Temporal.Instant) =>
  ready(selectRecord, { ...request }, ([record]) => (record && isAfter(record.expiresAt, now) ? record : undefined))

const lockOfKey = preparedWrite((tx) =>
  tx
    .select({ isFree: sql<boolean>`pg_try_advisory_xact_lock(hashtextextended(${sql.placeholder('name')}, 0))` })
    .from(sql`(select 1) as once`)
    .prepare('idempotency_try_lock'),
)

const lockName = ({ tenantId, callerId, operation, key }: IdempotentRequest) =>
  `idempotency:${tenantId}:${callerId}:${operation}:${key}`

const readyKeyLock = (request: IdempotentRequest) =>
  ready(lockOfKey, { name: lockName(request) }, ([row]) => row?.isFree === true)

const locksOfKeys = preparedWrite((tx) =>
  tx
    .select({ isFree: sql<boolean>`pg_try_advisory_xact_lock(hashtextextended(name, 0))` })
    .from(sql`unnest(${sql.placeholder('names')}::text[]) as name`)
    .prepare('idempotency_try_locks'),
)

const readyKeyLocks = (requests: readonly IdempotentRequest[]) =>
  ready(locksOfKeys, { names: requests.map(lockName) }, (rows) => rows.map(({ isFree }) => isFree))

/** One look by the whole key for each: an estimate for all of them together could choose to read the table. */
const selectRecords = prepared((db) => {
  const asked = sql`unnest(${sql.placeholder('callerIds')}::bigint[], ${sql.placeholder('operations')}::text[],
    ${sql.placeholder('keys')}::text[]) as asked(caller_id, operation, key)`
  const found = db
    .select()
    .from(idempotencyRecords)
    .where(
      and(
        eq(idempotencyRecords.tenantId, sql.placeholder('tenantId')),
        eq(idempotencyRecords.caller, sql`asked.caller_id`),
        eq(idempotencyRecords.operation, sql`asked.operation`),
        eq(idempotencyRecords.idemKey, sql`asked.key`),
      ),
    )
    .limit(1)
    .as('found')
  return db.select(found._.selectedFields).from(asked).crossJoinLateral(found).prepare('idempotency_find_records')
})

const readyRecords = (requests: readonly IdempotentRequest[]) =>
  ready(
    selectRecords,
    {
      tenantId: requests[0]?.tenantId,
      callerIds: requests.map(({ callerId }) => callerId),
      operations: requests.map(({ operation }) => operation),
      keys: requests.map(({ key }) => key),
    },
    (rows) => rows as readonly StoredAnswer[],
  )

const claimOfKey = preparedWrite((tx) => {
  const isFree = sql`pg_try_advisory_xact_lock(hashtextextended(${sql.placeholder('name')}, 0))`
  return tx
    .select({ none: orRefuseSql(isFree, refusals.keyInUse) })
    .from(sql`(select 1) as once`)
    .prepare('idempotency_claim')
})

/**
 * Takes the key for the transaction, or fails the statement, and with it whatever was sent behind it without waiting:
 * so nobody queues for the locks of a request that still runs.
 */
export const readyKeyClaim = (request: IdempotentRequest) =>
  whereRefused(ready(claimOfKey, { name: lockName(request) }), { [refusals.keyInUse]: inProgress })

const answers: PartKind = {
  name: 'answer',
  requires: { rowsFrom: 'answer', orElse: refusals.answeredBefore },
  queries: `
    answer as (
      insert into idempotency_records as known (tenant_id, caller, operation, idem_key, fingerprint, status, headers, body,
        customer_id, created_at, expires_at)
      select "tenantId", "callerId", operation, key, decode(fingerprint, 'base64'), status, headers, decode(body, 'base64'),
        "customerId", now, "expiresAt"
      from jsonb_to_recordset(:rows::jsonb) as given("tenantId" bigint, "callerId" bigint, operation text, key text,
        fingerprint text, status int, headers jsonb, body text, "customerId" bigint, now timestamptz, "expiresAt" timestamptz)
      on conflict (tenant_id, caller, operation, idem_key) do update set fingerprint = excluded.fingerprint,
        status = excluded.status, headers = excluded.headers, body = excluded.body, customer_id = excluded.customer_id,
        created_at = excluded.created_at, expires_at = excluded.expires_at
      where known.expires_at <= excluded.created_at
      returning 1)`,
}

/**
 * Remembers a 2xx answer for a day, in the same commit as what it reports, and whom it is about: the customer whom the
 * request names, else the one whom its unit names. An expired record of the key is replaced; where one stands that has not
 * expired, the unit fails.
 */
export function answerPart(request: IdempotentRequest, answer: Answer, { now, customerId }: Done): WritePart {
  if (answer.status >= 300) throw new ApiError(500, 'errormessage.internal')
  const { status, headers, body } = answer
  const row = {
    tenantId: request.tenantId,
    callerId: request.callerId,
    operation: request.operation,
    key: request.key,
    fingerprint: request.fingerprint.toString('base64'),
    status,
    headers,
    body: body === undefined ? null : Buffer.from(body).toString('base64'),
    customerId: request.customerId ?? customerId ?? null,
    now: now.toString(),
    expiresAt: now.add({ hours: KEPT_HOURS }).toString(),
  }
  return { kind: answers, rows: [row] }
}

export type AnswerSecrets = Pick<Secrets, 'seal' | 'open'>

/** An answer as it is stored where its body holds a secret: who reads the database finds nothing. */
export function sealAnswer(answer: Answer, secrets: AnswerSecrets): Answer {
  if (answer.body === undefined) return answer
  return { ...answer, body: secrets.seal('field', answer.body).toString('base64') }
}

export function openAnswer(stored: Answer, secrets: AnswerSecrets): Answer {
  if (stored.body === undefined) return stored
  return { ...stored, body: secrets.open('field', Buffer.from(stored.body, 'base64')) }
}

/** Forgets the answers that are about a customer: their requests may then be carried out once more. */
export async function deleteAnswersAbout(tx: Tx, customerId: number) {
  await tx.delete(idempotencyRecords).where(eq(idempotencyRecords.customerId, customerId))
}
