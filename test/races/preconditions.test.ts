import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listAudit } from '../support/records.ts'
import type { TestApp } from '../support/app.ts'
import { withBookings } from '../support/calls/calls.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { insertFullStudio } from '../support/full/full-studio.ts'
import { meetWaiting } from '../support/lock-waiters.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { readEtag, listShownWrites } from '../support/shown-writes.ts'
import { openTwoApps } from '../support/two-apps.ts'
import { runUnlocked } from '../support/unlocked.ts'

// Every race runs twice: as it is, and as a control without row locks, in which it has to be lost.

/** Of every write whose path can be read: the answers to two clients that have read the same, one through each application. */
async function writeTwice(one: TestApp, two: TestApp): Promise<Readonly<Record<string, readonly number[]>>> {
  const contents = await insertFullStudio(one.platform, one.berlin, { firstId: 3_000_000 })
  const outcomes: Record<string, readonly number[]> = {}
  for (const { operation, readShown, write } of listShownWrites(one, await withBookings(one, contents, one.berlin))) {
    const headers = { 'if-match': readEtag(await readShown(two)) }
    const answers = await Promise.all([write(one, headers), write(two, headers)])
    outcomes[operation.operationId] = answers.map(({ status }) => status).sort((a, b) => a - b)
  }
  return outcomes
}

test('of two who have read the same and write at once through two processes, one succeeds', async () => {
  const [one, two, both] = await openTwoApps()
  await using _ = both
  const outcomes = await writeTwice(one, two)
  assert.ok(Object.keys(outcomes).length >= 7)
  // What the first has taken away is not there for the second.
  const late = (operationId: string) => (operationId === 'withdrawIdlePeriod' ? 404 : 412)
  // The pause that is changed is the one that was taken away before.
  const changed = Object.entries(outcomes).filter(([operationId]) => operationId !== 'updateIdlePeriod')
  for (const [operationId, statuses] of changed) {
    assert.deepEqual(statuses, [200, late(operationId)], operationId)
  }
})

/** The first change that each of them makes. */
const firstChange = /^(?:update "bookings"|insert into "customer_(?:comm_preferences|amendments|documents)")/

test('control: without locks both succeed', async () => {
  const without = ['class_slots.class_slots_booked_counted', 'customer_amendments.customer_amendments_one_pending']
  await runUnlocked({ without, pauseBefore: firstChange }, async (app) => {
    const outcomes = Object.entries(await writeTwice(app, app))
    // Pauses are kept apart by a constraint of the database as well.
    for (const [operationId, statuses] of outcomes.filter(([operationId]) => !/IdlePeriod/.test(operationId))) {
      assert.deepEqual(statuses, [200, 200], operationId)
    }
  })
})

const wish = (communicationChannel: string) => [
  { messageCategory: 'NEWSLETTER', channels: [{ communicationChannel, active: true }] },
]

/** Lets a caller who compares nothing and a caller who compares change different rows, in this order of arrival. */
async function writeAfterBlind(one: TestApp, two: TestApp) {
  const customerId = await addCustomer(one)
  const path = `/v1/communications/${customerId}/communication-preferences`
  const headers = { 'if-match': readEtag(await two.get(path)) }
  return asSuperuser(one.url, async (client) => {
    await client.query('begin')
    await client.query('select from customers where id = $1 for update', [customerId])
    const blind = one.put(path, wish('EMAIL'))
    await meetWaiting(one.url)
    const compares = two.put(path, wish('LETTER'), { headers })
    await meetWaiting(one.url, 'left', 2)
    await client.query('commit')
    return { first: (await blind).status, second: (await compares).status, customerId }
  })
}

test('a caller who compares is refused after a caller who came just before and compared nothing, even where no row is the same', async () => {
  const [one, two, both] = await openTwoApps()
  await using _ = both
  const { first, second, customerId } = await writeAfterBlind(one, two)
  assert.deepEqual([first, second], [200, 412])
  const lines = (await listAudit(one)).filter(({ entityId }) => entityId === customerId)
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['customer.created', 'customer.preferencesChanged'],
  )
})
