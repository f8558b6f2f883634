import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chargeCustomer } from '../../src/accounts/index.ts'
import { payments } from '../../src/payments/tables.ts'
import { ApiError } from '../../src/platform/errors/errors.ts'
import { formatAmount } from '../../src/platform/values/money.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { selectAccount } from '../support/scenes/accounts.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { addToken, payByToken } from '../support/scenes/payment-scene.ts'
import { runUnlocked } from '../support/unlocked.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'

// A token is used once, and a session by one of its tokens: the second is refused and has changed nothing.

const reason = (error: unknown) =>
  error instanceof ApiError ? JSON.stringify(error.details.args?.[0]?.value ?? error.code) : String(error)

async function race(app: TestApp, all: readonly Promise<unknown>[], customerId: number) {
  const settled = await Promise.allSettled(all)
  const outcomes = settled.map((each) => (each.status === 'fulfilled' ? 'PAID' : reason(each.reason)))
  const booked = await app.read(({ db }) => db.select().from(payments))
  const { balance } = await app.read(({ db }) => selectAccount(db, customerId))
  return { outcomes: outcomes.toSorted(), booked: booked.length, balance: formatAmount(balance) }
}

async function oneTokenTwice(app: TestApp) {
  const customerId = await addCustomer(app)
  const { token } = await addToken(app, { customerId })
  const pay = () => payByToken(app, { token, customerId, amount: '20.00' })
  return race(app, [pay(), pay()], customerId)
}

async function twoTokensOfOneSession(app: TestApp) {
  const customerId = await addCustomer(app)
  const { token, sessionId, identity } = await addToken(app, { customerId })
  const sibling = await addToken(app, { customerId, sessionId, identity })
  const pay = (each: string) => payByToken(app, { token: each, customerId, amount: '20.00' })
  return race(app, [pay(token), pay(sibling.token)], customerId)
}

test('a token that is sent twice at once pays once', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await oneTokenTwice(app), { outcomes: ['"ALREADY_USED"', 'PAID'], booked: 1, balance: '20.00' })
  await assertBooksWhole(app)
})

test('of two tokens of one session one pays', async () => {
  await using app = await openTestApp(outOfTurn)
  const { outcomes, booked, balance } = await twoTokensOfOneSession(app)
  assert.deepEqual([outcomes, booked, balance], [['"ALREADY_USED"', 'PAID'], 1, '20.00'])
  await assertBooksWhole(app)
})

async function twoTokensForOneClaim(app: TestApp) {
  const customerId = await addCustomer(app)
  const sale = { kind: 'SALE', chargeType: 'SALE', description: 'Drink', journalKey: 'drink' } as const
  const what = { customerId, studioId: app.berlin.studioId, amount: { minor: 2000n, currency: 'EUR' } }
  const claimId = await app.write((work) => chargeCustomer(work, { ...what, ...sale }))
  const tokens = [await addToken(app, { customerId }), await addToken(app, { customerId })]
  const pays = tokens.map(({ token }) => payByToken(app, { token, customerId, amount: '20.00', claimIds: [claimId] }))
  return { customerId, tokens, ...(await race(app, pays, customerId)) }
}

const paid = (outcomes: readonly string[]) => outcomes.filter((each) => each === 'PAID').length

test('of two tokens for one claim the second is refused and keeps its token', async () => {
  await using app = await openTestApp(outOfTurn)
  const { customerId, tokens, outcomes, booked, balance } = await twoTokensForOneClaim(app)
  assert.deepEqual([paid(outcomes), booked, balance], [1, 1, '0.00'])
  const again = await Promise.allSettled(
    tokens.map(({ token }) => payByToken(app, { token, customerId, amount: '20.00' })),
  )
  assert.equal(again.filter(({ status }) => status === 'fulfilled').length, 1)
  await assertBooksWhole(app)
})

test('control: without locks both tokens settle the claim', () =>
  runUnlocked(
    { without: ['debt_claims.debt_claims_open_within_amount'], pauseBefore: /^update "customer_accounts"/ },
    async (app) => assert.equal(paid((await twoTokensForOneClaim(app)).outcomes), 2),
  ))
