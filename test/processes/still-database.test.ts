import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../support/app.ts'
import { newLead } from '../support/scenes/leads.ts'
import { testDatabase } from '../support/database.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { classScene } from '../support/scenes/class-scene.ts'
import { openWay, through } from '../support/servers/database-way.ts'

test('a database that does not answer is 503 in time, named by /readyz within two seconds, and used again afterwards', async () => {
  await using database = await testDatabase()
  using way = await openWay(database.url)
  await using app = await openTestApp({ database: through(way), environment: { PALESTRA_DATABASE_CONNECTIONS: '4' } })
  assert.equal((await app.get('/v1/studios/tags')).status, 200)
  way.state.isSwallowing = true
  const asked = performance.now()
  const ready = await app.app.server.inject({ url: '/readyz' })
  assert.deepEqual([ready.statusCode, ready.json().failingCheck], [503, 'database'])
  // Far above the limits, for busy machines, and far below what the system takes to give such a connection up.
  assert.ok(performance.now() - asked < 10_000, '/readyz')

  const answers = await Promise.all(Array.from({ length: 6 }, () => app.get('/v1/studios/tags')))
  for (const { status, body } of answers) {
    assert.deepEqual([status, body.errorCode], [503, 'errormessage.service.databaseTimeout'])
  }
  assert.ok(performance.now() - asked < 40_000, 'requests')
  way.state.isSwallowing = false
  assert.equal((await app.get('/v1/studios/tags')).status, 200)
})

test('bookings that wait in memory for one that the database does not answer are refused within their patience', async () => {
  await using database = await testDatabase()
  using way = await openWay(database.url)
  await using app = await openTestApp({ database: through(way) })
  const scene = classScene(app)
  const [{ classSlotId }, other] = [await scene.arrange(), await scene.arrange()]
  const [first, ...customers] = await scene.customers(7)
  await app.get('/v1/classes?sliceSize=10')
  way.state.isSwallowing = true
  const began = performance.now()
  const book = async (customerId: number | undefined, slot: number) => {
    const { status, body } = await app.post('/v1/classes/booking/book', { customerId, classSlotId: slot })
    return { status, code: body.errorCode, ms: performance.now() - began }
  }
  const ahead = book(first, classSlotId)
  const behind = customers.map((customerId, n) => book(customerId, n % 2 === 0 ? classSlotId : other.classSlotId))
  // The first of the other slot sets out as soon as it is seen that the one ahead takes long.
  const waiting = (await Promise.all(behind)).filter(({ code }) => code === 'errormessage.service.overloaded')
  assert.ok(waiting.length >= 5, `${waiting.length} of six`)
  for (const { status, ms } of waiting) assert.ok(status === 503 && ms < 9000, `${status} after ${ms} ms`)
  assert.equal((await ahead).status, 503)
})

const mapped = [
  ...['57014', '55P03', '53200', '53300', '57P03', '25P03'].map((state) => [state, 503, 'databaseTimeout'] as const),
  ['53100', 507, 'storageFull'] as const,
]
test('what the database refuses for want of time is 503, for want of room 507, and never a conflict', async () => {
  await using app = await openTestApp()
  for (const [state, status, code] of mapped) {
    await asSuperuser(app.url, (client) =>
      client.query(`create or replace function refuse_all() returns trigger language plpgsql as
        $$ begin raise exception 'refused' using errcode = '${state}'; end $$;
        create or replace trigger refuse_all before insert on leads execute function refuse_all()`),
    )

    const answer = await app.post('/v1/leads/create', newLead({ email: 'ida@example.org' }))
    assert.deepEqual([answer.status, answer.body.errorCode], [status, `errormessage.service.${code}`], state)
  }
})
