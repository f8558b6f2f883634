import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import pg from 'pg'
import type { HeldPlace } from '../../src/platform/places/held-place.ts'
import { Readiness, type ReadinessDeps } from '../../src/platform/process/readiness.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { insertFullStudio } from '../support/full/full-studio.ts'
import { meetWaiting } from '../support/lock-waiters.ts'
import { type ManualTime, manualTime } from '../support/manual-time.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { watchStatements } from '../support/statements.ts'

const watch = watchStatements()
const TAGS = '/v1/studios/tags'

const get = (app: TestApp, url: string, headers: Record<string, string> = {}) =>
  app.app.server.inject({ method: 'GET', url, headers })

/** Takes all places until they are given back. */
function fillPlaces(app: TestApp): () => void {
  const { places } = app.platform
  const taken: HeldPlace[] = []
  while (places.taken < places.limit) {
    const demand = { rank: 'CRITICAL', holder: `filler ${taken.length}`, tenantId: 'none' } as const
    const place = places.enter({ demand, kind: 'filler', patienceMs: 1, onHangUp: () => () => undefined })
    if (!(place instanceof Promise)) taken.push(place)
  }
  return () => {
    for (const place of taken) place.leave()
  }
}

function assertUnavailable(answer: { status: number; body: any; headers: object }, code: string, most = 5) {
  assert.deepEqual([answer.status, answer.body.errorCode], [503, `errormessage.service.${code}`])
  const seconds = Number((answer.headers as Record<string, string>)['retry-after'])
  assert.ok(seconds >= 1 && seconds <= most, String(seconds))
  assert.deepEqual(answer.body.typedArgs, [{ type: 'INTEGER', value: seconds }])
}

test('a request that finds no place in time is refused before any work, and may come back after some seconds', async () => {
  await using app = await openTestApp()
  await app.get(TAGS)
  const giveBack = fillPlaces(app)
  let asked = 0
  watch.onResult = () => void asked++
  assertUnavailable(await app.get('/v1/customers'), 'overloaded')
  watch.onResult = () => {}
  assert.equal(asked, 0)
  const booking = app.get('/v1/customers/by?pin=0000')
  giveBack()
  assert.equal((await booking).status, 404)
  assert.equal(app.platform.places.taken, 0)
})

for (const store of ['memory', 'postgres']) {
  test(`what is refused counts, and a caller past the limit or without the scope is refused for that first (${store})`, async () => {
    const environment = { PALESTRA_RATELIMIT_DEFAULT: '2', PALESTRA_RATELIMIT_STORE: store }
    await using app = await openTestApp({ real: manualTime(), environment })
    fillPlaces(app)
    const [first, second] = [app.get(TAGS), app.get(TAGS)]
    while (app.platform.places.waiting('NORMAL') < 2) await new Promise((resolve) => setImmediate(resolve))
    for (let passed = 0; passed < 3200; passed += 50) {
      ;(app.platform.real as ManualTime).pass({ milliseconds: 50 })
      app.platform.places.refuseLate()
    }
    const refused = await Promise.all([first, second])
    for (const each of refused) assertUnavailable(each, 'overloaded')
    assert.deepEqual(
      refused.map(({ headers }) => Number(headers['x-ratelimit-remaining'])).toSorted((a, b) => a - b),
      [0, 1],
    )
    assert.equal((await app.get(TAGS)).status, 429)
    await asSuperuser(app.url, (client) => client.query(`update activations set scopes = '{}'`))
    assert.equal((await app.get(TAGS, { as: app.hamburg })).status, 403)
  })
}

test('whether a key is good, and what no operation takes, is answered without a place', async () => {
  await using app = await openTestApp()
  fillPlaces(app)
  assert.equal((await app.call('HEAD', '/v1/x')).status, 200)
  assert.equal((await app.get('/v1/nothing')).status, 404)
  for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json']) {
    assert.equal((await get(app, path)).statusCode, 200, path)
  }
})

test('while the process goes down, requests are refused and it does not call itself ready', async () => {
  await using app = await openTestApp()
  assert.deepEqual((await get(app, '/readyz')).statusCode, 200)
  app.app.readiness.beginShutdown()
  assertUnavailable(await app.get(TAGS), 'maintenance')
  assertUnavailable(await app.get('/v1/nothing', { headers: { 'x-api-key': 'nobody' } }), 'maintenance')
  const ready = await get(app, '/readyz')
  assert.deepEqual([ready.statusCode, ready.json().failingCheck], [503, 'shutting down'])
  assert.equal((await get(app, '/healthz')).statusCode, 200, 'the loop still turns')
})

test('a process is not ready while migrations are missing, row-level security leaks or the database is away', async () => {
  await using app = await openTestApp()
  // A process keeps its answer for a second: each call asks anew.
  const check = async (deps: ReadinessDeps = app.platform) => {
    const readiness = new Readiness(deps)
    const failing = await readiness.open().then(
      () => undefined,
      (error: Error) => error.message,
    )
    await readiness.close()
    return failing
  }
  const administer = (statement: string) => asSuperuser(app.url, (client) => client.query(statement))
  assert.equal(await check(), undefined)
  await administer(`update drizzle.__drizzle_migrations set created_at = created_at - 1
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`)
  assert.match((await check()) ?? '', /Migrations are missing/)
  await administer(`update drizzle.__drizzle_migrations set created_at = created_at + 1
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`)
  await administer('alter table tenants disable row level security')
  assert.match((await check()) ?? '', /Row-level security/)
  await assert.rejects(app.app.readiness.open(), /Row-level security/)
  await administer('alter table tenants enable row level security')
  assert.equal(await check(), undefined)
  const nowhere = { ...app.platform, connectionString: 'postgresql://127.0.0.1:1/palestra' }
  assert.match((await check(nowhere)) ?? '', /cannot be reached/)
})

test('a statement that waits too long for a lock is 503, changes nothing, and may be repeated', async () => {
  await using app = await openTestApp()
  const confirm = () => app.post('/v1/studios/confirmActivation')
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('select from activations for update')
    assertUnavailable(await confirm(), 'databaseTimeout')
    await client.query('commit')
  })
  assert.equal((await confirm()).status, 200)
})

test('a statement that the database cuts off is 503, also where the key is looked up', async () => {
  await using app = await openTestApp()
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('lock table api_keys in access exclusive mode')
    const answer = app.get(TAGS)
    await meetWaiting(app.url, 'cancelled')
    assertUnavailable(await answer, 'databaseTimeout')
    await client.query('rollback')
  })
})

test('a server process that dies under a request is 503: nothing was changed, and the request may be repeated', async () => {
  await using app = await openTestApp()
  const contents = await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000 })
  const headers = { 'idempotency-key': 'k-killed' }
  const requests = [
    ['tags', () => app.get(TAGS)],
    ['api_keys', () => app.get(TAGS, { as: app.hamburg })],
    ['studio_tags', () => app.put('/v1/studios/information/tags', [], { headers })],
    ['studio_tags', () => app.put('/v1/studios/information/tags', [{ name: contents.tag }])],
    ['idempotency_records', () => app.post('/v1/studios/confirmActivation', undefined, { headers })],
  ] as const
  for (const [table, send] of requests) {
    await asSuperuser(app.url, async (client) => {
      await client.query('begin')
      await client.query(`lock table ${table} in access exclusive mode`)
      const before = send()
      await meetWaiting(app.url, 'killed')
      assertUnavailable(await before, 'databaseTimeout')
      await client.query('rollback')
    })
    const again = await send()
    assert.deepEqual([again.status, again.headers['idempotency-replayed']], [200, undefined], table)
  }
})

test('a commit without an answer is 503, and a repeat with its key answers what became of it', async () => {
  await using app = await openTestApp()
  const headers = { 'idempotency-key': 'k-unheard' }
  const confirm = () => app.post('/v1/studios/confirmActivation', undefined, { headers })
  const restore = cutAfter((text) => text === 'commit')
  try {
    assertUnavailable(await confirm(), 'databaseTimeout')
  } finally {
    restore()
  }
  const again = await confirm()
  assert.deepEqual([again.status, again.headers['idempotency-replayed']], [200, 'true'])
})

test('without a connection to the database the answer is 503', async () => {
  await using app = await openTestApp()
  await app.platform.database.close()
  assertUnavailable(await app.get(TAGS), 'databaseTimeout')
})

test('a connection that breaks under a request is answered with 503, like a database that is away', async () => {
  await using app = await openTestApp()
  const restore = cutAfter((text) => text.includes('"tags"'))
  try {
    assertUnavailable(await app.get(TAGS), 'databaseTimeout')
  } finally {
    restore()
  }
  assert.equal((await app.get(TAGS)).status, 200)
})

/** Lets such a statement arrive and cuts the socket before its outcome is received, as a failing network would. */
function cutAfter(isLast: (text: string) => boolean): () => void {
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args
    const text = typeof first === 'string' ? first : ((first as { text?: string }).text ?? '')
    if (isLast(text)) {
      const { stream } = (this as unknown as Wired).connection
      stream.pause()
      setTimeout(() => stream.destroy(), 100)
    }
    return (query as (...args: unknown[]) => unknown).apply(this, args)
  } as typeof query
  return () => void (pg.Client.prototype.query = query)
}

interface Wired {
  readonly connection: { readonly stream: Pick<Socket, 'pause' | 'destroy'> }
}
