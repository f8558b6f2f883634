import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { isNotNull, sql } from 'drizzle-orm'
import { openDemoApp } from '../../test/support/demo-app.ts'
import { assertLedgerWhole } from '../../test/support/scenes/accounts.ts'
import { customerAccounts } from '../accounts/tables.ts'
import { classSlots } from '../classes/tables.ts'
import { bookings } from '../bookings/tables.ts'
import { customers } from '../customers/customer-table.ts'
import { outboxEvents } from '../platform/tables.ts'
import { updateIntegration } from '../integrations/index.ts'
import { integrations } from '../integrations/tables.ts'
import { inboundKey } from './house/keys.ts'
import { memberIds, remindedMembers } from './people/members.ts'
import { resetDemo, seedDemo } from './seed.ts'

test('the studio of the demo key opens, another tenant does not see it', async () => {
  await using app = await openDemoApp()
  const berlin = await app.get('/v1/studios/information')
  assert.equal(berlin.body.studioId, 123)
  assert.equal(berlin.body.closingHours[0].dateTimeFrom, '2026-06-20T00:00:00')
  const other = await app.get('/v1/studios/information', { as: app.stranger })
  assert.equal(other.body.studioId, 223)
})

test('the key of the integration that wants plain RFC 3339 gets it without asking, until the integration is changed', async () => {
  await using app = await openDemoApp()
  const as = { ...app.berlin, key: inboundKey('demoBerlinRfc3339') }
  const read = async () => {
    const { body } = await app.get('/v1/classes/1001/slots', { as })
    return body.result[0].startDateTime as string
  }
  assert.match(await read(), /^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000\+02:00$/)
  await app.write((work) => updateIntegration(work, 14, { dateTimeForm: 'CONTRACT' }))
  // The process learns of the change a moment after its commit.
  while (!(await read()).endsWith('[Europe/Berlin]')) await setImmediate()
})

test('seeding again changes nothing, a reset brings back what was there', async () => {
  await using app = await openDemoApp()
  const count = () => app.read(({ db }) => db.$count(customers))
  const planted = await count()
  await seedDemo(app.platform)
  assert.equal(await count(), planted)
  await app.write(async ({ tx, now }) => {
    await tx
      .insert(integrations)
      .values({ id: 99, name: 'Mine', requestedScopes: [], webhookAccess: false, createdAt: now, updatedAt: now })
  })
  await resetDemo(app.platform)
  assert.equal(await count(), planted)
  assert.equal(await app.read(({ db }) => db.$count(integrations)), 5)
})

test('people of the demo are found by their account', async () => {
  await using app = await openDemoApp()
  const find = async (type: string, bankAccountNumber: string) => {
    const path = '/v1/cross-studio/customers/search/by-payment-details'
    const { body } = await app.post(path, { type, bankAccountNumber })
    return body.map(({ customer }: { customer: { id: number } }) => customer.id)
  }
  assert.deepEqual(await find('SEPA', 'DE91 1000 0000 0123 4567 89'), [1001])
  assert.deepEqual(await find('BACS', '20-00-00-55779911'), [1008])
  assert.deepEqual(await find('ACH', '000123456789'), [1009])
})

test('the counts of every slot are those of its bookings', async () => {
  await using app = await openDemoApp()
  const wrong = await app.read(({ db }) =>
    db
      .select({ id: classSlots.id })
      .from(classSlots)
      .where(
        sql`exists (
          select from ${bookings} b where b.class_slot_id = ${classSlots.id}
          having count(*) filter (where b.status = 'BOOKED') <> ${classSlots.bookedCount}
            or count(*) filter (where b.status = 'WAITING_LIST') <> ${classSlots.waitingCount})`,
      ),
  )
  assert.deepEqual(wrong, [])
})

test('the history has one event of every type, none of which still waits to be sent', async () => {
  await using app = await openDemoApp()
  const [events] = await app.read(({ db }) =>
    db
      .select({
        types: sql<number>`count(distinct ${outboxEvents.type})::int`,
        waiting: sql<number>`count(*) filter (where ${outboxEvents.fannedOutAt} is null)::int`,
      })
      .from(outboxEvents),
  )
  assert.deepEqual(events, { types: 53, waiting: 0 })
})

test('however far the clock goes, the next days fill up, a new day off follows the last one, and members pay', async () => {
  await using app = await openDemoApp()
  const full = () =>
    app.read(({ db, now }) =>
      db.$count(
        classSlots,
        sql`${classSlots.classId} = 1002 and ${classSlots.bookedCount} = 6
        and ${classSlots.startAt} between ${now.toString()}::timestamptz and ${now.add({ hours: 24 * 13 }).toString()}::timestamptz`,
      ),
    )
  const before = await full()
  await app.travelTo('2026-06-25T09:00:00+02:00')
  assert.equal(await full(), before)
  const { body } = await app.get('/v1/studios/information')
  assert.equal(body.closingHours[0].dateTimeFrom, '2026-06-26T00:00:00')
  const reminded = await app.read(({ db }) =>
    db.select().from(customerAccounts).where(isNotNull(customerAccounts.dunningLevelId)),
  )
  const late = reminded.map(({ customerId }) => customerId).filter((id) => memberIds.includes(id))
  assert.deepEqual(new Set(late), new Set(remindedMembers))
  await assertLedgerWhole(app)
})
