import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listEvents } from '../../../test/support/records.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { showClaims } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer, newPerson } from '../../../test/support/scenes/customers.ts'
import { addOffer, addOfferVoucher } from '../../../test/support/scenes/offer-world.ts'
import { entitlements } from '../../entitlements/tables.ts'
import { contractSignatures, contractTextConsents, subContracts } from '../tables.ts'

// Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0L9 9"/></svg>').toString('base64')
const starter = { name: 'Starter', starterPackage: true } as const

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
const status = async (customerId: number) => (await app.get(`/v1/customers/${customerId}`)).body.status

test('a newcomer signs up: customer, contract, claims and events come into being together', async () => {
  const { termId } = await addOffer(app, {
    modules: [{ name: 'Drinks', kind: 'INCLUDED' }],
    terms: [{ fees: [{ name: 'Card', frequency: { type: 'NON_RECURRING', price: '10.00', termValue: null } }] }],
  })
  const known = (await listEvents(app)).length
  const answer = await sign({ contractOfferTermId: termId, notes: 'x' })
  assert.equal(answer.status, 200, answer.text)
  const { customerId } = answer.body
  assert.equal(await status(customerId), 'MEMBER')
  const claims = await showClaims(app, readContractId(answer))
  assert.deepEqual(claims.slice(0, 2).toSorted(), ['SCHEDULED 2026-07-01 10.00', 'SCHEDULED 2026-07-01 30.00'])
  assert.equal(claims.length, 13)
  const events = (await listEvents(app)).slice(known)
  assert.deepEqual(
    events.map(({ type }) => type),
    ['CUSTOMER_CREATED', 'CONTRACT_CREATED', 'CUSTOMER_CHECKIN_STUDIOS_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_CREATED'],
  )
})

test('what the preview showed is what is charged, cent for cent', async () => {
  const { termId, optionalIds } = await addOffer(app, {
    offer: { preUseType: 'CHARGEABLE' },
    terms: [
      { fees: [starter], modules: [{ name: 'Sauna', frequency: { price: '7.50' } }], frequency: { price: '29.99' } },
    ],
  })
  await addOfferVoucher(app, {
    code: 'HALF',
    windows: [{ type: 'PERCENTAGE', percentage: '50', effective: 'TIME_BASED', termValue: 3, termUnit: 'MONTH' }],
  })
  const contract = {
    contractOfferTermId: termId,
    startDate: '2026-07-10',
    preuseDate: '2026-06-28',
    selectedOptionalModuleIds: optionalIds,
    voucherCode: 'half',
  }
  const { body } = await app.post('/v1/memberships/signup/preview', { contract, customer: newPerson() })
  const shown = body.paymentPreview.paymentSchedule.map(
    (line: { dueDate: string; amount: { amount: number } }) => `${line.dueDate} ${line.amount.amount.toFixed(2)}`,
  )
  const answer = await sign(contract)
  assert.equal(answer.status, 200, answer.text)
  const stored = await showClaims(app, readContractId(answer))
  assert.deepEqual(stored.map((claim) => claim.replace('SCHEDULED ', '')).toSorted(), shown.toSorted())
})

describe('signing is refused', () => {
  test('without a way of paying that the offer takes', async () => {
    const { termId } = await addOffer(app, { choices: ['SEPA'] })
    assert.equal(
      refusal(await sign({ contractOfferTermId: termId })),
      '400 membership.paymentChoiceNotAllowed customer.paymentRequestToken',
    )
  })

  test('with an employee, a referral or a voucher that is not there, in this order, and leaves nothing behind', async () => {
    const { termId } = await addOffer(app)
    const wish = { contractOfferTermId: termId, employeeId: 999_999, referralCode: 'NOBODY', voucherCode: 'NONE' }
    const person = newPerson()
    assert.equal(refusal(await sign(wish, person)), '400 membership.employeeNotFound employeeId')
    const { employeeId: _left, ...second } = wish
    assert.equal(refusal(await sign(second, person)), '400 membership.referralCodeInvalid referralCode')
    const { referralCode: _right, ...third } = second
    assert.equal(refusal(await sign(third, person)), '400 voucher.invalidCode voucherCode')
    assert.equal((await sign({ contractOfferTermId: termId }, person)).status, 200)
  })

  test('names the field of the person, and duplicates as creating a customer does', async () => {
    const { termId } = await addOffer(app)
    const bad = await sign({ contractOfferTermId: termId }, { email: 'nonsense' })
    assert.equal(bad.body.reference, 'customer.email')
    const person = newPerson()
    assert.equal((await sign({ contractOfferTermId: termId }, person)).status, 200)
    assert.equal(refusal(await sign({ contractOfferTermId: termId }, person)), '409 customer.duplicate')
  })

  test('without the signatures that the offer and its texts ask for', async () => {
    const { termId, blockIds } = await addOffer(app, {
      offer: { signaturesRequired: true },
      blocks: [{ hasSignature: true, confirmationRequired: true }, { confirmationRequired: true }],
    })
    const [first = 0] = blockIds
    const main = { contractSignature: { base64SvgSignature: drawing } }
    assert.equal(
      refusal(await sign({ contractOfferTermId: termId })),
      '400 membership.signatureMissing contractSignature',
    )
    assert.equal(
      refusal(await sign({ contractOfferTermId: termId, ...main })),
      '400 membership.signatureMissing textBlockSignatures',
    )
    const nonsense = { contractSignature: { base64SvgSignature: 'bm9uc2Vuc2U=' } }
    assert.equal(
      refusal(await sign({ contractOfferTermId: termId, ...nonsense })),
      '400 signature.invalid contractSignature.base64SvgSignature',
    )
    const textBlockSignatures = [{ textBlockId: first, base64SvgSignature: drawing }]
    const answer = await sign({ contractOfferTermId: termId, ...main, textBlockSignatures })
    assert.equal(answer.status, 200, answer.text)
    const contractId = readContractId(answer)
    const rows = await app.read(async ({ db }) => ({
      signatures: await db.select().from(contractSignatures).where(eq(contractSignatures.contractId, contractId)),
      consents: await db.select().from(contractTextConsents).where(eq(contractTextConsents.contractId, contractId)),
    }))
    assert.deepEqual([rows.signatures.length, rows.consents.length], [2, 2])
  })
})

test('a repeated call with the same key is answered the same, with the id of the contract', async () => {
  const { termId } = await addOffer(app)
  const person = newPerson()
  const headers = { 'idempotency-key': 'sign-up-1' }
  const first = await sign({ contractOfferTermId: termId }, person, headers)
  const again = await sign({ contractOfferTermId: termId }, person, headers)
  assert.equal(first.status, 200, first.text)
  assert.deepEqual([again.body, readContractId(again)], [first.body, readContractId(first)])
})

test('a further membership belongs to a customer of the studio', async () => {
  const { termId } = await addOffer(app)
  const foreign = await addCustomer(app, {}, { studio: app.hamburg })
  assert.equal(refusal(await add(foreign, { contractOfferTermId: termId })), '404 customer.notFound')
  const customerId = await addCustomer(app)
  const answer = await add(customerId, { contractOfferTermId: termId })
  assert.deepEqual([answer.status, answer.text, await status(customerId)], [200, '', 'MEMBER'])
})

test('a company pays its part in claims of its own, which the member does not see', async () => {
  const { termId } = await addOffer(app, { terms: [{ frequency: { price: '49.90' } }] })
  const split = { companySplitType: 'PERCENTAGE', companySplitPercentage: '33.33' } as const
  await addOfferVoucher(app, { code: 'ACME', type: 'COMPANY_FEE_SPLIT', company: 'Acme', ...split })
  const answer = await sign({ contractOfferTermId: termId, voucherCode: 'ACME' })
  assert.equal(answer.status, 200, answer.text)
  const { body } = await app.get(`/v1/customers/${answer.body.customerId}/account/transactions/upcoming?sliceSize=50`)
  assert.equal(body.result[0].amount.amount, 33.27)
  const all = await showClaims(app, readContractId(answer))
  assert.deepEqual(all.slice(0, 2).toSorted(), ['SCHEDULED 2026-07-01 16.63', 'SCHEDULED 2026-07-01 33.27'])
})

test('modules become module contracts, and the rate entitles to its services', async () => {
  const { termId, moduleIds } = await addOffer(app, {
    offer: { maxSelectable: 1 },
    modules: [
      { name: 'Towels', kind: 'SELECTABLE' },
      { name: 'Drinks', kind: 'INCLUDED' },
    ],
  })
  const answer = await sign({ contractOfferTermId: termId, selectedSelectableModuleIds: [moduleIds[0]] })
  assert.equal(answer.status, 200, answer.text)
  const contractId = readContractId(answer)
  const subs = await app.read(({ db }) => db.select().from(subContracts).where(eq(subContracts.contractId, contractId)))
  assert.deepEqual(subs.map(({ name, origin, committedEnd }) => `${name} ${origin} ${committedEnd}`).toSorted(), [
    'Drinks INCLUDED null',
    'Towels SELECTED null',
  ])
  assert.deepEqual(
    await app.read(({ db }) => db.select().from(entitlements).where(eq(entitlements.contractId, contractId))),
    [],
  )
})
