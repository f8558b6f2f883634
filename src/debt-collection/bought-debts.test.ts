import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  addDebtor,
  assertCollectionWhole,
  collect,
  openAgency,
  report,
  standing,
} from '../../test/support/scenes/collection.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
  await openAgency(app, { type: 'PURCHASE' })
})
after(() => app.close())
afterEach(() => assertCollectionWhole(app))

const date = '2026-06-15'

/** What the agency owes for a customer. */
const owedByAgency = (customerId: number) =>
  app.read(async ({ db }) => {
    const [row] = await db.select({ amount: sql<string>`coalesce(sum(p.amount), 0)::numeric(9,2)::text` }).from(
      sql`postings p join ledger_accounts l on l.tenant_id = p.tenant_id and l.id = p.account_id
          where l.role = 'RECEIVABLE_AGENCY' and p.customer_id = ${customerId}`,
    )
    return row?.amount
  })

async function bought() {
  const { customerId } = await addDebtor(app, ['10.00', '20.00'])
  const collected = await collect(app, customerId)
  return { customerId, send: (what: Parameters<typeof report>[2]) => report(app, collected, what) }
}
const state = async (customerId: number) => {
  const { balance, open } = await standing(app, customerId)
  return { balance, open, owed: await owedByAgency(customerId) }
}

test('what an agency has bought is not the customer’s debt any more, and the agency pays for it', async () => {
  const { customerId, send } = await bought()
  assert.deepEqual(await state(customerId), { balance: 0, open: [0, 0], owed: '30.00' })
  await send({ paid: [10, 4] })
  assert.deepEqual(await state(customerId), { balance: 0, open: [0, 0], owed: '16.00' })
  await send({ paid: [10, 1] })
  assert.deepEqual(await state(customerId), { balance: 0, open: [0, 0], owed: '19.00' })
})

test('what the agency collects beyond the debt is the customer’s', async () => {
  const { customerId, send } = await bought()
  await send({ paid: [13, 20] })
  assert.deepEqual(await state(customerId), { balance: 3, open: [0, 0], owed: '0.00' })
  await send({ paid: [9, 20] })
  assert.deepEqual(await state(customerId), { balance: 0, open: [0, 0], owed: '1.00' })
})

test('a rejection gives back what was not paid', async () => {
  const { customerId, send } = await bought()
  await send({ paid: [10, 5], closure: { type: 'REJECTION', rejectionReason: 'WITHDRAWN_BY_STUDIO', date } })
  assert.deepEqual(await state(customerId), { balance: -15, open: [0, 15], owed: '0.00' })
  await send({ paid: [10, 8] })
  assert.deepEqual(await state(customerId), { balance: -12, open: [0, 12], owed: '0.00' })
  await send({ paid: [10, 2] })
  assert.deepEqual(await state(customerId), { balance: -18, open: [0, 18], owed: '0.00' })
})

test('the rest that is given up is the agency’s, and is revived when it is paid', async () => {
  const { customerId, send } = await bought()
  const options = [{ key: 'WRITE_OFF_REMAINING_DEBTS', value: 'true' }]
  await send({ paid: [10, 5], closure: { type: 'NEGATIVE', date, options } })
  assert.deepEqual(await state(customerId), { balance: 0, open: [0, 0], owed: '0.00' })
  await send({ paid: [10, 12] })
  assert.deepEqual(await state(customerId), { balance: 0, open: [0, 0], owed: '0.00' })
})
