import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { assertLedgerWhole, selectAccount } from '../../test/support/scenes/accounts.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { allowPayments, card, mandate, openPayer } from '../../test/support/scenes/gateway-scene.ts'
import { openStaff } from '../../test/support/scenes/staff.ts'
import { addToken } from '../../test/support/scenes/payment-scene.ts'
import { chargeCustomer, creditClaim } from '../accounts/index.ts'
import { formatAmount, readMoney } from '../platform/values/money.ts'
import { findPaymentWay, paymentsModule } from './index.ts'
import * as staffApi from './staff-api.ts'
import { paymentInstruments } from './tables.ts'
import { defined } from '../platform/values/defined.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
  await allowPayments(app)
})
after(async () => {
  await assertLedgerWhole(app)
  await app.close()
})

const eur = (amount: string) => readMoney(amount, 'EUR', 'amount')
const balance = (customerId: number) =>
  app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))

function charge(customerId: number, amount: string) {
  const dueOn = Temporal.PlainDate.from('2026-06-01')
  const sale = { kind: 'SALE', chargeType: 'SALE', description: 'Drink', dueOn } as const
  const { studioId } = app.berlin
  const key = { customerId, studioId, amount: eur(amount), journalKey: `c:${customerId}:${amount}` }
  return app.write((work) => chargeCustomer(work, { ...sale, ...key }))
}

interface Pay {
  readonly customerId: number
  readonly token: string
  readonly amount: number
  readonly debtClaimIds?: readonly number[]
}
const pay = ({ customerId, token: paymentRequestToken, amount, debtClaimIds }: Pay) =>
  app.post(`/v1/customers/${customerId}/account/payment`, {
    paymentRequestToken,
    amount: { amount, currency: 'EUR' },
    ...defined({ debtClaimIds }),
  })

test('from the session to the balance: a payer authorises, and the account is paid', async () => {
  const customerId = await addCustomer(app)
  const claimId = await charge(customerId, '15.95')
  const payer = await openPayer(app, { scope: 'ECOM', amount: 15.95, customerId })
  const { token } = await payer.pay(card('4242424242424242'))
  const { status, text, headers } = await pay({ customerId, token, amount: 15.95, debtClaimIds: [claimId, claimId] })
  assert.deepEqual([status, text], [200, ''])
  assert.match(String(headers['x-palestra-payment-id']), /^\d+$/)
  const { body } = await app.get(`/v1/customers/${customerId}/account/balances`)
  assert.equal(body.accountBalance.amount, 0)
})

test('what cannot be paid is refused in order, and the token stays usable', async () => {
  const customerId = await addCustomer(app)
  const claimId = await charge(customerId, '20.00')
  const { token } = await addToken(app, { customerId })
  const code = async (wish: Omit<Pay, 'customerId' | 'token'>) =>
    (await pay({ customerId, token, ...wish })).body.errorCode
  assert.equal(await code({ amount: 0 }), 'errormessage.validation.min')
  assert.equal(await code({ amount: 20.001 }), 'errormessage.validation.moneyScale')
  assert.equal(await code({ amount: 19.99 }), 'errormessage.paymentToken.amountMismatch')
  assert.equal(await code({ amount: 20, debtClaimIds: [1] }), 'errormessage.debtClaim.notFound')
  const note = await app.write((work) => creditClaim(work, { claimId, journalKey: `n:${claimId}` }))
  assert.equal(await code({ amount: 20, debtClaimIds: [note ?? 0] }), 'errormessage.account.claimNotPayable')
  const path = `/v1/customers/${customerId}/account/payment`
  const francs = { paymentRequestToken: token, amount: { amount: 20, currency: 'CHF' } }
  assert.equal((await app.post(path, francs)).body.errorCode, 'errormessage.validation.currencyMismatch')
  assert.equal((await app.post(path, francs, { as: app.hamburg })).status, 404)
  assert.equal((await pay({ customerId, token, amount: 20 })).status, 200)
})

test('a stored card that is declined books nothing; the claims are judged before it is asked', async () => {
  const customerId = await addCustomer(app)
  const claimId = await charge(customerId, '20.00')
  const { token } = await addToken(app, { customerId, stored: true, behaviour: 'FAILS_LATER' })
  const wrong = await pay({ customerId, token, amount: 20, debtClaimIds: [1] })
  assert.equal(wrong.body.errorCode, 'errormessage.debtClaim.notFound')
  const declined = await pay({ customerId, token, amount: 20, debtClaimIds: [claimId] })
  assert.deepEqual([declined.status, declined.body.errorCode], [400, 'errormessage.payment.declined'])
  assert.equal(await balance(customerId), '-20.00')
})

test('a repeat with the key of the first call is answered like it, and pays once', async () => {
  const customerId = await addCustomer(app)
  const { token } = await addToken(app, { customerId })
  const body = { paymentRequestToken: token, amount: { amount: 20, currency: 'EUR' } }
  const send = () =>
    app.post(`/v1/customers/${customerId}/account/payment`, body, { headers: { 'idempotency-key': `k${customerId}` } })
  assert.deepEqual([(await send()).status, (await send()).status], [200, 200])
  assert.equal(await balance(customerId), '20.00')
})

test('a mandate replaces a card, and the customer shows its account', async () => {
  const customerId = await addCustomer(app)
  const change = async (body: object) => {
    const payer = await openPayer(app, { scope: 'MEMBER_ACCOUNT', amount: 0, customerId })
    const { token } = await payer.pay(body)
    const path = `/v1/customers/${customerId}/account/payment-instrument`
    assert.equal((await app.post(path, { paymentRequestToken: token })).status, 200)
  }
  await change(card('4111111111111111'))
  await change(mandate('DE89 3704 0044 0532 0130 00'))
  const rows = await app.read(({ db }) =>
    db
      .select()
      .from(paymentInstruments)
      .where(eq(paymentInstruments.customerId, customerId))
      .orderBy(paymentInstruments.id),
  )
  assert.deepEqual(
    rows.map(({ type, state, isRunDefault }) => [type, state, isRunDefault]),
    [
      ['CREDIT_CARD', 'REPLACED', false],
      ['SEPA', 'ACTIVE', true],
    ],
  )
  assert.match(rows[1]?.mandateRef ?? '', /^\d+-\d+-1$/)
  const { body } = await app.get(`/v1/customers/${customerId}`)
  assert.deepEqual(body.bankAccount, { accountHolder: 'Mara Lindner', iban: 'DE89370400440532013000' })
  await change({ paymentMethod: 'CASH' })
  assert.equal((await app.get(`/v1/customers/${customerId}`)).body.bankAccount, undefined)
})

test('staff let a customer who was charged pay by hand', async () => {
  const customerId = await addCustomer(app)
  const staff = openStaff(app, paymentsModule)
  await staff.run(staffApi.enterMandate, { customerId }, { iban: 'DE89370400440532013000', holder: 'Mara Lindner' })
  const choice = async () => (await app.write((work) => findPaymentWay(work, customerId))).choice
  assert.equal(await choice(), 'SEPA')
  await staff.run(staffApi.choosePayment, { customerId }, { choice: 'BANK_TRANSFER' }, { dryRun: true })
  assert.equal(await choice(), 'SEPA')
  await staff.run(staffApi.choosePayment, { customerId }, { choice: 'BANK_TRANSFER' })
  assert.equal(await choice(), 'BANK_TRANSFER')
  const charged = await app.read(({ db }) =>
    db.select().from(paymentInstruments).where(eq(paymentInstruments.customerId, customerId)),
  )
  assert.deepEqual(
    charged.map(({ isRunDefault }) => isRunDefault),
    [false],
  )
  const unknown = await staff.refuse(staffApi.choosePayment, { customerId: 999_999 }, { choice: 'CASH' })
  assert.equal(unknown.code, 'errormessage.customer.notFound')
})

test('an identity becomes one customer alone', async () => {
  const [one, other] = [await addCustomer(app), await addCustomer(app)]
  const first = await openPayer(app, { scope: 'MEMBER_ACCOUNT', amount: 0 })
  const second = await openPayer(app, { scope: 'MEMBER_ACCOUNT', amount: 0, finionPayCustomerId: first.identity })
  const change = async (customerId: number, payer: typeof first) => {
    const { token } = await payer.pay({ paymentMethod: 'CASH' })
    return app.post(`/v1/customers/${customerId}/account/payment-instrument`, { paymentRequestToken: token })
  }
  assert.equal((await change(one, first)).status, 200)
  const refused = await change(other, second)
  assert.deepEqual([refused.status, refused.body.errorCode], [400, 'errormessage.paymentToken.customerMismatch'])
})

test('a session is refused where its wish makes no sense', async () => {
  const open = async (wish: object, as = app.berlin) =>
    (await app.post('/v1/payments/user-session', { scope: 'ECOM', amount: 1, referenceText: 'x', ...wish }, { as }))
      .body
  assert.equal((await open({}, app.hamburg)).errorCode, 'errormessage.payment.featureInactive')
  assert.equal((await open({ amount: -1 })).errorCode, 'errormessage.validation.min')
  assert.equal((await open({ amount: 100_000 })).errorCode, 'errormessage.validation.max')
  assert.equal((await open({ referenceText: ' ' })).errorCode, 'errormessage.validation.required')
  assert.equal((await open({ referenceText: 'x'.repeat(256) })).errorCode, 'errormessage.validation.maxLength')
  assert.equal((await open({ permittedPaymentChoices: ['TWINT'] })).errorCode, 'errormessage.payment.noMethodAvailable')
  const customerId = await addCustomer(app)
  const stranger = await openPayer(app, { scope: 'ECOM', amount: 1 })
  const both = { customerId, finionPayCustomerId: stranger.identity }
  assert.equal((await open(both)).errorCode, 'errormessage.payment.customerIdsConflict')
  const nobody = '00000000-0000-4000-8000-000000000000'
  assert.equal((await open({ finionPayCustomerId: nobody })).errorCode, 'errormessage.paymentIdentity.notFound')
  const mine = await open({ customerId, permittedPaymentChoices: [] })
  assert.equal((await open({ customerId, finionPayCustomerId: mine.finionPayCustomerId })).token.length, 54)
  assert.match(mine.tokenValidUntil, /^2026-06-15T08:00:00\.000000Z$/)
})

test('customers are found by an account, whichever of the connected studios they belong to', async () => {
  const customerId = await addCustomer(app)
  const payer = await openPayer(app, { scope: 'MEMBER_ACCOUNT', amount: 0, customerId })
  const { token } = await payer.pay(mandate('DE35370400440532013002'))
  await app.post(`/v1/customers/${customerId}/account/payment-instrument`, { paymentRequestToken: token })
  const search = (type: string, bankAccountNumber: string, as = app.berlin) =>
    app.post('/v1/cross-studio/customers/search/by-payment-details', { type, bankAccountNumber }, { as })
  const { body } = await search('SEPA', 'de35 3704 0044 0532 0130 02', app.hamburg)
  assert.deepEqual([body.length, body[0].customer.id, body[0].customer.bankAccount], [1, customerId, undefined])
  assert.deepEqual(body[0].paymentDetails, {
    type: 'SEPA',
    accountHolder: 'Mara Lindner',
    iban: 'DE35370400440532013002',
    bankAccountNumber: '0532013002',
    bankCode: '37040044',
    bankCountryCode: 'DE',
  })
  assert.deepEqual((await search('SEPA', 'DE35370400440532013002', app.stranger)).body, [])
  const full = await search('CREDIT_CARD', '4242424242424242')
  assert.equal(full.body.errorCode, 'errormessage.paymentDetails.fullCardNumberNotAllowed')
  assert.equal((await search('SEPA', '123')).body.errorCode, 'errormessage.paymentDetails.accountNumberInvalid')
})
