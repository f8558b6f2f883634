import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addWaitingClaim, assertLedgerWhole, selectAccount, topUp } from '../../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { listEvents } from '../../../test/support/records.ts'
import { StaffOperations } from '../../platform/staff/staff-operations.ts'
import type { StaffOperation } from '../../platform/staff/staff-operation.ts'
import { formatAmount, readMoney } from '../../platform/values/money.ts'
import { accountsModule, bookPayment } from '../index.ts'
import * as api from '../staff-api.ts'
import { dayCloses } from '../tables.ts'
import { listRuns } from './billing-run-store.ts'

let app: TestApp
before(async () => void (app = await openTestApp({ now: '2026-06-01T12:00:00+02:00' })))
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const operations = new StaffOperations()
accountsModule.staff?.(operations)
const staff = { actor: { kind: 'STAFF', id: 7 }, traceId: '1'.repeat(32), permissions: 'ALL' } as const
async function run(operation: StaffOperation, params: Record<string, unknown>, body: object | undefined): Promise<any> {
  const caller = { ...staff, tenantId: app.berlin.tenantId }
  return (await operations.run(app.platform.units, caller, operation, { params, body, dryRun: false })).answer
}
const runs = () => app.read(({ db }) => listRuns(db, app.berlin.studioId, 50))
const latestRun = async () => (await runs())[0]
const balance = (customerId: number) =>
  app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))
const entries = async () => {
  const found = await app.read(({ db }) =>
    db
      .select({ day: sql<string>`booking_date::text`, kind: sql<string>`kind` })
      .from(
        sql`journal_entries where studio_id = ${app.berlin.studioId} and idempotency_key like 'claim:%' order by id`,
      ),
  )
  return found.map(({ day, kind }) => `${day} ${kind}`)
}
const closedDays = async () => {
  const rows = await app.read(({ db }) => db.select().from(dayCloses).orderBy(dayCloses.day))
  return rows.filter(({ studioId }) => studioId === app.berlin.studioId).map(({ day }) => day.toString())
}
const waiting = (customerId: number, amount: string, due: string) => addWaitingClaim(app, { customerId, amount, due })

test('what falls due is booked by night, once, oldest first, and credit of the account settles it', async () => {
  const [one, two, three] = [await addCustomer(app), await addCustomer(app), await addCustomer(app)]
  await waiting(one, '29.90', '2026-06-02')
  await waiting(one, '29.90', '2026-06-01')
  await waiting(two, '10.00', '2026-06-02')
  await waiting(two, '49.90', '2026-06-03')
  await waiting(three, '22.54', '2026-06-02')
  const amount = readMoney('40.00', 'EUR', 'amount')
  const payment = { customerId: one, studioId: app.berlin.studioId, method: 'CASH', description: 'Paid' } as const
  await app.write((work) => bookPayment(work, { ...payment, amount, journalKey: 'early' }))
  const known = (await listEvents(app)).length
  await app.travelTo('2026-06-02T02:29:59+02:00')
  assert.deepEqual(await entries(), [])
  await app.travelTo('2026-06-02T03:00:00+02:00')
  assert.deepEqual(
    await entries(),
    Array.from({ length: 4 }, () => '2026-06-02 CHARGE'),
  )
  assert.deepEqual([await balance(one), await balance(two), await balance(three)], ['-19.80', '-10.00', '-22.54'])
  const posted = (await listEvents(app)).slice(known).filter(({ type }) => type === 'DEBT_CLAIM_POSTED')
  assert.equal(posted.length, 4)
  const { studioId } = app.berlin
  const { state } = await run(api.startBillingRun, {}, { studioId })
  assert.equal(state, 'RUNNING')
  await app.travelTo('2026-06-02T03:10:00+02:00')
  assert.equal((await entries()).length, 4)
  const run02 = await latestRun()
  assert.deepEqual([run02?.state, run02?.done, run02?.failed], ['COMPLETED', 3, 0])
})

test('a charge below zero is booked as a credit note and settles what is open', async () => {
  const customerId = await addCustomer(app)
  await waiting(customerId, '39.00', '2026-06-03')
  await waiting(customerId, '-17.61', '2026-06-03')
  await app.travelTo('2026-06-03T04:00:00+02:00')
  assert.deepEqual((await entries()).slice(-2).toSorted(), ['2026-06-03 CHARGE', '2026-06-03 CREDIT_NOTE'])
  assert.equal(await balance(customerId), '-21.39')
})

test('a customer for whom nothing can be booked keeps nobody waiting, is tried again, and is left to staff', async () => {
  const [good, bad] = [await addCustomer(app), await addCustomer(app)]
  await waiting(good, '10.00', '2026-06-04')
  await waiting(bad, '0.00', '2026-06-04')
  await app.travelTo('2026-06-04T02:31:00+02:00')
  assert.deepEqual([await balance(good), await balance(bad)], ['-10.00', '0.00'])
  const failed = await latestRun()
  assert.deepEqual([failed?.state, failed?.done, failed?.failed], ['COMPLETED', 1, 1])
  const billingRunId = failed?.id ?? 0
  const failures = async () => (await run(api.listBillingFailures, { billingRunId }, undefined)).failures
  const [first] = await failures()
  assert.deepEqual([first.customerId, first.attempts], [bad, 1])
  assert.match(first.error, /journal_entries_balanced/)
  await app.travelTo('2026-06-04T20:00:00+02:00')
  const [last] = await failures()
  assert.deepEqual([last.attempts, last.retryAt], [5, undefined])
  await app.write(({ tx }) =>
    tx.execute(sql`update debt_claims set amount = 5, net = 5, tax = 0, open_amount = 5 where customer_id = ${bad}`),
  )
  await run(api.retryBillingRun, { billingRunId }, undefined)
  await app.travelTo('2026-06-04T20:01:00+02:00')
  assert.deepEqual([await failures(), await balance(bad)], [[], '-5.00'])
})

test('staff stop a run; the days before it stay open until it has gone on and ended', async () => {
  const customerId = await addCustomer(app)
  const { studioId } = app.berlin
  await waiting(customerId, '10.00', '2026-06-06')
  await app.travelTo('2026-06-06T01:00:00+02:00')
  const { billingRunId } = await run(api.startBillingRun, {}, { studioId })
  await run(api.stopBillingRun, { billingRunId }, undefined)
  await app.travelTo('2026-06-07T12:00:00+02:00')
  assert.equal(await balance(customerId), '-10.00', 'the run of the next day has booked it')
  assert.equal((await closedDays()).at(-1), '2026-06-04')
  await run(api.retryBillingRun, { billingRunId }, undefined)
  await app.travelTo('2026-06-08T12:00:00+02:00')
  assert.equal((await closedDays()).at(-1), '2026-06-07')
  await assert.rejects(run(api.stopBillingRun, { billingRunId }, undefined), { status: 409 })
  await assert.rejects(run(api.startBillingRun, {}, { studioId, date: '2026-06-09' }), { status: 400 })
})

test('nights that were missed are made up for, oldest first, each on its own day, and then their days are closed', async () => {
  const customerId = await addCustomer(app)
  for (const due of ['2026-06-10', '2026-06-11', '2026-06-12']) await waiting(customerId, '29.90', due)
  const before = (await entries()).length
  await app.travelTo('2026-06-10T01:00:00+02:00')
  await app.app.clocks.begin(app.berlin.tenantId, Temporal.Instant.from('2026-06-12T10:00:00+02:00'))
  await app.app.scheduler.runDue(app.berlin.tenantId)
  assert.deepEqual((await entries()).slice(before), ['2026-06-10 CHARGE', '2026-06-11 CHARGE', '2026-06-12 CHARGE'])
  assert.equal((await closedDays()).at(-1), '2026-06-11')
})

test('the night that has no half past two books and closes once, in order', async () => {
  await using spring = await openTestApp({ now: '2026-03-28T12:00:00+01:00' })
  const customerId = await addCustomer(spring)
  await topUp(spring, customerId, '5.00')
  await addWaitingClaim(spring, { customerId, amount: '9.90', due: '2026-03-29' })
  await spring.travelTo('2026-03-29T03:29:59+02:00')
  assert.deepEqual(await spring.read(({ db }) => listRuns(db, spring.berlin.studioId, 9)), [])
  await spring.travelTo('2026-03-29T03:30:00+02:00')
  const [night] = await spring.read(({ db }) => listRuns(db, spring.berlin.studioId, 9))
  assert.deepEqual([night?.runDate.toString(), night?.done, night?.state], ['2026-03-29', 1, 'COMPLETED'])
  const closed = await spring.read(({ db }) => db.select().from(dayCloses))
  assert.deepEqual(
    closed.filter(({ studioId }) => studioId === spring.berlin.studioId).map(({ day }) => day.toString()),
    ['2026-03-28'],
  )
})
