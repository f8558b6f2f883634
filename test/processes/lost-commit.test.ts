import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inArray, sql } from 'drizzle-orm'
import { bookings } from '../../src/bookings/tables.ts'
import { auditLog } from '../../src/platform/tables.ts'
import { openTestApp, type TestAnswer, type TestApp } from '../support/app.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { classScene } from '../support/scenes/class-scene.ts'
import { newLead } from '../support/scenes/leads.ts'
import { openWay, through } from '../support/servers/database-way.ts'

let database: TestDatabase
let way: Awaited<ReturnType<typeof openWay>>
let app: TestApp

before(async () => {
  database = await testDatabase()
  way = await openWay(database.url)
  app = await openTestApp({ database: through(way) })
})
after(async () => {
  await app.close()
  way[Symbol.dispose]()
  await database.drop()
})

/** Makes calls whose commit arrives and is answered to nobody. */
async function losingCommits<T>(call: () => Promise<T>): Promise<T> {
  const before = way.state.lostCommits
  way.state.losesCommits = true
  try {
    return await call()
  } finally {
    way.state.losesCommits = false
    assert.ok(way.state.lostCommits > before, 'a commit was lost')
  }
}

const countPeople = (email: string) => app.read(({ db }) => db.$count(sql`customers`, sql`email = ${email}`))

const show = ({ status, body }: TestAnswer) => [status, body.errorCode]
const unknown = [503, 'errormessage.service.databaseTimeout']

test('a write whose commit is not answered is 503; repeated under its key it gets the answer of what was stored', async () => {
  const lead = newLead({ email: 'lost@example.org' })
  const create = () => app.post('/v1/leads/create', lead, { headers: { 'idempotency-key': 'lost-lead' } })
  assert.deepEqual(show(await losingCommits(create)), unknown)
  const again = await create()
  assert.deepEqual(
    [again.status, again.body.errorCode, again.headers['idempotency-replayed']],
    [200, undefined, 'true'],
  )
  assert.equal(await countPeople('lost@example.org'), 1)
})

test('without a key nobody repeats it: it is stored, and once', async () => {
  const create = () => app.post('/v1/leads/create', newLead({ email: 'keyless@example.org' }))
  assert.deepEqual(show(await losingCommits(create)), unknown)
  assert.equal(await countPeople('keyless@example.org'), 1)
})

/** Each customer wants a seat in the slot of the same number. */
const wish = (slots: readonly number[], customers: readonly number[]) =>
  Promise.all(
    customers.map((customerId, n) =>
      app.post(
        '/v1/classes/booking/book',
        { customerId, classSlotId: slots[n % slots.length] },
        { headers: { 'idempotency-key': `lost-${customerId}` } },
      ),
    ),
  )

for (const [kind, slotCount, count] of [
  ['a booking', 1, 1],
  ['bookings that share the transaction of their slot', 1, 6],
  ['bookings of several slots that share a transaction', 6, 6],
] as const) {
  test(`${kind}, committed without an answer: stored once, and answered under their keys`, async () => {
    const scene = classScene(app)
    const slots: number[] = []
    for (let n = 0; n < slotCount; n++) slots.push((await scene.arrange({}, { maxParticipants: 20 })).classSlotId)
    const customers = await scene.customers(count)
    await app.get('/v1/classes?sliceSize=10')
    const lost = await losingCommits(() => wish(slots, customers))
    // The first is made by itself, and looks for the answer of its key when it has failed.
    const [first, ...others] = lost.map(show)
    assert.deepEqual([first, ...others], [[200, undefined], ...others.map(() => unknown)])
    const again = await wish(slots, customers)
    assert.deepEqual(
      again.map(({ status, headers }) => [status, headers['idempotency-replayed']]),
      customers.map(() => [200, 'true']),
    )
    const rows = await app.read(({ db }) => db.select().from(bookings).where(inArray(bookings.classSlotId, slots)))
    assert.deepEqual(
      [...rows.map(({ id }) => id)].sort((a, b) => a - b),
      again.map(({ body }) => body.bookingId).sort((a, b) => a - b),
    )
    const ids = rows.map(({ id }) => id)
    const lines = await app.read(({ db }) => db.select().from(auditLog).where(inArray(auditLog.entityId, ids)))
    assert.equal(lines.length, count)
  })
}
