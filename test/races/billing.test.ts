import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'drizzle-orm'
import { bookPayment } from '../../src/accounts/index.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { addWaitingClaim } from '../support/scenes/accounts.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { openSecondApp } from '../support/second-app.ts'
import { runUnlocked } from '../support/unlocked.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'

// What is due is booked once, however many processes book, and whichever payments arrive meanwhile.

const night = Temporal.Instant.from('2026-06-16T03:00:00+02:00')

async function fiveClaims(app: TestApp) {
  const customers = [await addCustomer(app), await addCustomer(app), await addCustomer(app)] as const
  const [one, two, three] = customers
  const claims: number[] = []
  for (const [customerId, amount] of [
    [one, '29.90'],
    [one, '29.90'],
    [two, '10.00'],
    [two, '49.90'],
    [three, '22.54'],
  ] as const) {
    claims.push(await addWaitingClaim(app, { customerId, amount, due: '2026-06-16' }))
  }
  await app.app.scheduler.runDue(app.berlin.tenantId)
  await app.app.clocks.begin(app.berlin.tenantId, night)
  return { one, claims }
}

const countEntries = async (app: TestApp) => {
  const [row] = await app.read(({ db }) =>
    db
      .select({ entries: sql<number>`count(*)::float8`, total: sql<string>`sum(amount)::numeric(9,2)::text` })
      .from(sql`journal_entries e join postings p on p.entry_id = e.id and p.amount > 0 where kind = 'CHARGE'`),
  )
  return row
}

test('two processes that book one night book each charge once', async () => {
  await using app = await openTestApp(outOfTurn)
  await using other = await openSecondApp(app)
  await fiveClaims(app)
  other.platform.tenantClocks?.forget(app.berlin.tenantId)
  await Promise.all([app.app.scheduler, other.app.scheduler].map((each) => each.runDue(app.berlin.tenantId)))
  assert.deepEqual(await countEntries(app), { entries: 5, total: '142.24' })
  await assertBooksWhole(app)
})

test('control: without locks they book each charge twice', async () => {
  const without = ['journal_entries.journal_entries_key_unique']
  await runUnlocked({ without, pauseBefore: /^update "customer_accounts"/ }, async (app) => {
    await fiveClaims(app)
    const { scheduler } = app.app
    await Promise.all([scheduler.runDue(app.berlin.tenantId), scheduler.runDue(app.berlin.tenantId)])
    assert.equal((await countEntries(app))?.entries, 10)
  })
})

test('a charge that is paid while the night books it is booked once, and settled', async () => {
  await using app = await openTestApp(outOfTurn)
  const { one, claims } = await fiveClaims(app)
  const amount = { minor: 2990n, currency: 'EUR' }
  const payment = { customerId: one, studioId: app.berlin.studioId, amount, method: 'CASH', description: 'x' } as const
  const pay = app.write((work) =>
    bookPayment(work, { ...payment, claimIds: claims.slice(1, 2), journalKey: 'meanwhile' }),
  )
  await Promise.all([app.app.scheduler.runDue(app.berlin.tenantId), pay])
  assert.deepEqual((await countEntries(app))?.entries, 5)
  await assertBooksWhole(app)
})
