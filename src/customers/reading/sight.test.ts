import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { customers } from '../customer-table.ts'
import { customerIntegrationBlocks } from '../tables.ts'
import { listCustomersById } from './representation-store.ts'
import { everybody, type Sight } from './sight.ts'
import { isVisible, isVisibleTo } from './sight-store.ts'

let app: TestApp
/** By what they are. */
let people: Readonly<Record<'here' | 'there' | 'withdrawn' | 'merged' | 'erased' | 'till', number>>

before(async () => {
  app = await openTestApp()
  const [here, withdrawn, merged, erased, till] = [
    await addCustomer(app),
    await addCustomer(app),
    await addCustomer(app),
    await addCustomer(app),
    await addCustomer(app),
  ]
  const there = await addCustomer(app, {}, { studio: app.hamburg })
  people = { here, there, withdrawn, merged, erased, till }
  const { integrationId } = app.berlin
  await app.write(async ({ tx, now }) => {
    const change = (id: number, to: Partial<typeof customers.$inferInsert>) =>
      tx.update(customers).set(to).where(eq(customers.id, id))
    await change(merged, { mergedIntoId: here, erasedAt: now })
    await change(erased, { erasedAt: now })
    await change(till, { system: true })
    await tx
      .insert(customerIntegrationBlocks)
      .values({ customerId: withdrawn, integrationId, since: now, createdAt: now })
  })
})
after(() => app.close())

const toNames = (ids: readonly number[]) =>
  Object.entries(people)
    .filter(([, id]) => ids.includes(id))
    .map(([name]) => name)

/** Who is visible by the condition of prepared statements, by that of all others, and by the views. */
function listSeen(sight: Sight) {
  return app.read(async ({ db }) => {
    const from = () => db.select({ id: customers.id }).from(customers)
    const prepared = await from()
      .where(isVisible)
      .prepare('')
      .execute({ ...sight })
    const plain = await from().where(isVisibleTo(sight))
    const viewed = await listCustomersById(db, sight, Object.values(people))
    return [prepared, plain, viewed].map((rows) => toNames(rows.map(({ id }) => id)))
  })
}

const sights: readonly (readonly [string, (app: TestApp) => Sight, readonly string[]])[] = [
  [
    'a partner sees the customers of its studio who have not withdrawn their data from it',
    ({ berlin }) => ({ studioIds: [berlin.studioId], integrationId: berlin.integrationId }),
    ['here'],
  ],
  [
    'across studios it sees those of all of them',
    ({ berlin, hamburg }) => ({
      studioIds: [berlin.studioId, hamburg.studioId],
      integrationId: berlin.integrationId,
    }),
    ['here', 'there'],
  ],
  [
    'a withdrawal from one partner hides nobody from another one',
    ({ berlin }) => ({ studioIds: [berlin.studioId], integrationId: berlin.integrationId + 1 }),
    ['here', 'withdrawn'],
  ],
  [
    'a studio may be asked about without a partner',
    ({ berlin }) => ({ studioIds: [berlin.studioId], integrationId: null }),
    ['here', 'withdrawn'],
  ],
  ['without a studio nobody is seen', () => ({ studioIds: [], integrationId: null }), []],
  [
    'staff see all of the tenant, but nobody who is erased, merged or no person',
    () => everybody,
    ['here', 'there', 'withdrawn'],
  ],
]

for (const [sentence, sightIn, seen] of sights) {
  test(`${sentence}, however they are looked for`, async () => {
    assert.deepEqual(await listSeen(sightIn(app)), [seen, seen, seen])
  })
}
