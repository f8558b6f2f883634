import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import pg from 'pg'
import { openTestApp, type TestApp } from '../support/app.ts'
import { insertFullStudio } from '../support/full/full-studio.ts'
import { meetWaiting } from '../support/lock-waiters.ts'
import { manualTime } from '../support/manual-time.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { watchStatements } from '../support/statements.ts'

const watch = watchStatements()
const TAGS = '/v1/studios/tags'

const get = (app: TestApp, url: string, headers: Record<string, string> = {}) =>
  app.app.server.inject({ method: 'GET', url, headers })

/** Puts the process at a level of load; operations of this class and of those before it are refused. */
function shedFrom(app: TestApp, refused: readonly string[]) {
  app.platform.shedding.refuses = (shed) => refused.includes(shed)
}

function assertUnavailable(answer: { status: number; body: any; headers: object }, code: string, most = 5) {
  assert.deepEqual([answer.status, answer.body.errorCode], [503, `errormessage.service.${code}`])
  const seconds = Number((answer.headers as Record<string, string>)['retry-after'])
  assert.ok(seconds >= 1 && seconds <= most, String(seconds))
  assert.deepEqual(answer.body.typedArgs, [{ type: 'INTEGER', value: seconds }])
}

test('lists are refused first, bookings last, and a refusal says when to come back', async () => {
  await using app = await openTestApp()
  const [bulk, normal, critical] = ['/v1/customers', TAGS, '/v1/customers/by?pin=0000']
  shedFrom(app, ['BULK'])
  assertUnavailable(await app.get(bulk), 'overloaded')
  assert.equal((await app.get(normal)).status, 200)
  shedFrom(app, ['BULK', 'NORMAL'])
  assertUnavailable(await app.get(normal), 'overloaded')
  assert.equal((await app.get(critical)).status, 404)
})

for (const store of ['memory', 'postgres']) {
  test(`what is shed counts, and a caller past the limit or without the scope is refused for that first (${store})`, async () => {
    const environment = { PALESTRA_RATELIMIT_DEFAULT: '2', PALESTRA_RATELIMIT_STORE: store }
    await using app = await openTestApp({ real: manualTime(), environment })
    shedFrom(app, ['BULK', 'NORMAL'])
    for (const left of ['1', '0']) {
      const shed = await app.get(TAGS)
      assertUnavailable(shed, 'overloaded')
      assert.equal(shed.headers['x-ratelimit-remaining'], left)
    }
    assert.equal((await app.get(TAGS)).status, 429)
    await asSuperuser(app.url, (client) => client.query(`update activations set scopes = '{}'`))
    assert.equal((await app.get(TAGS, { as: app.hamburg })).status, 403)
  })
}

test('at the highest level nobody is let in, before the key is even looked at', async () => {
  await using app = await openTestApp()
  let asked = 0
  watch.onResult = () => void asked++
  shedFrom(app, ['BULK', 'NORMAL', 'CRITICAL'])
  for (const key of [app.berlin.key, 'pal_in_never_seen']) {
    for (const path of ['/v1/customers/by?pin=0000', '/v1/nothing']) {
      assertUnavailable(await app.get(path, { headers: { 'x-api-key': key } }), 'overloaded')
    }
    assert.equal((await app.call('HEAD', '/v1/x', { headers: { 'x-api-key': key } })).status, 503)
  }
  watch.onResult = () => {}
  assert.equal(asked, 0)
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
  const check = async () => (await get(app, '/readyz')).json().failingCheck
  const administer = (statement: string) => asSuperuser(app.url, (client) => client.query(statement))
  assert.equal(await check(), undefined)
  await administer(`update drizzle.__drizzle_migrations set created_at = created_at - 1
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`)
  assert.equal(await check(), 'migrations')
  await administer(`update drizzle.__drizzle_migrations set created_at = created_at + 1
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`)
  await administer('alter table tenants disable row level security')
  assert.equal(await check(), 'row-level security')
  await assert.rejects(app.app.readiness.open(), /Row-level security/)
  await administer('alter table tenants enable row level security')
  assert.equal(await check(), undefined)
  await app.platform.database.close()
  assert.equal(await check(), 'database')
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

/** Lets such a statement arrive and cuts the socket before its outcome is heard, as a failing network would. */
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
