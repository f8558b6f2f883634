import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bookPayment, chargeCustomer, checkLedger, reverseCharge, spendCredit } from '../../src/accounts/index.ts'
import { ApiError } from '../../src/platform/errors/errors.ts'
import { formatAmount } from '../../src/platform/values/money.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { selectAccount, topUp } from '../support/scenes/accounts.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { runUnlocked } from '../support/unlocked.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'

// One account is changed by one unit at a time: what a unit reads of it holds until it has written.

const eur = (minor: bigint) => ({ minor, currency: 'EUR' })
const pauseBefore = /^update "customer_accounts"/

const findCode = (error: unknown) => (error instanceof ApiError ? error.code.split('.').at(-1) : String(error))
const outcomes = async (all: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(all))
    .map((each) => (each.status === 'fulfilled' ? 'done' : String(findCode(each.reason))))
    .toSorted((a, b) => a.localeCompare(b))

async function owing(app: TestApp) {
  const customerId = await addCustomer(app)
  const moved = { customerId, studioId: app.berlin.studioId, amount: eur(3000n), description: 'Test' }
  const sale = { kind: 'SALE', chargeType: 'SALE', journalKey: 'charge' } as const
  const claimId = await app.write((work) => chargeCustomer(work, { ...moved, ...sale }))
  const pay = (journalKey: string) =>
    app.write((work) => bookPayment(work, { ...moved, method: 'CASH', claimIds: [claimId], journalKey }))
  const balance = () => app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))
  return { customerId, claimId, pay, balance }
}

async function payTwice(app: TestApp) {
  const { pay, balance } = await owing(app)
  return { outcomes: await outcomes([pay('one'), pay('two')]), balance: await balance() }
}

test('of two payments for one claim the second one is refused', async () => {
  await using app = await openTestApp()
  assert.deepEqual(await payTwice(app), { outcomes: ['claimAlreadySettled', 'done'], balance: '0.00' })
  await assertBooksWhole(app)
})

test('control: without locks both payments settle the claim', async () => {
  await runUnlocked({ without: ['debt_claims.debt_claims_open_within_amount'], pauseBefore }, async (app) => {
    const { outcomes: ended } = await payTwice(app)
    assert.deepEqual(ended, ['done', 'done'])
  })
})

async function reverseBesidePayment(app: TestApp) {
  const { claimId, pay, balance } = await owing(app)
  await outcomes([pay('one'), app.write((work) => reverseCharge(work, claimId))])
  return balance()
}

test('a reversal beside a payment leaves what was paid as credit, or refuses the payment', async () => {
  await using app = await openTestApp()
  assert.ok(['30.00', '0.00'].includes(await reverseBesidePayment(app)))
  await assertBooksWhole(app)
})

test('control: without locks a claim is settled twice by a reversal beside a payment', async () => {
  const without = ['debt_claims.debt_claims_open_within_amount']
  await runUnlocked({ without, pauseBefore: /^insert into "allocations"/ }, async (app) => {
    await reverseBesidePayment(app)
    assert.notDeepEqual(await app.read(({ db }) => checkLedger(db)), [])
  })
})

async function spendTwice(app: TestApp) {
  const customerId = await addCustomer(app)
  await topUp(app, customerId, '6.40')
  const spend = (journalKey: string) => {
    const moved = { customerId, studioId: app.berlin.studioId, amount: eur(400n), description: 'Shake', journalKey }
    return app.write((work) => spendCredit(work, moved))
  }
  const ended = await outcomes([spend('one'), spend('two')])
  const { credit } = await app.read(({ db }) => selectAccount(db, customerId))
  return { ended, credit: formatAmount(credit) }
}

test('credit of 6.40 pays for one of two things at 4.00', async () => {
  await using app = await openTestApp()
  assert.deepEqual(await spendTwice(app), { ended: ['amountTooLarge', 'done'], credit: '2.40' })
  await assertBooksWhole(app)
})

test('control: without locks both are sold', async () => {
  await runUnlocked({ pauseBefore }, async (app) => {
    assert.deepEqual(await spendTwice(app), { ended: ['done', 'done'], credit: '-1.60' })
  })
})
