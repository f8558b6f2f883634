import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'drizzle-orm'
import { bookPayment } from '../../src/accounts/index.ts'
import { bookRun } from '../../src/payments/runs/booking.ts'
import { findRun } from '../../src/payments/runs/run-store.ts'
import { ApiError } from '../../src/platform/errors/errors.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { openRunScene, type RunScene } from '../support/scenes/run-scene.ts'
import { runUnlocked } from '../support/unlocked.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'

// A claim is collected once, whatever is drafted, exported and paid at the same time.

const findCode = (error: unknown) => (error instanceof ApiError ? error.code.split('.').at(-1) : String(error))
const outcomes = async (all: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(all))
    .map((each) => (each.status === 'fulfilled' ? 'done' : String(findCode(each.reason))))
    .toSorted((a, b) => a.localeCompare(b))

async function open(app: TestApp): Promise<RunScene> {
  const scene = await openRunScene(app)
  await scene.member()
  await scene.openBank()
  return scene
}

const countLive = async (app: TestApp) => {
  const [row] = await app.read(({ db }) =>
    db.select({ most: sql<number>`coalesce(max(runs), 0)::int` }).from(sql`(
      select count(*) as runs from payment_run_item_claims where is_live group by claim_id) live`),
  )
  return row?.most
}

async function draftTwice(app: TestApp) {
  const scene = await open(app)
  const members = [await scene.member(), await scene.member(), await scene.member()]
  // At once, so that connections are open for both drafts.
  await Promise.all(members.map((customerId) => scene.charge(customerId, '30.00')))
  const ended = await outcomes([scene.draft(), scene.draft()])
  return { ended, most: await countLive(app) }
}

test('of two drafts at once one has the claims, and the other finds nothing due', async () => {
  await using app = await openTestApp()
  assert.deepEqual(await draftTwice(app), { ended: ['done', 'nothingDue'], most: 1 })
})

test('control: without the rule of one live collection both drafts take every claim', async () => {
  const without = ['payment_run_item_claims.payment_run_item_claims_one_live']
  // What the one has taken is not committed yet when the other one looks for what is free.
  const pauseBefore = /^insert into "audit_log"|^commit/
  await runUnlocked({ without, pauseBefore }, async (app) => {
    const { ended, most } = await draftTwice(app)
    assert.deepEqual([ended, most], [['done', 'done'], 2])
  })
})

async function payBesideExport(app: TestApp) {
  const scene = await open(app)
  const customerId = await scene.member()
  const claimId = await scene.charge(customerId, '30.00')
  const runId = await scene.draft()
  const payment = {
    customerId,
    studioId: scene.studioId,
    amount: { minor: 3000n, currency: 'EUR' },
    method: 'CASH',
    description: 'Test',
    claimIds: [claimId],
    journalKey: 'beside-export',
  } as const
  const ended = await outcomes([app.write((work) => bookPayment(work, payment)), scene.step('export', runId)])
  const { state } = await scene.show(runId)
  return `${ended.join(' ')} ${state}`
}

test('a payment beside an export settles the claim, which then drops out, or is refused', async () => {
  await using app = await openTestApp()
  const possible = ['done done CANCELLED', 'claimInPaymentRun done EXPORTED']
  const found = await payBesideExport(app)
  assert.ok(possible.includes(found), found)
  await assertBooksWhole(app)
})

test('control: without locks a claim is paid and collected as well', async () => {
  const pauseBefore = /^(?:insert into "credit_items"|with parts as)/
  await runUnlocked({ pauseBefore }, async (app) => {
    assert.equal(await payBesideExport(app), 'done done EXPORTED')
  })
})

/** Two processes come to a run on its day; answers how many payments its two items have. */
async function bookTwice(app: TestApp) {
  const scene = await open(app)
  const members = [await scene.member(), await scene.member()]
  await Promise.all(members.map((customerId) => scene.charge(customerId, '30.00')))
  const runId = await scene.draft()
  await scene.step('export', runId)
  await scene.step('submit', runId)
  const run = await app.read(({ db }) => findRun(db, runId))
  assert.ok(run)
  const book = () => bookRun((work) => app.write(work), run, { goesOn: () => true })
  await Promise.all([book(), book()])
  const [row] = await app.read(({ db }) => db.select({ payments: sql<number>`count(*)::int` }).from(sql`payments`))
  return row?.payments
}

test('a run that two processes book at once has one payment for each item', async () => {
  await using app = await openTestApp()
  assert.equal(await bookTwice(app), 2)
  await assertBooksWhole(app)
})

test('control: without locks and rules of the database each item is booked twice', async () => {
  const without = [
    'payments.payments_run_item_unique',
    'payments.payments_provider_key_unique',
    'journal_entries.journal_entries_key_unique',
  ]
  await runUnlocked({ without, pauseBefore: /^insert into "payments"/ }, async (app) => {
    assert.equal(await bookTwice(app), 4)
  })
})
