import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { assertLedgerWhole, selectAccount } from '../../../test/support/scenes/accounts.ts'
import { showClaims } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { addOffer, addOfferVoucher } from '../../../test/support/scenes/offer-world.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { bookPayment } from '../../accounts/index.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { contractsModule } from '../index.ts'
import * as api from './staff-api.ts'

// Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp()
  staff = openStaff(app, contractsModule)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const start = { startDate: '2026-07-01' }
const mandate = { iban: 'DE89370400440532013000', holder: 'Mara Lindner' }
const sign = (customerId: number, wish: object, how = {}) =>
  staff.run(api.signContract, { customerId }, { ...start, ...wish }, how)
const refuse = async (customerId: number, wish: object) => {
  const { status, code, details } = await staff.refuse(api.signContract, { customerId }, { ...start, ...wish })
  const [first] = details.violations ?? []
  return `${status} ${code.replace('errormessage.', '')} ${details.reference ?? first?.reference ?? ''}`.trim()
}
const listContracts = async (customerId: number) => (await app.get(`/v1/customers/${customerId}/contracts`)).body
const balance = (customerId: number) =>
  app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))

test('a dry run shows what the preview of the API shows and leaves nothing; the signing is what it has shown', async () => {
  const customerId = await addCustomer(app)
  const { termId, optionalIds } = await addOffer(app, {
    terms: [{ modules: [{ name: 'Sauna', frequency: { price: '7.50' } }], frequency: { price: '29.99' } }],
  })
  await addOfferVoucher(app, {
    code: 'DESK',
    windows: [{ type: 'PERCENTAGE', percentage: '50', effective: 'TIME_BASED', termValue: 3, termUnit: 'MONTH' }],
  })
  const wish = {
    ...start,
    contractOfferTermId: termId,
    selectedOptionalModuleIds: optionalIds,
    voucherCode: 'desk',
    notes: 'At the desk',
  }
  const path = `/v1/memberships/customers/${customerId}/add-membership/preview`
  const { paymentPreview } = (await app.post(path, wish)).body
  const { contractId: _imagined, ...shown } = await sign(customerId, wish, { dryRun: true })
  assert.deepEqual(shown.paymentPreview, paymentPreview)
  assert.deepEqual(await listContracts(customerId), [])
  const known = (await listEvents(app)).length
  const { contractId, ...signed } = await sign(customerId, { ...wish, reason: 'Came in by herself' })
  assert.deepEqual(signed, shown)
  const stored = (await showClaims(app, contractId)).map((claim) => claim.replace('SCHEDULED ', ''))
  const lines = paymentPreview.paymentSchedule.map(
    (line: { dueDate: string; amount: { amount: number } }) => `${line.dueDate} ${line.amount.amount.toFixed(2)}`,
  )
  assert.deepEqual(stored.toSorted(), lines.toSorted())
  const [contract] = await listContracts(customerId)
  assert.deepEqual([contract.id, contract.contractOrigin], [contractId, 'WEBCLIENT'])
  assert.deepEqual(
    (await listEvents(app)).slice(known).map(({ type }) => type),
    ['CONTRACT_CREATED', 'CUSTOMER_CHECKIN_STUDIOS_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_CREATED', 'CUSTOMER_UPDATED'],
  )
  const line = (await listAudit(app)).find(
    ({ action, entityId }) => action === 'contract.signed' && entityId === contractId,
  )
  assert.deepEqual(line?.diff?.['reason'], [null, 'Came in by herself'])
})

test('what is due on signing stays open, or is paid at the desk less the credit of the account', async () => {
  const { termId: contractOfferTermId } = await addOffer(app, { terms: [{ dueOnSigning: ['FIRST_CONTRACT_FEE'] }] })
  const owing = await addCustomer(app)
  assert.equal((await sign(owing, { contractOfferTermId })).open.amount, 30)
  assert.equal(await balance(owing), '-30.00')
  const paying = await addCustomer(app)
  const gift = { customerId: paying, studioId: app.berlin.studioId, method: 'CASH', description: 'Gift' } as const
  const amount = { minor: 1000n, currency: 'EUR' }
  await app.write((work) => bookPayment(work, { ...gift, amount, journalKey: `gift:${paying}` }))
  assert.equal((await sign(paying, { contractOfferTermId, paidBy: 'CASH' })).open.amount, 0)
  assert.equal(await balance(paying), '0.00')
})

test('what is due is paid at the desk as it was shown, and credit of a voucher is left; it pays what stays open', async () => {
  const { termId: contractOfferTermId } = await addOffer(app, { terms: [{ dueOnSigning: ['FIRST_CONTRACT_FEE'] }] })
  await addOfferVoucher(app, { code: 'CREDIT', type: 'CREDIT', creditValue: '40.00', maxRedemptions: 2 })
  const wish = { contractOfferTermId, voucherCode: 'CREDIT' }
  const paying = await addCustomer(app)
  const { open, paymentPreview } = await sign(paying, { ...wish, paidBy: 'CASH' })
  assert.deepEqual([paymentPreview.dueOnSigningAmount.amount, open.amount, await balance(paying)], [30, 0, '40.00'])
  const owing = await addCustomer(app)
  assert.equal((await sign(owing, wish)).open.amount, 0)
  assert.equal(await balance(owing), '10.00')
})

test('a customer pays in a way that the offer takes: as before, by hand, or by a mandate that comes with the signing', async () => {
  const { termId: contractOfferTermId } = await addOffer(app, { choices: ['SEPA'] })
  const customerId = await addCustomer(app)
  assert.equal(await refuse(customerId, { contractOfferTermId }), '400 membership.paymentChoiceNotAllowed')
  const typo = { ...mandate, iban: 'DE89370400440532013001' }
  assert.equal(await refuse(customerId, { contractOfferTermId, mandate: typo }), '400 validation.format mandate.iban')
  assert.equal(await refuse(customerId, { contractOfferTermId, mandate, paysBy: 'CASH' }), '400 validation.enum paysBy')
  assert.deepEqual(await listContracts(customerId), [])
  await sign(customerId, { contractOfferTermId, mandate })
  // The account stays as it is: the next contract needs no other one.
  await sign(customerId, { contractOfferTermId })
  const byTransfer = await addOffer(app, { choices: ['BANK_TRANSFER'] })
  await sign(customerId, { contractOfferTermId: byTransfer.termId, paysBy: 'BANK_TRANSFER' })
  assert.equal((await listContracts(customerId)).length, 3)
})

test('what has to be signed was signed on paper, which is on record', async () => {
  const customerId = await addCustomer(app)
  const { termId: contractOfferTermId } = await addOffer(app, {
    offer: { signaturesRequired: true },
    blocks: [{ confirmationRequired: true, hasSignature: true }],
  })
  assert.equal(await refuse(customerId, { contractOfferTermId }), '400 membership.signatureMissing contractSignature')
  const { contractId } = await sign(customerId, { contractOfferTermId, signedOnPaper: true })
  const line = (await listAudit(app)).find(
    ({ action, entityId }) => action === 'contract.signed' && entityId === contractId,
  )
  assert.deepEqual(line?.diff?.['signedOnPaper'], [null, true])
})

test('the rules of a further membership bind staff too', async () => {
  const customerId = await addCustomer(app)
  const { termId: contractOfferTermId } = await addOffer(app)
  const unsold = await addOffer(app, { position: null })
  const elsewhere = await addCustomer(app, {}, { studio: app.hamburg })
  const stranger = await addCustomer(app, {}, { studio: app.stranger })
  const refusals = [
    await refuse(999_999, { contractOfferTermId }),
    await refuse(stranger, { contractOfferTermId }),
    await refuse(elsewhere, { contractOfferTermId }),
    await refuse(customerId, { contractOfferTermId: unsold.termId }),
    await refuse(customerId, { contractOfferTermId, startDate: '2020-01-01' }),
    await refuse(customerId, { contractOfferTermId, selectedSelectableModuleIds: [999_999] }),
    await refuse(customerId, { contractOfferTermId, employeeId: 999_999 }),
    await refuse(customerId, { contractOfferTermId, referralCode: 'NOBODY' }),
    await refuse(customerId, { contractOfferTermId, voucherCode: 'NONE' }),
  ]
  assert.deepEqual(refusals, [
    '404 customer.notFound',
    '404 customer.notFound',
    '400 membership.offerTermNotFound contractOfferTermId',
    '400 membership.offerTermNotFound contractOfferTermId',
    '400 membership.startDateInvalid startDate',
    '400 membership.moduleNotFound selectedSelectableModuleIds',
    '400 membership.employeeNotFound employeeId',
    '400 membership.referralCodeInvalid referralCode',
    '400 voucher.invalidCode voucherCode',
  ])
})
