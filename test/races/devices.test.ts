import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { createDevice } from '../../src/devices/index.ts'
import { vendingTransactions } from '../../src/devices/tables.ts'
import { updateStudio } from '../../src/studios/index.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { deviceScene } from '../support/scenes/device-scene.ts'
import { runUnlocked } from '../support/unlocked.ts'
import { visitScene } from '../support/scenes/visit-scene.ts'

const ids = (count: number) =>
  Array.from({ length: count }, (_, n) => `30000000-0000-4000-8000-${String(n).padStart(12, '0')}`)

/** One customer at eight machines at once; how many of them were accepted, and how many purchases are stored. */
async function buyEverywhere(app: TestApp) {
  const { machine, card, member } = { ...deviceScene(app), ...visitScene(app) }
  const customerId = await member()
  const identification = await card(customerId)
  const machines = []
  for (const transactionId of ids(8)) machines.push({ transactionId, ...(await machine()) })
  const answers = await Promise.all(
    machines.map(({ post, transactionId }) => post('vending/identification', { identification, transactionId })),
  )
  const stored = await app.read(({ db }) =>
    db.$count(vendingTransactions, eq(vendingTransactions.customerId, customerId)),
  )
  return { authorized: answers.filter(({ body }) => body.authorized === true).length, stored }
}

test('one customer buys at one machine at a time, however many ask at once', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await buyEverywhere(app), { authorized: 1, stored: 1 })
})

test('control: without locks and index every machine begins a purchase', async () => {
  const without = ['vending_transactions.vending_transactions_one_live']
  await runUnlocked({ without, pauseBefore: /insert into "vending_transactions"/ }, async (app) => {
    assert.ok((await buyEverywhere(app)).stored > 1)
  })
})

/** Eight activations of one device at once; the tokens that they were given. */
async function activateAtOnce(app: TestApp): Promise<number> {
  const door = { studioId: 123, name: 'Door', model: 'GENERIC_CARD_READER', config: { purpose: 'EXIT' } } as const
  const id = await app.write((work) => createDevice(work, door))
  const answers = await Promise.all(ids(8).map(() => app.put(`/v1/devices/${id}/activate`)))
  for (const { status, text } of answers) assert.equal(status, 200, text)
  return new Set(answers.map(({ body }) => body.accessToken)).size
}

test('parallel activations return one token', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.equal(await activateAtOnce(app), 1)
})

test('control: without the lock of the device each activation makes a token of its own', async () => {
  await runUnlocked({ pauseBefore: /update "devices"/ }, async (app) => {
    assert.ok((await activateAtOnce(app)) > 1)
  })
})

/** The last free room of a studio and two readers; their answers and how many are in then. */
async function lastSpot(app: TestApp, enforceCapacity: boolean) {
  const { reader, card, members, enter, utilization } = { ...deviceScene(app), ...visitScene(app) }
  const people = await members(10)
  await app.write((work) => updateStudio(work, 123, { capacity: 9 }))
  for (const customerId of people.slice(0, 8)) await enter(customerId)
  const doors = [
    await reader({ purpose: 'ENTRANCE', enforceCapacity }),
    await reader({ purpose: 'TOGGLE', enforceCapacity }),
  ]
  const shown = [await card(people[8] as number), await card(people[9] as number)]
  const answers = await Promise.all(
    doors.map(({ post }, n) => post('cardreader/identification', { identification: shown[n] })),
  )
  const outcomes = answers.map(({ status, body }) =>
    status === 200 ? '200' : `${status} ${body.errorCode.split('.').at(-1)}`,
  )
  return [outcomes.toSorted((a, b) => a.localeCompare(b)), await utilization()]
}

test('two readers never lift a studio above its capacity; without enforcement both open', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await lastSpot(app, true), [['200', '403 studioFull'], 9])
  await using open = await openTestApp(outOfTurn)
  assert.deepEqual(await lastSpot(open, false), [['200', '200'], 10])
})

/** One card before one toggling reader, four times at once; the events that came of it. */
async function readAtOnce(app: TestApp): Promise<number> {
  const { reader, card, member, events } = { ...deviceScene(app), ...visitScene(app) }
  const { post } = await reader({ purpose: 'TOGGLE' })
  const identification = await card(await member())
  const answers = await Promise.all(ids(4).map(() => post('cardreader/identification', { identification })))
  for (const { status, text } of answers) assert.equal(status, 200, text)
  return (await events()).length
}

test('a card that is read several times at once has one effect', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.equal(await readAtOnce(app), 1)
})

test('control: without the lock of the reader the same card goes in and out', async () => {
  await runUnlocked(
    { without: ['check_ins.check_ins_one_open_visit'], pauseBefore: /insert into "check_ins"/ },
    async (app) => {
      assert.ok((await readAtOnce(app)) > 1)
    },
  )
})
