import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { assertLedgerWhole, selectAccount } from '../../../test/support/scenes/accounts.ts'
import { showClaims } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer, newPerson } from '../../../test/support/scenes/customers.ts'
import { addOffer, addOfferVoucher } from '../../../test/support/scenes/offer-world.ts'
import { addToken } from '../../../test/support/scenes/payment-scene.ts'
import { formatAmount } from '../../platform/values/money.ts'

// Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const starter = { name: 'Starter', starterPackage: true } as const
const dueNow = ['STARTER_PACKAGE', 'FIRST_CONTRACT_FEE'] as const
const sign = (contract: object, customer: object = {}, headers: Record<string, string> = {}) =>
  app.post(
    '/v1/memberships/signup',
    { contract: { startDate: '2026-07-01', ...contract }, customer: { ...newPerson(), ...customer } },
    { headers },
  )
const add = (customerId: number, contract: object) =>
  app.post(`/v1/memberships/customers/${customerId}/add-membership`, { startDate: '2026-07-01', ...contract })
const readContractId = ({ headers }: { headers: Readonly<Record<string, unknown>> }) => Number(headers['x-contract-id'])
const refusal = ({ status, body }: { status: number; body: { errorCode?: string; reference?: string } }) =>
  `${status} ${body.errorCode?.replace('errormessage.', '')} ${body.reference ?? ''}`.trim()
const balance = (customerId: number) =>
  app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))

test('a missing first payment is refused with the name of the field where its token belongs, when the token was sent in another one', async () => {
  const { termId } = await addOffer(app, {
    choices: ['CASH', 'CREDIT_CARD'],
    terms: [{ fees: [starter], dueOnSigning: [...dueNow] }],
  })
  const { token } = await addToken(app, { amount: '69.00' })
  const misplaced = { contractOfferTermId: termId, paymentRequestToken: token }
  const named = ({ body }: { body: { errorCode: string; errorMessage: string } }) =>
    `${body.errorCode} ${/\w+(\.\w+)*Token/.exec(body.errorMessage)?.[0]}`
  assert.equal(
    named(await sign(misplaced)),
    'errormessage.membership.initialPaymentMissing contract.initialPaymentRequestToken',
  )
  const { token: instrument } = await addToken(app, { amount: '0.00', scope: 'MEMBER_ACCOUNT' })
  const customerId = await addCustomer(app)
  assert.equal(
    named(await add(customerId, { contractOfferTermId: termId, paymentRequestToken: instrument })),
    'errormessage.membership.initialPaymentMissing initialPaymentRequestToken',
  )
})

const offer = () =>
  addOffer(app, { choices: ['CASH', 'CREDIT_CARD'], terms: [{ fees: [starter], dueOnSigning: [...dueNow] }] })

test('must be paid by a token of exactly this amount', async () => {
  const { termId } = await offer()
  assert.equal(
    refusal(await sign({ contractOfferTermId: termId })),
    '400 membership.initialPaymentMissing contract.initialPaymentRequestToken',
  )
  const wrong = await addToken(app, { amount: '68.99' })
  const person = newPerson()
  const refused = await sign({ contractOfferTermId: termId, initialPaymentRequestToken: wrong.token }, person)
  assert.equal(refusal(refused), '400 paymentToken.amountMismatch contract.initialPaymentRequestToken')
  const { token } = await addToken(app, { amount: '69.00' })
  const answer = await sign({ contractOfferTermId: termId, initialPaymentRequestToken: token }, person)
  assert.equal(answer.status, 200, answer.text)
  assert.equal(await balance(answer.body.customerId), '0.00')
  const claims = await showClaims(app, readContractId(answer))
  assert.equal(claims.filter((claim) => claim.startsWith('POSTED 2026-06-15')).length, 2)
  assert.equal(
    refusal(await sign({ contractOfferTermId: termId, initialPaymentRequestToken: token })),
    '400 paymentToken.invalid contract.initialPaymentRequestToken',
  )
})

test('a payment where nothing is due is refused', async () => {
  const { termId } = await addOffer(app)
  const { token } = await addToken(app, { amount: '10.00' })
  assert.equal(
    refusal(await sign({ contractOfferTermId: termId, initialPaymentRequestToken: token })),
    '400 paymentToken.amountMismatch contract.initialPaymentRequestToken',
  )
})

test('is paid as a whole by the token beside a voucher whose credit is left', async () => {
  const { termId } = await offer()
  for (const [code, creditValue, left] of [
    ['PART', '35.00', '35.00'],
    ['WHOLE', '69.00', '69.00'],
  ] as const) {
    await addOfferVoucher(app, { code, type: 'CREDIT', creditValue })
    const { token } = await addToken(app, { amount: '69.00' })
    const answer = await sign({
      contractOfferTermId: termId,
      voucherCode: code,
      initialPaymentRequestToken: token,
    })
    assert.equal(answer.status, 200, answer.text)
    assert.equal(await balance(answer.body.customerId), left)
  }
})

test('both tokens of one payer are used: one says how to pay, one pays', async () => {
  const { termId } = await offer()
  const card = await addToken(app, { scope: 'MEMBER_ACCOUNT', amount: '0.00' })
  const first = await addToken(app, { amount: '69.00', identity: card.identity })
  const answer = await sign(
    { contractOfferTermId: termId, initialPaymentRequestToken: first.token },
    { paymentRequestToken: card.token },
  )
  assert.equal(answer.status, 200, answer.text)
  assert.equal(await balance(answer.body.customerId), '0.00')
})

test('credit of the account pays it, in part or as a whole', async () => {
  const { termId } = await offer()
  await addOfferVoucher(app, { code: 'GIFT', type: 'CREDIT', creditValue: '100.00' })
  const { termId: free } = await addOffer(app)
  const customerId = await addCustomer(app)
  assert.equal((await add(customerId, { contractOfferTermId: free, voucherCode: 'GIFT' })).status, 200)
  assert.equal(await balance(customerId), '100.00')
  const answer = await add(customerId, { contractOfferTermId: termId })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(await balance(customerId), '31.00')
  const { token } = await addToken(app, { amount: '38.00', customerId })
  assert.equal((await add(customerId, { contractOfferTermId: termId, initialPaymentRequestToken: token })).status, 200)
  assert.equal(await balance(customerId), '0.00')
})
