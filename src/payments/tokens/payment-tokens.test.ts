import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { assertLedgerWhole, selectAccount } from '../../../test/support/scenes/accounts.ts'
import { addCustomer, newPerson } from '../../../test/support/scenes/customers.ts'
import { addToken, payByToken } from '../../../test/support/scenes/payment-scene.ts'
import { openStaff } from '../../../test/support/scenes/staff.ts'
import { chargeCustomer, reversePayment } from '../../accounts/index.ts'
import { customerAccounts, debtClaims } from '../../accounts/tables.ts'
import { formatAmount, readMoney } from '../../platform/values/money.ts'
import { usableStudios } from './creation-token.ts'
import { checkPaymentTokens, consumeInstrument, consumePayment, paymentsModule } from '../index.ts'
import * as staffApi from '../staff-api.ts'
import { paymentIdentities, paymentInstruments, paymentRequests, payments, sandboxCharges } from '../tables.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(async () => {
  await assertLedgerWhole(app)
  await app.close()
})

const invalid = (reason: string) => ({
  status: 400,
  code: 'errormessage.paymentToken.invalid',
  details: { args: [{ type: 'ENUM', value: reason }], reference: 'paymentRequestToken' },
})
const balance = (customerId: number) =>
  app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))
const findPayment = (id: number) => app.read(({ db }) => db.select().from(payments).where(eq(payments.id, id)))
const findRequest = (id: number) =>
  app.read(async ({ db }) => (await db.select().from(paymentRequests).where(eq(paymentRequests.id, id)))[0])

function charge(customerId: number, amount: string) {
  const { studioId } = app.berlin
  const dueOn = Temporal.PlainDate.from('2026-06-01')
  const money = readMoney(amount, 'EUR', 'amount')
  const sale = { customerId, studioId, amount: money, description: 'Drink', kind: 'SALE', chargeType: 'SALE' } as const
  return app.write((work) => chargeCustomer(work, { ...sale, dueOn, journalKey: `charge:${customerId}:${amount}` }))
}

test('a token pays once, and the job collects the money afterwards', async () => {
  const customerId = await addCustomer(app)
  const claimId = await charge(customerId, '20.00')
  const { token, requestId } = await addToken(app, { customerId })
  const paymentId = await payByToken(app, { token, customerId, amount: '20.00', claimIds: [claimId] })
  assert.equal(await balance(customerId), '0.00')
  assert.equal((await findPayment(paymentId))[0]?.state, 'PENDING')
  assert.equal((await findRequest(requestId))?.state, 'CONSUMED')
  await assert.rejects(payByToken(app, { token, customerId, amount: '20.00' }), invalid('ALREADY_USED'))
  await app.travelTo('2026-06-15T09:00:01+02:00')
  assert.equal((await findPayment(paymentId))[0]?.state, 'SETTLED')
})

test('a use ends the session: what else was authorised in it is given up', async () => {
  const customerId = await addCustomer(app)
  const one = await addToken(app, { customerId })
  const other = await addToken(app, { customerId, sessionId: one.sessionId, identity: one.identity })
  await payByToken(app, { token: one.token, customerId, amount: '20.00' })
  await assert.rejects(payByToken(app, { token: other.token, customerId, amount: '20.00' }), invalid('ALREADY_USED'))
  assert.equal((await findRequest(other.requestId))?.state, 'CANCELLED')
})

test('a refused token stays as it was', async () => {
  const customerId = await addCustomer(app)
  const { token, requestId } = await addToken(app, { customerId, amount: '19.99' })
  await assert.rejects(payByToken(app, { token, customerId, amount: '20.00' }), {
    code: 'errormessage.paymentToken.amountMismatch',
    details: { args: [{ type: 'MONEY', value: { amount: 20, currency: 'EUR' } }], reference: 'paymentRequestToken' },
  })
  await assert.rejects(payByToken(app, { token, customerId: await addCustomer(app), amount: '19.99' }), {
    code: 'errormessage.paymentToken.customerMismatch',
  })
  await assert.rejects(payByToken(app, { token: 'x'.repeat(54), customerId, amount: '19.99' }), invalid('UNKNOWN'))
  assert.equal((await findRequest(requestId))?.state, 'PREAUTHED')
  await payByToken(app, { token, customerId, amount: '19.99' })
})

test('a known card is authorised when the token is used, and may be declined then', async () => {
  const customerId = await addCustomer(app)
  const claimId = await charge(customerId, '20.00')
  const poor = await addToken(app, { customerId, stored: true, behaviour: 'FAILS_LATER' })
  await assert.rejects(payByToken(app, { token: poor.token, customerId, amount: '20.00', claimIds: [claimId] }), {
    code: 'errormessage.payment.declined',
    details: { args: [{ type: 'ENUM', value: 'AUTHORIZATION_DECLINED' }], reference: 'paymentRequestToken' },
  })
  assert.equal((await findRequest(poor.requestId))?.state, 'FAILED')
  assert.equal(await balance(customerId), '-20.00')
  const good = await addToken(app, { customerId, stored: true, identity: poor.identity })
  const paymentId = await payByToken(app, { token: good.token, customerId, amount: '20.00', claimIds: [claimId] })
  assert.equal(await balance(customerId), '0.00')
  assert.equal((await findPayment(paymentId))[0]?.state, 'PENDING')
})

test('money that never comes opens the claims again, with the reason', async () => {
  const customerId = await addCustomer(app)
  const claimId = await charge(customerId, '20.00')
  const { token, requestId } = await addToken(app, { customerId })
  await app.write(async ({ tx }) => {
    const key = tx
      .select({ key: paymentRequests.providerKey })
      .from(paymentRequests)
      .where(eq(paymentRequests.id, requestId))
    await tx.update(sandboxCharges).set({ state: 'VOIDED' }).where(eq(sandboxCharges.key, key))
  })
  const paymentId = await payByToken(app, { token, customerId, amount: '20.00', claimIds: [claimId] })
  await app.travelTo('2026-06-15T09:00:02+02:00')
  assert.equal((await findPayment(paymentId))[0]?.state, 'FAILED')
  assert.equal(await balance(customerId), '-20.00')
  const [claim] = await app.read(({ db }) => db.select().from(debtClaims).where(eq(debtClaims.id, claimId)))
  assert.equal(claim?.latestRejectionReason, 'AUTHORIZATION_DECLINED')
  const staff = openStaff(app, paymentsModule)
  const failed = async (studioId?: number) => (await staff.run(staffApi.listFailedPayments, {}, { studioId })).payments
  const shown = { paymentId, customerId, amount: '20.00', currency: 'EUR', reason: 'AUTHORIZATION_DECLINED' }
  const failedAt = '2026-06-15T07:00:02Z'
  assert.deepEqual(await failed(app.berlin.studioId), [{ ...shown, failedAt }])
  assert.deepEqual([(await failed()).length, await failed(app.hamburg.studioId)], [1, []])
})

test('a slow capture is asked for again with the same key', async () => {
  const customerId = await addCustomer(app)
  const { token } = await addToken(app, { customerId, behaviour: 'CAPTURES_SLOWLY' })
  const paymentId = await payByToken(app, { token, customerId, amount: '20.00' })
  await app.travelTo('2026-06-15T09:00:03+02:00')
  const [waiting] = await findPayment(paymentId)
  assert.deepEqual([waiting?.state, waiting?.attempts], ['PENDING', 1])
  await app.travelTo('2026-06-15T09:01:00+02:00')
  assert.equal((await findPayment(paymentId))[0]?.state, 'SETTLED')
})

test('a contested card is charged back a day later, and the claim is open again', async () => {
  const customerId = await addCustomer(app)
  const claimId = await charge(customerId, '20.00')
  const { token } = await addToken(app, { customerId, behaviour: 'DISPUTED' })
  const paymentId = await payByToken(app, { token, customerId, amount: '20.00', claimIds: [claimId] })
  await app.travelTo('2026-06-15T09:01:01+02:00')
  assert.equal((await findPayment(paymentId))[0]?.state, 'SETTLED')
  await app.travelTo('2026-06-16T09:02:00+02:00')
  assert.equal((await findPayment(paymentId))[0]?.state, 'REVERSED')
  assert.equal(await balance(customerId), '-20.00')
})

test('what staff take back before it was collected is never collected', async () => {
  const customerId = await addCustomer(app)
  const { token } = await addToken(app, { customerId })
  const paymentId = await payByToken(app, { token, customerId, amount: '20.00' })
  const mistake = { paymentId, kind: 'PAYMENT_CORRECTION', description: 'Mistake' } as const
  await app.write((work) => reversePayment(work, mistake))
  await app.travelTo('2026-06-16T09:03:00+02:00')
  assert.equal((await findPayment(paymentId))[0]?.state, 'REVERSED')
  const charges = await app.read(({ db }) => db.select().from(sandboxCharges))
  const [row] = await findPayment(paymentId)
  assert.equal(charges.find(({ key }) => key === row?.providerKey)?.state, 'VOIDED')
})

test('a customer who comes with a token is charged by what it brings', async () => {
  const instrument = { scope: 'MEMBER_ACCOUNT', amount: '0.00' } as const
  const { token, identity, instrumentId } = await addToken(app, instrument)
  const { body } = await app.post('/v1/customers/create', { ...newPerson(), paymentRequestToken: token })
  const { customerId } = body
  const [row] = await app.read(({ db }) =>
    db
      .select()
      .from(paymentInstruments)
      .where(eq(paymentInstruments.id, instrumentId ?? 0)),
  )
  assert.deepEqual([row?.state, row?.isRunDefault, row?.customerId], ['ACTIVE', true, customerId])
  const [linked] = await app.read(({ db }) =>
    db.select().from(paymentIdentities).where(eq(paymentIdentities.id, identity)),
  )
  assert.equal(linked?.customerId, customerId)
  const [account] = await app.read(({ db }) =>
    db.select().from(customerAccounts).where(eq(customerAccounts.customerId, customerId)),
  )
  assert.equal(account?.paymentChoice, 'CREDIT_CARD')
  const again = await app.post('/v1/customers/create', { ...newPerson(), paymentRequestToken: token })
  assert.deepEqual([again.status, again.body.errorCode], [400, 'errormessage.paymentToken.invalid'])
})

test('two sessions of one payer bring a way of paying and the first payment, whichever was opened first', async () => {
  const { studioId } = app.berlin
  for (const isPaymentFirst of [true, false]) {
    const customerId = await addCustomer(app)
    const instrument = { scope: 'MEMBER_ACCOUNT', amount: '0.00' } as const
    const first = await addToken(app, isPaymentFirst ? {} : instrument)
    const second = await addToken(app, { identity: first.identity, ...(isPaymentFirst ? instrument : {}) })
    const [pays, brings] = isPaymentFirst ? [first, second] : [second, first]
    const uses = [
      { token: brings.token, reference: 'paymentRequestToken', purpose: 'INSTRUMENT', customerId: 'NEW' },
      {
        token: pays.token,
        reference: 'initialPaymentRequestToken',
        purpose: 'PAYMENT',
        customerId: 'NEW',
        expected: [readMoney('20.00', 'EUR', 'amount')],
      },
    ] as const
    const paymentId = await app.write(async (work) => {
      const [bringing, paying] = await checkPaymentTokens(work, uses, usableStudios(work, studioId))
      if (!bringing || !paying) throw new Error('A checked token is missing.')
      await consumeInstrument(work, bringing, customerId, { isNew: true })
      return consumePayment(work, paying, { customerId, studioId, description: 'First payment' })
    })
    assert.equal((await findPayment(paymentId))[0]?.customerId, customerId)
    assert.equal(await balance(customerId), '20.00')
  }
})

test('the same token in two fields is refused', async () => {
  const { token } = await addToken(app, { scope: 'MEMBER_ACCOUNT', amount: '0.00' })
  const use = { token, reference: 'paymentRequestToken', purpose: 'INSTRUMENT', customerId: 'NEW' } as const
  const check = app.write((work) => checkPaymentTokens(work, [use, use], [app.berlin.studioId]))
  await assert.rejects(check, invalid('DUPLICATE'))
})
