import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inArray } from 'drizzle-orm'
import { bookPayment, checkLedger } from '../../src/accounts/index.ts'
import { journalEntries } from '../../src/accounts/tables.ts'
import { importBankFile } from '../../src/payments/index.ts'
import { bankEntries } from '../../src/payments/tables.ts'
import { readBankCode } from '../../src/payments/returning/return-rules.ts'
import { returnPayment } from '../../src/payments/returning/returns.ts'
import { readMoney } from '../../src/platform/values/money.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { returned, toFile, writeCamt } from '../support/camt.ts'
import { addCollected } from '../support/scenes/collection-scene.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { runUnlocked } from '../support/unlocked.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'

// A payment is taken back once, and nothing that is paid meanwhile is lost.

const takeBack = (app: TestApp, paymentId: number) =>
  app.write((work) => returnPayment(work, { paymentId, kind: 'RETURN', ...readBankCode('AM04') }))

async function countReturns(app: TestApp) {
  const kinds = inArray(journalEntries.kind, ['RETURN', 'CHARGEBACK'])
  return (await app.read(({ db }) => db.select().from(journalEntries).where(kinds))).length
}

const transfer = (app: TestApp, customerId: number) => ({
  customerId,
  studioId: app.berlin.studioId,
  amount: readMoney('29.90', 'EUR', 'amount'),
  method: 'BANK_TRANSFER' as const,
  description: 'Transfer',
  journalKey: 'transfer',
})

async function returnTwice(app: TestApp) {
  // Nothing but the lock of the account keeps this payment: no run has collected it.
  const customerId = await addCustomer(app)
  const paymentId = await app.write((work) => bookPayment(work, transfer(app, customerId)))
  await Promise.allSettled([takeBack(app, paymentId), takeBack(app, paymentId)])
  return countReturns(app)
}

test('a payment that two messages return at once is returned once', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.equal(await returnTwice(app), 1)
  await assertBooksWhole(app)
})

test('control: without locks it is returned twice', () =>
  runUnlocked(
    {
      without: [
        'journal_entries.journal_entries_key_unique',
        'journal_entries.journal_entries_reversed_once',
        'credit_items.credit_items_reversed_within_amount',
        'credit_items.credit_items_remaining_within_amount',
      ],
      pauseBefore: /^insert into "journal_entries"/,
    },
    async (app) => assert.equal(await returnTwice(app), 2),
  ))

async function payAgainstReturn(app: TestApp) {
  const { paymentId, customerId } = await addCollected(app)
  const pay = () => app.write((work) => bookPayment(work, transfer(app, customerId)))
  await Promise.allSettled([takeBack(app, paymentId), pay()])
  return app.read(({ db }) => checkLedger(db))
}

test('a transfer settles what is returned at the same moment', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await payAgainstReturn(app), [])
})

test('control: without locks the claim stays open beside the credit', () =>
  runUnlocked({ pauseBefore: /^update "customer_accounts"/ }, async (app) =>
    assert.notDeepEqual(await payAgainstReturn(app), []),
  ))

test('two statements with the same returns, imported at once, book each of them once', async () => {
  await using app = await openTestApp(outOfTurn)
  const collected = [await addCollected(app), await addCollected(app), await addCollected(app)]
  const returns = collected.map(({ endToEndId }) => returned(endToEndId))
  const files = [writeCamt(returns), writeCamt(returns, { message: 'BkToCstmrStmt' })].map((xml) => toFile(xml))
  const importOne = (file: ReturnType<typeof toFile>) =>
    importBankFile(
      (work) => app.write(work),
      file,
      () => undefined,
    )
  await Promise.all([...files, ...files].map(importOne))
  assert.equal(await countReturns(app), 3)
  const entries = await app.read(({ db }) => db.select().from(bankEntries))
  const states = entries.map(({ state }) => state).toSorted()
  assert.deepEqual(states, ['DUPLICATE', 'DUPLICATE', 'DUPLICATE', 'RETURNED', 'RETURNED', 'RETURNED'])
  await assertBooksWhole(app)
})
