import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listEvents } from '../../../test/support/records.ts'
import { addWaitingClaim, assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { StaffOperations } from '../../platform/staff/staff-operations.ts'
import type { StaffOperation } from '../../platform/staff/staff-operation.ts'
import { readMoney } from '../../platform/values/money.ts'
import { accountsModule, bookPayment } from '../index.ts'
import * as api from '../staff-api.ts'

let app: TestApp
before(async () => void (app = await openTestApp({ now: '2026-06-01T12:00:00+02:00' })))
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const operations = new StaffOperations()
accountsModule.staff?.(operations)
async function run(operation: StaffOperation, params: Record<string, unknown>, body?: object): Promise<any> {
  const actor = { kind: 'STAFF', id: 7 } as const
  const caller = { actor, tenantId: app.berlin.tenantId, traceId: '1'.repeat(32), permissions: 'ALL' } as const
  return (await operations.run(app.platform.units, caller, operation, { params, body, dryRun: false })).answer
}
const studio = () => ({ studioId: app.berlin.studioId })
const balances = async (customerId: number) => (await app.get(`/v1/customers/${customerId}/account/balances`)).body
const level = async (customerId: number) => (await balances(customerId)).dunningLevel
const isRefused = async (customerId: number) => (await app.get(`/v1/customers/${customerId}`)).body.accessRefusal
const typesSince = async (known: number) =>
  (await listEvents(app)).slice(known).flatMap(({ type }) => (type.includes('RESTRICTION') ? [type] : []))

test('who is late climbs one level after the other, pays fees, is kept out, and is let in as soon as nothing is late', async () => {
  const customerId = await addCustomer(app)
  await addWaitingClaim(app, { customerId, amount: '29.90', due: '2026-06-02' })
  await app.travelTo('2026-06-03T12:00:00+02:00')
  const { levels } = await run(api.listDunningLevels, {}, studio())
  assert.deepEqual(
    levels.map(({ no, name, daysOverdue }: any) => [no, name, daysOverdue]),
    [
      [1, 'Dunning Level 1', 7],
      [2, 'Dunning Level 2', 21],
      [3, 'Dunning Level 3', 35],
    ],
  )
  await run(api.setDunningLevel, { ...studio(), no: 2 }, { fee: '5.00', restrictAccess: true })
  await app.travelTo('2026-06-08T12:00:00+02:00')
  assert.equal(await level(customerId), undefined)
  await app.travelTo('2026-06-09T12:00:00+02:00')
  assert.equal(await level(customerId), 'Dunning Level 1')
  const known = (await listEvents(app)).length
  await app.travelTo('2026-06-23T12:00:00+02:00')
  const late = await balances(customerId)
  assert.deepEqual([late.dunningLevel, late.accountBalance.amount], ['Dunning Level 2', -34.9])
  assert.equal(await isRefused(customerId), true)
  const { customers } = await run(api.listOverdueCustomers, {}, studio())
  const shown = customers.find((each: any) => each.customerId === customerId)
  assert.deepEqual(shown, { customerId, overdue: '29.90', since: '2026-06-02', level: 'Dunning Level 2' })
  const { notices } = await run(api.listDunningNotices, { customerId })
  assert.deepEqual(
    notices.map(({ level: name, dunnedOn, overdue }: any) => [name, dunnedOn, overdue]),
    [
      ['Dunning Level 2', '2026-06-23', '29.90'],
      ['Dunning Level 1', '2026-06-09', '29.90'],
    ],
  )
  const pay = (amount: string, journalKey: string) =>
    app.write((work) =>
      bookPayment(work, {
        customerId,
        ...studio(),
        method: 'CASH',
        description: 'Paid',
        journalKey,
        amount: readMoney(amount, 'EUR', 'amount'),
      }),
    )
  await pay('20.00', 'part')
  assert.equal(await level(customerId), 'Dunning Level 2')
  await pay('14.90', 'rest')
  assert.equal(await level(customerId), undefined)
  assert.equal(await isRefused(customerId), false)
  assert.deepEqual(await typesSince(known), [
    'CUSTOMER_ACCESS_RESTRICTION_CREATED',
    'CUSTOMER_ACCESS_RESTRICTION_DELETED',
  ])
})

test('who is late again begins at the first level, and the night that is repeated reminds nobody twice', async () => {
  const customerId = await addCustomer(app)
  await addWaitingClaim(app, { customerId, amount: '10.00', due: '2026-06-24' })
  await app.travelTo('2026-07-01T12:00:00+02:00')
  assert.equal(await level(customerId), 'Dunning Level 1')
  await app.write((work) =>
    bookPayment(work, {
      customerId,
      ...studio(),
      method: 'CASH',
      description: 'Paid',
      journalKey: 'again',
      amount: readMoney('10.00', 'EUR', 'amount'),
    }),
  )
  await addWaitingClaim(app, { customerId, amount: '10.00', due: '2026-07-02' })
  await app.travelTo('2026-07-09T12:00:00+02:00')
  const { notices } = await run(api.listDunningNotices, { customerId })
  assert.deepEqual(
    notices.map(({ level: name }: any) => name),
    ['Dunning Level 1', 'Dunning Level 1'],
  )
})

test('a new level needs its name and days, and amounts below zero are refused', async () => {
  const fourth = { ...studio(), no: 4 }
  await assert.rejects(run(api.setDunningLevel, fourth, { fee: '1.00' }), { status: 400 })
  await assert.rejects(run(api.setDunningLevel, fourth, { name: 'Last', daysOverdue: 60, fee: '-1.00' }), {
    status: 400,
  })
  const { levelId } = await run(api.setDunningLevel, fourth, { name: 'Last', daysOverdue: 60 })
  assert.ok(levelId > 0)
})
