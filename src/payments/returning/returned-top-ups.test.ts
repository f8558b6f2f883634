import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listEvents } from '../../../test/support/records.ts'
import { assertLedgerWhole, selectAccount } from '../../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { bookPayment, type PaymentMethod, reverseCreditEntry, spendCredit, topUpCredit } from '../../accounts/index.ts'
import { debtClaims, journalEntries, ledgerAccounts, postings } from '../../accounts/tables.ts'
import { ApiError } from '../../platform/errors/errors.ts'
import { formatAmount, readMoney } from '../../platform/values/money.ts'
import { type ReturnedTopUp, returnTopUp } from './returned-top-ups.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(async () => {
  await assertLedgerWhole(app)
  await app.close()
})

let keys = 0
const move = (customerId: number, amount: string) => ({
  customerId,
  studioId: app.berlin.studioId,
  amount: readMoney(amount, 'EUR', 'amount'),
  description: 'Credit',
  journalKey: `top-up-test:${++keys}`,
})

/** A customer who has topped up 20.00. */
async function addTopUp(method: PaymentMethod = 'DIRECT_DEBIT') {
  const customerId = await addCustomer(app)
  const entryId = await app.write((work) => topUpCredit(work, { ...move(customerId, '20.00'), method }))
  return { customerId, entryId }
}

const takeBack = (entryId: number, more: Partial<ReturnedTopUp> = {}) =>
  app.write((work) => returnTopUp(work, { entryId, kind: 'RETURN', reason: 'INSUFFICIENT_COVERING', ...more }))
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof ApiError ? error.code : error),
  )

/** Balance and prepaid credit. */
const funds = (customerId: number) =>
  app.read(async ({ db }) => {
    const { balance, credit } = await selectAccount(db, customerId)
    return [formatAmount(balance), formatAmount(credit)]
  })
const readClaims = (customerId: number) =>
  app.read(({ db }) => db.select().from(debtClaims).where(eq(debtClaims.customerId, customerId)).orderBy(debtClaims.id))

const listLines = (entryId: number) =>
  app.read(async ({ db }) => {
    const lines = await db
      .select({ kind: journalEntries.kind, role: ledgerAccounts.role, amount: postings.amount })
      .from(postings)
      .innerJoin(journalEntries, eq(journalEntries.id, postings.entryId))
      .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, postings.accountId))
      .where(eq(postings.entryId, entryId))
      .orderBy(postings.lineNo)
    return lines.map(({ kind, role, amount }) => `${kind} ${role} ${Number(amount).toFixed(2)}`)
  })

test('a returned top-up is owed, with the fee, and what was topped up stays, spent or not', async () => {
  const { customerId, entryId } = await addTopUp()
  await app.write((work) => spendCredit(work, move(customerId, '15.00')))
  const back = await takeBack(entryId, { fee: '5.00', cost: '3.20' })
  assert.ok(back.isNew)
  assert.deepEqual(await listLines(back.entryId), ['RETURN RECEIVABLE 20.00', 'RETURN BANK_TRANSIT -20.00'])
  assert.deepEqual(await funds(customerId), ['-25.00', '5.00'])
  const [claim, fee] = await readClaims(customerId)
  assert.deepEqual(
    [claim?.id, claim?.kind, claim?.openAmount, claim?.tax, claim?.latestRejectionReason, claim?.description],
    [back.claimId, 'PRINCIPAL_CLAIM', '20.0000', '0.0000', 'INSUFFICIENT_COVERING', 'Zurückgegebene Aufladung'],
  )
  assert.deepEqual([fee?.kind, fee?.amount, fee?.parentClaimId], ['BANK_FEE', '5.0000', back.claimId])
  const costs = await app.read(({ db }) => db.select().from(journalEntries).where(eq(journalEntries.kind, 'BANK_COST')))
  assert.equal(costs.length, 1)
  const events = (await listEvents(app)).filter((each) => each.customerId === customerId).map(({ type }) => type)
  assert.equal(events.filter((type) => type === 'CUSTOMER_PAYMENT_REJECTED').length, 1)
})

test('a second return of a top-up changes nothing', async () => {
  const { customerId, entryId } = await addTopUp('CREDIT_CARD')
  const first = await takeBack(entryId, { kind: 'CHARGEBACK', reason: 'CHARGED_BACK', fee: '5.00' })
  assert.deepEqual(await listLines(first.entryId), ['CHARGEBACK RECEIVABLE 20.00', 'CHARGEBACK PSP_CLEARING -20.00'])
  assert.deepEqual(await takeBack(entryId, { fee: '7.00', cost: '1.00' }), { ...first, isNew: false })
  assert.deepEqual(await funds(customerId), ['-25.00', '20.00'])
  const events = (await listEvents(app)).filter((each) => each.customerId === customerId).map(({ type }) => type)
  assert.equal(events.filter((type) => type === 'CUSTOMER_PAYMENT_REJECTED').length, 1)
})

test('credit of the account settles what a returned top-up leaves', async () => {
  const { customerId, entryId } = await addTopUp()
  const method = 'CASH' as const
  await app.write((work) => bookPayment(work, { ...move(customerId, '12.00'), method }))
  const { claimId } = await takeBack(entryId, { fee: '0' })
  assert.deepEqual(await funds(customerId), ['-8.00', '20.00'])
  assert.deepEqual(
    (await readClaims(customerId)).map(({ id, openAmount }) => [id, openAmount]),
    [[claimId, '8.0000']],
  )
})

test('a top-up is either returned or corrected', async () => {
  const corrected = await addTopUp()
  await app.write((work) => reverseCreditEntry(work, corrected.entryId, 'Typed twice'))
  assert.equal(await refusal(takeBack(corrected.entryId)), 'errormessage.account.alreadyReversed')
  const returned = await addTopUp()
  await takeBack(returned.entryId)
  const correction = app.write((work) => reverseCreditEntry(work, returned.entryId, 'Typed twice'))
  assert.equal(await refusal(correction), 'errormessage.account.alreadyReversed')
  assert.deepEqual(await funds(returned.customerId), ['-20.00', '20.00'])
})

test('only money that came through a bank or card scheme is returned', async () => {
  const { customerId, entryId } = await addTopUp('CASH')
  assert.equal(await refusal(takeBack(entryId)), 'errormessage.journalEntry.notFound')
  const spent = await app.write((work) => spendCredit(work, move(customerId, '5.00')))
  assert.equal(await refusal(takeBack(spent)), 'errormessage.journalEntry.notFound')
  assert.equal(await refusal(takeBack(1)), 'errormessage.journalEntry.notFound')
  const { entryId: ours } = await addTopUp()
  const foreign = app.write(
    (work) => returnTopUp(work, { entryId: ours, kind: 'RETURN', reason: 'OTHER' }),
    app.stranger,
  )
  assert.equal(await refusal(foreign), 'errormessage.journalEntry.notFound')
})

test('two returns of a top-up at once charge it once', async () => {
  const { customerId, entryId } = await addTopUp()
  const both = await Promise.all([takeBack(entryId), takeBack(entryId)])
  assert.deepEqual(new Set(both.map(({ isNew }) => isNew)), new Set([false, true]))
  assert.deepEqual(await funds(customerId), ['-20.00', '20.00'])
})
