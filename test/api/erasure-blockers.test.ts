import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { eq } from 'drizzle-orm'
import { customerAccounts, dunningLevels } from '../../src/accounts/tables.ts'
import { checkIns } from '../../src/checkins/tables.ts'
import { eraseCustomer, listErasureBlockers } from '../../src/privacy/index.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { addLegalEntity } from '../support/scenes/accounts.ts'
import { addCustomer } from '../support/scenes/customers.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
  await addLegalEntity(app, ENTITY)
  const level = { id: LEVEL, studioId: app.berlin.studioId, no: 1, name: 'Level 1', daysOverdue: 7, currency: 'EUR' }
  await app.write(({ tx, now }) => tx.insert(dunningLevels).values({ ...level, createdAt: now, updatedAt: now }))
})
after(() => app.close())

const ENTITY = 7
const LEVEL = 8
const erase = (customerId: number) => app.write((work) => eraseCustomer(work, customerId))

/** A customer with an account at the legal entity, nothing on it unless said otherwise. */
async function addDebtor(account: Partial<typeof customerAccounts.$inferInsert>): Promise<number> {
  const customerId = await addCustomer(app)
  await app.write(({ tx, now }) =>
    tx.insert(customerAccounts).values({
      customerId,
      entityId: ENTITY,
      debtorId: `D${customerId}`,
      currency: 'EUR',
      createdAt: now,
      updatedAt: now,
      ...account,
    }),
  )
  return customerId
}

/** Erasing is refused for this reason and no other, whether one asks before or tries. */
async function assertBlocked(customerId: number, kind: string, entityId: number) {
  assert.deepEqual(await app.read((view) => listErasureBlockers(view, customerId)), [{ kind, entityId }])
  await assert.rejects(erase(customerId), {
    status: 409,
    code: 'errormessage.customer.erasureBlocked',
    details: { args: [{ type: 'STRING', value: `${kind} ${entityId}` }] },
  })
  assert.equal((await app.get(`/v1/customers/${customerId}`)).body.lastName, 'Lindner')
}

const accounts: [string, string, Partial<typeof customerAccounts.$inferInsert>][] = [
  ['who owes something', 'BALANCE', { balance: '-0.0100' }],
  ['to whom something is owed', 'BALANCE', { balance: '12.5000' }],
  ['with credit left to consume', 'CONSUMPTION_CREDIT', { consumptionCredit: '6.4000' }],
  ['who is being dunned', 'DUNNING', { dunningLevelId: LEVEL, dunnedOn: Temporal.PlainDate.from('2026-06-01') }],
  ['with a case at the collectors', 'COLLECTION', { openCases: 1 }],
  ['who is on hold for the collectors', 'COLLECTION', { collectionHold: true }],
]
for (const [who, kind, account] of accounts) {
  test(`a customer ${who} is not erased: ${kind}`, async () => {
    await assertBlocked(await addDebtor(account), kind, ENTITY)
  })
}

test('an account on which nothing stands keeps nobody, and goes with a prospect', async () => {
  const customerId = await addDebtor({})
  assert.deepEqual(await erase(customerId), { customerId, outcome: 'DELETED' })
})

test('a customer who is in the studio is not erased: OPEN_VISIT', async () => {
  const customerId = await addCustomer(app)
  const visitId = await app.write(async ({ tx, now }) => {
    const visit = { customerId, studioId: app.berlin.studioId, inSource: 'STAFF', checkedInAt: now } as const
    const [row] = await tx
      .insert(checkIns)
      .values({ ...visit, createdAt: now })
      .returning({ id: checkIns.id })
    return row?.id as number
  })
  await assertBlocked(customerId, 'OPEN_VISIT', visitId)
  await app.write(({ tx, now }) =>
    tx.update(checkIns).set({ checkedOutAt: now, outSource: 'STAFF' }).where(eq(checkIns.id, visitId)),
  )
  assert.deepEqual(await erase(customerId), { customerId, outcome: 'ANONYMISED' }, 'the visit stays')
})
