import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatAmount } from '../../src/platform/values/money.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { deviceScene } from '../support/scenes/device-scene.ts'
import { selectAccount, topUp } from '../support/scenes/accounts.ts'
import { runUnlocked } from '../support/unlocked.ts'
import { visitScene } from '../support/scenes/visit-scene.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'

// A transaction id has at most one charge and one top-up, however many requests name it at once.

const AT_ONCE = 6
const transactionId = '70000000-0000-4000-8000-000000000001'

async function buyer(app: TestApp) {
  const { machine, card, member } = { ...deviceScene(app), ...visitScene(app) }
  const customerId = await member()
  await topUp(app, customerId, '6.40')
  const [bar, identification] = [await machine(), await card(customerId)]
  const credit = () => app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).credit))
  const sendAtOnce = async (path: string, more: object) => {
    const body = { identification, transactionId, ...more }
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => bar.post(path, body)))
    return answers.map(({ status }) => status)
  }
  return { post: bar.post, identification, credit, sendAtOnce }
}

/** The same sale many times at once, as after lost answers; what is left of 6.40. */
async function sellAtOnce(app: TestApp) {
  const { post, identification, credit, sendAtOnce } = await buyer(app)
  await post('vending/identification', { identification, transactionId })
  const statuses = await sendAtOnce('vending/sale', { productId: '1', price: 1.29 })
  return { statuses, credit: await credit() }
}

/** The same top-up many times at once; what there is then. */
async function topUpAtOnce(app: TestApp) {
  const { credit, sendAtOnce } = await buyer(app)
  const statuses = await sendAtOnce('vending/revalue', { amount: 5.25 })
  return { statuses, credit: await credit() }
}

const done = Array.from({ length: AT_ONCE }, () => 204)

test('a sale that is sent many times at once is charged once, and every machine gets the answer that it is done', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await sellAtOnce(app), { statuses: done, credit: '5.11' })
  await assertBooksWhole(app)
})

test('control: without locks one sale is charged several times', async () => {
  const without = ['journal_entries.journal_entries_key_unique']
  await runUnlocked({ without, pauseBefore: /^update "customer_accounts"/ }, async (app) => {
    assert.ok(Number((await sellAtOnce(app)).credit) < 5.11)
  })
})

test('a top-up that is sent many times at once adds once', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await topUpAtOnce(app), { statuses: done, credit: '11.65' })
  await assertBooksWhole(app)
})

test('control: without locks and index one top-up adds several times', async () => {
  const without = ['vending_transactions.vending_transactions_id_unique', 'journal_entries.journal_entries_key_unique']
  await runUnlocked({ without, pauseBefore: /^update "customer_accounts"/ }, async (app) => {
    assert.ok(Number((await topUpAtOnce(app)).credit) > 11.65)
  })
})
