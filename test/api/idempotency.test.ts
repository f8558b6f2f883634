import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp, type TestApp } from '../support/app.ts'
import { insertFullStudio, memberId, slotId, type StudioContents } from '../support/full/full-studio.ts'
import { meetWaiting } from '../support/lock-waiters.ts'
import { listAudit } from '../support/records.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { openSecondApp } from '../support/second-app.ts'
import { watchStatements } from '../support/statements.ts'

const sent: string[] = []
watchStatements().onResult = ({ text }) => void sent.push(text)

let app: TestApp
let contents: StudioContents
before(async () => {
  app = await openTestApp()
  contents = await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000 })
})
after(() => app.close())

const keyed = (key: string) => ({ headers: { 'idempotency-key': key } })
const setTags = (key: string, names: readonly string[], on = app) =>
  on.put(
    '/v1/studios/information/tags',
    names.map((name) => ({ name })),
    keyed(key),
  )
const records = async () =>
  asSuperuser(app.url, async (client) => Number((await client.query('select from idempotency_records')).rowCount))
const taggings = async () => (await listAudit(app)).filter(({ action }) => action === 'studio.tagged').length

test('the same request again is answered as before, and nothing is done twice', async () => {
  const first = await setTags('k-1', [contents.tag])
  assert.deepEqual([first.status, first.body], [200, [{ name: contents.tag }]])
  assert.equal(first.headers['idempotency-replayed'], undefined)
  const audited = await taggings()
  await setTags('k-2', [])
  const again = await setTags('k-1', [contents.tag])
  assert.deepEqual([again.status, again.text], [first.status, first.text])
  assert.equal(again.headers['idempotency-replayed'], 'true')
  assert.equal(again.headers['content-type'], first.headers['content-type'])
  assert.equal(await taggings(), audited + 1, 'only k-2 has changed anything since')
  assert.deepEqual((await app.get('/v1/studios/information')).body.tags ?? [], [])
})

test('a key that was used for something else is refused', async () => {
  await setTags('k-3', [contents.tag])
  const other = await setTags('k-3', [])
  assert.deepEqual([other.status, other.body.errorCode], [400, 'errormessage.idempotency.mismatch'])
  assert.equal(other.headers['idempotency-replayed'], undefined)
})

test('a key belongs to its caller and its operation', async () => {
  await setTags('k-4', [contents.tag])
  const sister = await app.put('/v1/studios/information/tags', [], { ...keyed('k-4'), as: app.hamburg })
  assert.deepEqual([sister.status, sister.headers['idempotency-replayed']], [200, undefined])
  const other = await app.post('/v1/studios/confirmActivation', undefined, keyed('k-4'))
  assert.deepEqual([other.status, other.headers['idempotency-replayed']], [200, undefined])
})

test('a failed call leaves no record: the key works once the cause is gone', async () => {
  const before = await records()
  const failed = await setTags('k-5', ['to come'])
  assert.deepEqual([failed.status, failed.body.errorCode], [400, 'errormessage.studio.tagUnknown'])
  assert.equal(await records(), before)
  await asSuperuser(app.url, (client) =>
    client.query(`insert into tags (tenant_id, name, created_at) values (1, 'to come', '2026-06-15Z')`),
  )
  const answer = await setTags('k-5', ['to come'])
  assert.deepEqual([answer.status, answer.headers['idempotency-replayed']], [200, undefined])
  assert.equal(await records(), before + 1)
})

test('a key of other characters, of none, or of more than 255 is refused', async () => {
  for (const key of [' ', 'two words', 'schlüssel', 'x'.repeat(256)]) {
    const answer = await setTags(key, [])
    assert.deepEqual([answer.status, answer.body.errorCode], [400, 'errormessage.idempotency.invalid'], key)
  }
  assert.equal((await setTags('x'.repeat(255), [])).status, 200)
})

test('a key means nothing to a read', async () => {
  const answer = await app.get('/v1/studios/tags', keyed('not even valid ü'))
  assert.deepEqual([answer.status, answer.headers['idempotency-replayed']], [200, undefined])
})

test('another process knows the answer too', async () => {
  const first = await setTags('k-6', [contents.tag])
  await using other = await openSecondApp(app)
  const again = await setTags('k-6', [contents.tag], other)
  assert.deepEqual([again.status, again.text, again.headers['idempotency-replayed']], [200, first.text, 'true'])
})

test('while the first request runs, a second one with its key is asked to wait a second', async () => {
  const { berlin } = app
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('select from studios where id = $1 for update', [berlin.studioId])
    const first = setTags('k-7', [contents.tag])
    await meetWaiting(app.url)
    const second = await setTags('k-7', [contents.tag])
    assert.deepEqual([second.status, second.body.errorCode], [409, 'errormessage.idempotency.inProgress'])
    assert.equal(second.headers['retry-after'], '1')
    await client.query('commit')
    assert.equal((await first).status, 200)
  })
  assert.equal((await setTags('k-7', [contents.tag])).headers['idempotency-replayed'], 'true')
})

test('a class booking that is sent again while the first one waits for its slot is not kept waiting with it', async () => {
  const body = { customerId: memberId(contents, 0), classSlotId: slotId(contents, 0) }
  const book = () => app.post('/v1/classes/booking/book', body, keyed('k-12'))
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('select from class_slots where id = $1 for update', [body.classSlotId])
    const first = book()
    await meetWaiting(app.url)
    const second = await book()
    assert.deepEqual([second.status, second.body.errorCode], [409, 'errormessage.idempotency.inProgress'])
    assert.equal(second.headers['retry-after'], '1')
    await client.query('commit')
    assert.equal((await first).status, 200)
  })
  const again = await book()
  assert.deepEqual([again.status, again.headers['idempotency-replayed']], [200, 'true'])
})

test('the answer is remembered in the commit of the change, or neither happens', async () => {
  await setTags('k-9', [])
  await asSuperuser(app.url, (client) =>
    client.query(`
      create function refuse_record() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
      create trigger refuse_record before insert on idempotency_records for each row execute function refuse_record()`),
  )
  const audited = await taggings()
  assert.equal((await setTags('k-10', [contents.tag])).status, 500)
  assert.equal(await taggings(), audited)
  await asSuperuser(app.url, (client) => client.query('drop trigger refuse_record on idempotency_records'))
  assert.equal((await setTags('k-10', [contents.tag])).headers['idempotency-replayed'], undefined)
  assert.equal(await taggings(), audited + 1)
})

test('the key is locked before its record is read', async () => {
  sent.length = 0
  await setTags('k-11', [])
  const lock = sent.findIndex((text) => text.includes('pg_try_advisory_xact_lock'))
  const search = sent.findIndex((text) => /^select .* from "idempotency_records"/.test(text))
  assert.ok(lock >= 0 && lock < search, sent.join('\n'))
})

test('a day later the key is new again', async () => {
  await setTags('k-8', [contents.tag])
  await app.travelTo('2026-06-16T08:59:59+02:00')
  assert.equal((await setTags('k-8', [contents.tag])).headers['idempotency-replayed'], 'true')
  await app.travelTo('2026-06-16T10:00:00+02:00')
  const answer = await setTags('k-8', [])
  assert.deepEqual([answer.status, answer.body, answer.headers['idempotency-replayed']], [200, [], undefined])
  const again = await setTags('k-8', [])
  assert.equal(again.headers['idempotency-replayed'], 'true')
})
