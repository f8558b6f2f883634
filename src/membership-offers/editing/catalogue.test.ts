import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import {
  fullModule,
  fullPause,
  fullRate,
  fullSwitch,
  fullTextBlock,
  fullVoucher,
} from '../../../test/support/samples/catalogue-documents.ts'
import { monthly, year } from '../../../test/support/samples/offer-documents.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { membershipOffersModule } from '../index.ts'
import * as api from '../staff-api.ts'

let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp()
  staff = openStaff(app, membershipOffersModule)
})
after(() => app.close())

const addRate = async (more: object = {}) => (await staff.run(api.rates.import, {}, { name: 'Basic', ...more })).rateId
const addOffer = async (more: object = {}) => {
  const rateId = await addRate()
  const publications = [{ studioId: app.berlin.studioId, position: 1 }]
  const offer = { rateId, name: 'Basic 12', description: 'All of it', paymentChoices: ['CASH'], publications }
  return staff.run(api.offers.import, {}, { ...offer, terms: [year], ...more }).then(({ offerId }) => offerId as number)
}
const show = (offerId: number) => staff.run(api.offers.show, { offerId })

test('rates, modules, texts, pauses, vouchers and switches are read as they were written, too', async () => {
  const { run } = staff
  await run(api.saveRateCode, {}, { identifier: 'GOLD', name: 'Gold' })
  const { companyId } = await run(api.createCompany, {}, { name: 'ACME', countryCode: 'DE' })
  const refersTo = { studioId: app.berlin.studioId, rateId: await addRate(), companyId }
  const offerIds = [await addOffer(), await addOffer()].reverse()
  const kinds = [
    [api.idlePolicies, fullPause],
    [api.modules, fullModule(refersTo)],
    [api.vouchers, fullVoucher(refersTo, offerIds.slice(0, 1))],
    [api.switches, fullSwitch(refersTo, offerIds)],
    [api.textBlocks, fullTextBlock],
    [api.rates, fullRate(refersTo)],
  ] as const
  for (const [operations, document] of kinds) {
    const key = await run(operations.import, {}, document)
    const shown = await run(operations.show, key)
    assert.partialDeepStrictEqual(shown, document)
    assert.ok((await run(operations.list)).some(({ id }: { id: number }) => id === shown.id))
    await run(operations.import, {}, shown)
    assert.deepEqual({ ...(await run(operations.show, key)), version: 0 }, shown)
  }
})

test('a code of a voucher counts at once, in any case, and a code of another voucher is refused', async () => {
  const { run } = staff
  const discount = [{ type: 'PERCENTAGE', percentage: '10', effective: 'UNLIMITED' }]
  const add = async () =>
    (await run(api.vouchers.import, {}, { type: 'DISCOUNT', discountPeriods: discount })).voucherId
  const [voucherId, other] = [await add(), await add()]
  await run(api.saveCode, { voucherId }, { code: 'Summer-26', maxRedemptions: 5 })
  await run(api.saveCode, { voucherId }, { code: 'SUMMER-26', maxRedemptions: 7 })
  const refused = await staff.refuse(api.saveCode, { voucherId: other }, { code: 'summer-26' })
  assert.equal(refused.code, 'errormessage.catalogue.codeTaken')
  const { codes } = await run(api.drawCodes, { voucherId }, { count: 3, prefix: 'gym' })
  assert.ok(codes.every((code: string) => /^GYM[A-HJ-NP-Z2-9]{10}$/.test(code)))
  assert.deepEqual(await run(api.listCodes, { voucherId }), [
    { code: 'Summer-26', maxRedemptions: 7, redeemed: 0 },
    ...codes.map((code: string) => ({ code, maxRedemptions: 1, redeemed: 0 })),
  ])
  const offerId = await addOffer()
  const termId = (await show(offerId)).terms[0].id
  const contract = { contractOfferTermId: termId, startDate: '2026-07-01', voucherCode: 'sUMMER-26' }
  const customer = { ...staff.person, dateOfBirth: '1990-05-05' }
  const preview = await app.post('/v1/memberships/signup/preview', { contract, customer })
  assert.equal(preview.body.voucherType, 'DISCOUNT', preview.text)
})

test('ids that name nothing, or something of another tenant, are refused with their path', async () => {
  const stranger = app.stranger.studioId
  const rateId = await addRate()
  const refused = async (more: object) => {
    const { code, details } = await staff.refuse(
      api.offers.import,
      {},
      { rateId, name: 'X', description: 'X', terms: [year], ...more },
    )
    return [code, details.reference]
  }
  const format = 'errormessage.validation.format'
  assert.deepEqual(await refused({ rateId: 1 }), [format, 'rateId'])
  assert.deepEqual(await refused({ publications: [{ studioId: stranger }] }), [format, 'publications[0].studioId'])
  assert.deepEqual(await refused({ textBlocks: [{ textBlockId: 1 }] }), [format, 'textBlocks[0].textBlockId'])
  assert.deepEqual(await refused({ modules: [{ kind: 'INCLUDED', moduleId: 1 }] }), [format, 'modules[0].moduleId'])
  assert.deepEqual(await refused({ terms: [{ ...year, id: 1 }] }), [format, 'terms[0].id'])
  assert.deepEqual(await refused({ colour: 'red' }), [format, 'colour'])
  const unknown = await staff.refuse(api.offers.import, {}, { ...(await show(await addOffer())), id: 1 })
  assert.equal(unknown.code, 'errormessage.membershipOffer.notFound')
})

test('a module that an offer is billed with keeps the step of the rate', async () => {
  const weekly = { ...monthly, term: { value: 1, unit: 'WEEK' } }
  const { moduleId } = await staff.run(api.modules.import, {}, { name: 'Sauna', extensionType: 'NONE' })
  const modules = [{ moduleId, paymentFrequency: weekly }]
  await addOffer({ terms: [{ ...year, modules }] })
  const shown = await staff.run(api.modules.show, { moduleId })
  const refused = await staff.refuse(api.modules.import, {}, { ...shown, billingAlignment: 'MAIN_CONTRACT' })
  assert.equal(refused.code, 'errormessage.catalogue.offerDoesNotFit')
})

test('an amount must be possible in the currency of each studio that sells it', async () => {
  const precise = { ...monthly, price: '29.905' }
  const publications = [{ studioId: app.berlin.studioId }]
  const offer = { rateId: await addRate(), name: 'X', description: 'X', publications }
  const refused = await staff.refuse(
    api.offers.import,
    {},
    { ...offer, terms: [{ ...year, paymentFrequency: precise }] },
  )
  assert.deepEqual(
    [refused.code, refused.details.reference],
    ['errormessage.validation.moneyScale', 'terms[0].paymentFrequency.price'],
  )
})
