import assert from 'node:assert/strict'
import { test } from 'node:test'
import { and, eq, isNull } from 'drizzle-orm'
import { accessMediums, accessRestrictions } from '../../src/customers/tables.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { listEvents } from '../support/records.ts'
import { runUnlocked } from '../support/unlocked.ts'

const RACERS = 8
const values = { CARD_NUMBER: '4711', PIN: '471100', BARCODE: 'RACE', WALLET_PASS: 'race pass' } as const
type MediumType = keyof typeof values

/** Everybody wants the same value at once; answers how often each status was given. */
async function raceForMedium(app: TestApp, type: MediumType) {
  const people: number[] = []
  for (let n = 0; n < RACERS; n++) people.push(await addCustomer(app))
  const answers = await Promise.all(
    people.map((id) => app.post(`/v1/customers/${id}/access-mediums`, { type, value: values[type] })),
  )
  const won = answers.filter(({ status }) => status === 200).length
  const lost = answers.filter(({ body }) => body.errorCode === 'errormessage.accessMedium.valueInUse').length
  const holders = await app.read(({ db }) =>
    db.$count(accessMediums, and(eq(accessMediums.type, type), isNull(accessMediums.removedAt))),
  )
  return { won, lost, holders }
}

test('of many who want one card, PIN, barcode or pass at once, exactly one gets it', async () => {
  await using app = await openTestApp(outOfTurn)
  for (const type of Object.keys(values) as MediumType[]) {
    assert.deepEqual(await raceForMedium(app, type), { won: 1, lost: RACERS - 1, holders: 1 }, type)
  }
  assert.equal((await listEvents(app)).filter(({ type }) => type === 'CUSTOMER_ACCESS_MEDIUM_CREATED').length, 4)
})

test('control: without the unique index several people carry the same card', async () => {
  const control = {
    without: ['access_mediums.access_mediums_value_unique'],
    pauseBefore: /^insert into "access_mediums"/,
  }
  await runUnlocked(control, async (app) => {
    assert.ok((await raceForMedium(app, 'CARD_NUMBER')).holders > 1)
  })
})

/** One integration sets a ban many times at once; answers the bans and the events of it. */
async function raceForRestriction(app: TestApp) {
  const id = await addCustomer(app)
  const known = (await listEvents(app)).length
  const answers = await Promise.all(
    Array.from({ length: RACERS }, (_, n) =>
      app.put(`/v1/customers/${id}/access-restrictions`, { reason: `Reason ${n}` }),
    ),
  )
  const rows = await app.read(({ db }) => db.select().from(accessRestrictions))
  const events = (await listEvents(app)).slice(known)
  const countEvents = (type: string) => events.filter((each) => each.type === type).length
  return {
    statuses: [...new Set(answers.map(({ status }) => status))],
    bans: rows.filter(({ customerId }) => customerId === id).length,
    created: countEvents('CUSTOMER_ACCESS_RESTRICTION_CREATED'),
    changed: countEvents('CUSTOMER_UPDATED'),
  }
}

test('an integration that sets a ban many times at once has one, created once', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await raceForRestriction(app), { statuses: [200], bans: 1, created: 1, changed: RACERS - 1 })
})

test('control: without the lock on the customer one ban is sent as new several times', async () => {
  await runUnlocked({ pauseBefore: /^insert into "access_restrictions"/ }, async (app) => {
    assert.ok((await raceForRestriction(app)).created > 1)
  })
})
