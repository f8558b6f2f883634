import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { parseStorageKey } from '../../../src/platform/files/counted-bytes.ts'
import { halfDone, unexplained } from './half-done.ts'
import { isAcknowledged } from './load.ts'
import type { SentCall } from './plan.ts'
import { isRemembered, findTraces } from './trails.ts'

/** Fails unless everything that belongs together is there together. */
export async function assertNothingHalfDone(client: pg.Client) {
  for (const [rule, query] of Object.entries({ ...halfDone, ...unexplained })) {
    const { rows } = await client.query(query)
    assert.deepEqual(rows.slice(0, 5), [], rule)
  }
}

/** No row of a file without its bytes, whole and unchanged; bytes without a row are what the purge is for. */
export async function assertFilesAreWhole(client: pg.Client, dataDir: string) {
  const { rows } = await client.query('select storage_key as key, size, sha256, content from files')
  for (const { key, size, sha256, content } of rows) {
    const { tenantId = 0, shard = '' } = parseStorageKey(key) ?? {}
    const bytes: Buffer = content ?? (await readFile(join(dataDir, 'files', String(tenantId), shard, key)))
    assert.equal(bytes.length, Number(size), `length of ${key}`)
    assert.deepEqual(createHash('sha256').update(bytes).digest(), sha256, `content of ${key}`)
  }
}

/** Fails unless every acknowledged call is stored, audited and sent exactly once, and every refused one left nothing. */
export async function assertNothingLost(client: pg.Client, calls: readonly SentCall[]) {
  const traces = calls.map(({ traceId }) => traceId)
  const byTrace = async (query: string) => Map.groupBy((await client.query(query, [traces])).rows, ({ trace }) => trace)
  const events = await byTrace(
    'select trace_id as trace, type as name from outbox_events where trace_id = any($1) order by id',
  )
  const lines = await byTrace(
    'select trace_id as trace, action as name from audit_log where trace_id = any($1) order by id',
  )
  const records = await byTrace(
    'select idem_key as trace, operation as name from idempotency_records where idem_key = any($1)',
  )
  const unexpected = calls.flatMap((call) => {
    const { operation, traceId, answer } = call
    const namesIn = (found: typeof events) => (found.get(traceId) ?? []).map(({ name }) => String(name))
    const left = { actions: namesIn(lines), events: namesIn(events) }
    const isDone = isAcknowledged(call)
    const allowed = isDone ? findTraces(operation) : [{ actions: [], events: [] }]
    const kept = isDone && isRemembered(operation) ? [operation] : []
    const isAsItShould =
      isDeepStrictEqual(namesIn(records), kept) && allowed.some((trace) => isDeepStrictEqual(left, trace))
    return isAsItShould ? [] : [{ operation, traceId, answer, remembered: namesIn(records), ...left }]
  })
  assert.deepEqual(unexpected, [], 'what calls have left behind')
  await assertRowsAreThere(client, calls.filter(isAcknowledged))
}

/** Where the things are that answers name: all answers, or those of some operations. */
const tables: readonly (readonly [table: string, field: string, operations?: RegExp])[] = [
  ['customers', 'customerId'],
  ['customers', 'leadCustomerId'],
  ['bookings', 'bookingId'],
  ['check_ins', 'checkinId'],
  ['communications', 'communicationId'],
  ['communication_threads', 'threadId'],
  ['customer_amendments', 'id', /DataAmendment$/],
  ['idle_periods', 'id', /^createIdlePeriodAmendment$/],
  ['customer_documents', 'id', /^uploadDocument$/],
]

async function assertRowsAreThere(client: pg.Client, calls: readonly SentCall[]) {
  for (const [table, field, operations = /./] of tables) {
    const naming = calls.filter(({ operation }) => operations.test(operation))
    const ids = naming.flatMap(({ answer }) => answer?.body?.[field] ?? []).map(Number)
    const stored = new Set(await idsIn(client, `select id from ${table} where id = any($1)`, ids))
    for (const id of ids) assert.ok(stored.has(id), `${table} ${id} is lost`)
  }
  await assertMediumsAreThere(client, calls)
  const canceled = calls.filter(({ operation }) => /^(cancel|delete)\w*(Slot|Booking)/.test(operation))
  const bookings = canceled.map(({ path }) => Number(path.split('/').at(-1)))
  const alive = await idsIn(client, `select id from bookings where id = any($1) and status <> 'CANCELED'`, bookings)
  assert.deepEqual(alive, [], 'was canceled')
}

async function assertMediumsAreThere(client: pg.Client, calls: readonly SentCall[]) {
  const listIds = (operation: string, getId: (call: SentCall) => unknown) =>
    calls.filter((call) => call.operation === operation).map((call) => Number(getId(call)))
  const taken = new Set(listIds('deleteAccessMediums', ({ path }) => path.split('/').at(-1)))
  const given = new Set([...listIds('addAccessMediums', ({ answer }) => answer?.body.id), ...taken])
  const { rows } = await client.query('select id, removed_at from access_mediums where id = any($1)', [[...given]])
  assert.equal(rows.length, given.size, 'a medium is lost')
  for (const { id, removed_at: removedAt } of rows)
    if (taken.has(Number(id))) assert.notEqual(removedAt, null, `medium ${id} was taken away`)
  const codes = calls.flatMap(({ answer }) => answer?.body?.studioAccessCode ?? [])
  const media = await client.query('select value_norm as code from access_mediums where value_norm = any($1)', [codes])
  const opening = new Set(media.rows.map(({ code }) => code))
  for (const code of codes) assert.ok(opening.has(code), `access code ${code} is lost`)
}

const idsIn = async (client: pg.Client, query: string, ids: readonly number[]) =>
  (await client.query(query, [ids])).rows.map(({ id }) => Number(id))
