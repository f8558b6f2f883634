import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { desc, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listEvents } from '../../../test/support/records.ts'
import { assertLedgerWhole, selectAccount } from '../../../test/support/scenes/accounts.ts'
import { addAccount, addCharge, addCollected } from '../../../test/support/scenes/collection-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { findAccountState, listClaims, markInFlight, refundCredit } from '../../accounts/index.ts'
import { debtClaims, journalEntries, ledgerAccounts, postings } from '../../accounts/tables.ts'
import { ApiError } from '../../platform/errors/errors.ts'
import { formatAmount, readMoney } from '../../platform/values/money.ts'
import { findInstrument } from '../instruments/instrument-store.ts'
import { paymentRunItems, payments } from '../tables.ts'
import { readBankCode, readReason } from './return-rules.ts'
import { configureReturns } from './return-settings.ts'
import { restorePayment, type PaymentReturn, returnPayment } from './returns.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(async () => {
  await assertLedgerWhole(app)
  await app.close()
})

const eur = (amount: string) => readMoney(amount, 'EUR', 'amount')
const balance = (customerId: number) =>
  app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))
const takeBack = (paymentId: number, more: Partial<PaymentReturn> = {}) =>
  app.write((work) =>
    returnPayment(work, { paymentId, kind: 'RETURN', ...readReason('INSUFFICIENT_COVERING'), ...more }),
  )
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof ApiError ? error.code : error),
  )
const readClaims = (customerId: number) =>
  app.read(({ db }) => db.select().from(debtClaims).where(eq(debtClaims.customerId, customerId)).orderBy(debtClaims.id))

/** Lines of the latest entries, as role and amount. */
const latestLines = (entries: number) =>
  app.read(async ({ db }) => {
    const found = await db.select().from(journalEntries).orderBy(desc(journalEntries.id)).limit(entries)
    const shown = found.toReversed().map(async ({ id, kind }) => {
      const lines = await db
        .select({ role: ledgerAccounts.role, amount: postings.amount })
        .from(postings)
        .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, postings.accountId))
        .where(eq(postings.entryId, id))
        .orderBy(postings.lineNo)
      return [kind, ...lines.map(({ role, amount }) => `${role} ${Number(amount).toFixed(2)}`)]
    })
    return Promise.all(shown)
  })

test('a returned direct debit with the cost of the bank and a fee for the member', async () => {
  const { customerId, claimIds, instrumentId, itemId, paymentId } = await addCollected(app)
  assert.equal(await balance(customerId), '0.00')
  const { isNew, entryId } = await takeBack(paymentId, { cost: eur('3.20'), fee: '5.00', ...readBankCode('AM04') })
  assert.ok(isNew)
  assert.deepEqual(await latestLines(3), [
    ['RETURN', 'RECEIVABLE 29.90', 'BANK_TRANSIT -29.90'],
    ['BANK_COST', 'BANK_FEES 3.20', 'BANK_TRANSIT -3.20'],
    ['CHARGE', 'RECEIVABLE 5.00', 'FEE_INCOME -5.00'],
  ])
  assert.equal(await balance(customerId), '-34.90')
  const [claim, fee] = await readClaims(customerId)
  assert.deepEqual(
    [claim?.openAmount, claim?.latestRejectionReason, claim?.dueDate.toString()],
    ['29.9000', 'INSUFFICIENT_COVERING', '2026-06-01'],
  )
  assert.deepEqual(
    [fee?.kind, fee?.parentClaimId, fee?.description],
    ['BANK_FEE', claimIds[0], 'Gebühr für eine zurückgegebene Zahlung'],
  )
  const [instrument, [payment], [item]] = await app.read(async ({ db }) => [
    await findInstrument(db, instrumentId),
    await db.select().from(payments).where(eq(payments.id, paymentId)),
    await db.select().from(paymentRunItems).where(eq(paymentRunItems.id, itemId)),
  ])
  assert.deepEqual(
    [instrument?.state, payment?.state, item?.state, item?.rejectionReason],
    ['ACTIVE', 'REVERSED', 'RETURNED', 'INSUFFICIENT_COVERING'],
  )
  const events = (await listEvents(app)).filter((each) => each.customerId === customerId).map(({ type }) => type)
  assert.equal(events.filter((type) => type === 'CUSTOMER_PAYMENT_REJECTED').length, 1)
  assert.deepEqual(await takeBack(paymentId, { fee: '5.00' }), { entryId, isNew: false })
  assert.equal(await balance(customerId), '-34.90')
})

test('after some codes of a bank the account is out of use and the customer pays in cash; after others it stays', async () => {
  for (const code of ['AC01', 'AC04', 'AC06', 'AG01', 'MD01', 'MD07']) {
    const { customerId, instrumentId, paymentId } = await addCollected(app)
    await takeBack(paymentId, readBankCode(code))
    const [instrument, account] = await app.write(async (work) => [
      await findInstrument(work.tx, instrumentId),
      await findAccountState(work, customerId),
    ])
    assert.deepEqual([instrument?.state, instrument?.isRunDefault], ['INVALID', false], code)
    assert.equal(account?.paymentChoice, 'CASH')
  }
  for (const code of ['AM04', 'RC01', 'MD06', 'MS02', 'MS03', 'SL01', 'XX99', null]) {
    const { instrumentId, paymentId } = await addCollected(app)
    await takeBack(paymentId, readBankCode(code))
    const instrument = await app.read(({ db }) => findInstrument(db, instrumentId))
    assert.deepEqual([instrument?.state, instrument?.isRunDefault], ['ACTIVE', true], String(code))
  }
})

test('a studio sets the fee of a return; staff may ask for another one or for none', async () => {
  const { studioId } = app.berlin
  const balanceAfterReturn = async (more: Partial<PaymentReturn>) => {
    const { customerId, paymentId } = await addCollected(app)
    await takeBack(paymentId, more)
    return balance(customerId)
  }
  assert.equal(await balanceAfterReturn({}), '-29.90')
  await app.write((work) => configureReturns(work, studioId, { fee: '7.50' }))
  assert.equal(await balanceAfterReturn({}), '-37.40')
  assert.equal(await balanceAfterReturn({ fee: '0' }), '-29.90')
  assert.equal(await balanceAfterReturn({ fee: '1.00' }), '-30.90')
  assert.equal(await refusal(balanceAfterReturn({ fee: '-1.00' })), 'errormessage.validation.min')
  await app.write((work) => configureReturns(work, studioId, { fee: '0' }))
  assert.equal(await balanceAfterReturn({}), '-29.90')
})

test('what was refunded or corrected is not returned, and unknown payments are not found', async () => {
  const customerId = await addCustomer(app)
  const { paymentId } = await addCollected(app, { customerId, claimIds: [] })
  const refund = { customerId, studioId: app.berlin.studioId, amount: eur('29.90'), method: 'CASH' } as const
  await app.write((work) => refundCredit(work, { ...refund, description: 'Refund', journalKey: `r:${customerId}` }))
  assert.equal(await refusal(takeBack(paymentId)), 'errormessage.account.alreadyReversed')
  assert.equal(await refusal(takeBack(1)), 'errormessage.payment.notFound')
})

test('a dispute that is won books a new payment for what the old one had settled, once', async () => {
  const { customerId, claimIds, paymentId } = await addCollected(app)
  const restore = () => app.write((work) => restorePayment(work, paymentId))
  assert.equal(await refusal(restore()), 'errormessage.payment.notReturned')
  await takeBack(paymentId, { kind: 'CHARGEBACK', ...readReason('CHARGED_BACK') })
  const older = await addCharge(app, customerId, '10.00', '2026-05-01')
  const restored = await restore()
  assert.notEqual(restored, paymentId)
  assert.equal(await restore(), restored)
  assert.equal(await balance(customerId), '-10.00')
  const open = await app.read(({ db }) => listClaims(db, [...claimIds, older]))
  assert.deepEqual(
    open.map(({ id, openAmount }) => [id, openAmount]),
    [
      [older, 1000n],
      [claimIds[0], 0n],
    ],
  )
})

test('a payment that comes again does not settle what a payment run collects by then', async () => {
  const { customerId, claimIds, instrumentId, paymentId } = await addCollected(app)
  await takeBack(paymentId)
  const { itemId } = await addCollected(app, { customerId, claimIds, instrumentId, isUnderWay: true })
  await app.write(({ tx, now }) => markInFlight(tx, [{ itemId, claimId: claimIds[0] ?? 0 }], now))
  await app.write((work) => restorePayment(work, paymentId))
  const [claim] = await readClaims(customerId)
  assert.deepEqual([claim?.openAmount, claim?.inFlightItemId, await balance(customerId)], ['29.9000', itemId, '0.00'])
})

const steps = ['CHARGE', 'COLLECT', 'RETURN', 'RESTORE', 'RETURN_AGAIN'] as const
const call = fc.record({ kind: fc.constantFrom(...steps), cents: fc.integer({ min: 1, max: 9999 }), pick: fc.nat(20) })

test('payments, returns and collections again in any order: the books add up, and open is what was not paid', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 4, maxLength: 10 }), async (sequence) => {
      const customerId = await addCustomer(app)
      const instrumentId = await addAccount(app, customerId)
      const standing = new Map<number, { cents: number; isPaid: boolean }>()
      let owed = 0
      for (const { kind, cents, pick } of sequence) {
        const ids = [...standing.keys()]
        const paymentId = ids[pick % Math.max(ids.length, 1)] ?? 0
        const found = standing.get(paymentId)
        if (kind === 'CHARGE') {
          await addCharge(app, customerId, (cents / 100).toFixed(2))
          owed += cents
        } else if (kind === 'COLLECT') {
          const collected = await addCollected(app, {
            customerId,
            instrumentId,
            claimIds: [],
            amount: (cents / 100).toFixed(2),
          })
          standing.set(collected.paymentId, { cents, isPaid: true })
        } else if (kind === 'RESTORE') {
          if (!found || found.isPaid) assert.ok(await refusal(app.write((work) => restorePayment(work, paymentId))))
          else {
            standing.set(await app.write((work) => restorePayment(work, paymentId)), { ...found, isPaid: true })
            standing.delete(paymentId)
          }
        } else if (found) {
          assert.equal((await takeBack(paymentId)).isNew, found.isPaid)
          standing.set(paymentId, { ...found, isPaid: false })
        }
      }
      const paid = [...standing.values()].reduce((sum, each) => sum + (each.isPaid ? each.cents : 0), 0)
      assert.equal(await balance(customerId), ((paid - owed) / 100).toFixed(2))
      const open = (await readClaims(customerId)).reduce((sum, { openAmount }) => sum + Number(openAmount), 0)
      assert.equal(open.toFixed(2), (Math.max(owed - paid, 0) / 100).toFixed(2))
    }),
    { numRuns: 12 },
  )
})
