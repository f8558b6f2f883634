import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import type { TestStudio } from '../../../test/support/scenes/world.ts'
import { activations, apiKeys, integrations } from '../../integrations/tables.ts'
import { customerIntegrationBlocks } from '../tables.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

const people = (count: number, studio = app.berlin) =>
  Promise.all(Array.from({ length: count }, () => addCustomer(app, {}, { studio })))

const read = (id: number, as = app.berlin) => app.get(`/v1/customers/${id}`, { as })

test('customers who are asked for at once come each to the caller who asked, and share statements', async () => {
  const ids = await people(40)
  await read(ids[0] as number)
  const { pool } = app.platform.database
  // On a slow machine they arrive in many turns; what counts is that they can share.
  let least = Infinity
  for (let round = 0; round < 5; round++) {
    const before = pool.statementsSent
    const answers = await Promise.all([...ids, ...ids].map((id) => read(id)))
    assert.deepEqual(
      answers.map(({ body }) => body.id),
      [...ids, ...ids],
    )
    least = Math.min(least, pool.statementsSent - before)
  }
  assert.ok(least < 40, `${least} statements`)
})

/** Another partner in Berlin, from whom nobody is hidden. */
async function openSecondPartner(): Promise<TestStudio> {
  const { berlin, platform } = app
  const [integrationId, activationId, key] = [7101, 7102, 'pal_in_testSecond'.padEnd(47, '0')]
  const scopes = ['CUSTOMER_READ'] as const
  await app.write(async ({ tx, now }) => {
    const stamps = { createdAt: now, updatedAt: now }
    const named = { name: 'Second App', requestedScopes: [...scopes], webhookAccess: false }
    await tx.insert(integrations).values({ ...named, ...stamps, id: integrationId })
    const active = { integrationId, studioId: berlin.studioId, status: 'ACTIVE' as const, scopes: [...scopes] }
    await tx.insert(activations).values({ ...active, ...stamps, id: activationId })
    const keyHash = platform.secrets.hash('api-key', key)
    const inbound = { activationId, kind: 'INBOUND' as const, status: 'ACTIVE' as const, createdAt: now }
    await tx.insert(apiKeys).values({ ...inbound, keyHash, hint: '0000' })
  })
  return { ...berlin, integrationId, activationId, key }
}

test('no caller sees more because another caller asks at the same moment', async () => {
  const { berlin, hamburg, stranger } = app
  const [here = 0, hidden = 0] = await people(2)
  const [there = 0] = await people(1, hamburg)
  const [foreign = 0] = await people(1, stranger)
  await app.write(({ tx, now }) =>
    tx
      .insert(customerIntegrationBlocks)
      .values({ customerId: hidden, integrationId: berlin.integrationId, since: now, createdAt: now }),
  )
  const second = await openSecondPartner()
  const wishes = [berlin, second, hamburg, stranger].flatMap((as) =>
    [here, hidden, there, foreign].map((id) => ({ as, id })),
  )
  const answers = await Promise.all([...wishes, ...wishes].map(({ as, id }) => read(id, as)))
  const found = [...wishes, ...wishes].filter((_, n) => answers[n]?.status === 200)
  const mine = [
    { as: berlin, id: here },
    { as: second, id: here },
    { as: second, id: hidden },
    { as: hamburg, id: there },
    { as: stranger, id: foreign },
  ]
  assert.deepEqual(found, [...mine, ...mine])
})

test('who reads after a change was answered sees it, however many others read at the same time', async () => {
  const [id = 0] = await people(1)
  for (let turn = 0; turn < 10; turn++) {
    const others = Array.from({ length: 10 }, () => read(id))
    await app.put(`/v1/customers/${id}/access-restrictions`, { reason: `Reason ${turn}` })
    const [mine] = await Promise.all([read(id), ...Array.from({ length: 10 }, () => read(id))])
    assert.equal(mine?.body.accessRestrictions?.[0]?.reason ?? mine?.text, `Reason ${turn}`)
    await Promise.all(others)
  }
})
