import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listAudit } from '../../../test/support/records.ts'
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

const monthly = { type: 'RECURRING', term: { value: 1, unit: 'MONTH' }, price: '29.90' }
const year = {
  term: { value: 12, unit: 'MONTH' },
  paymentFrequency: monthly,
  extensionType: 'TERM_EXTENSION',
  extensionTerm: { value: 1, unit: 'MONTH' },
  cancelationPeriod: { value: 1, unit: 'MONTH' },
}

const addRate = async (more: object = {}) => (await staff.run(api.rates.import, {}, { name: 'Basic', ...more })).rateId
const addOffer = async (more: object = {}) => {
  const rateId = await addRate()
  const publications = [{ studioId: app.berlin.studioId, position: 1 }]
  const offer = { rateId, name: 'Basic 12', description: 'All of it', paymentChoices: ['CASH'], publications }
  return staff.run(api.offers.import, {}, { ...offer, terms: [year], ...more }).then(({ offerId }) => offerId as number)
}
const show = (offerId: number) => staff.run(api.offers.show, { offerId })
const listed = async () => (await app.get('/v1/memberships/membership-offers')).body as { id: number; terms: any[] }[]
const find = async (offerId: number) => (await listed()).find(({ id }) => id === offerId)

test('an offer that staff import is sold as the document says, and the audit log has it', async () => {
  const before = (await listAudit(app)).length
  const offerId = await addOffer()
  const offer = await find(offerId)
  assert.deepEqual(offer?.terms[0].term, { value: 12, unit: 'MONTH' })
  assert.deepEqual(offer?.terms[0].paymentFrequency.price, { amount: 29.9, currency: 'EUR' })
  const lines = (await listAudit(app)).slice(before)
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['rate.created', 'membershipOffer.created'],
  )
})

test('what show prints is what import reads: everything that an offer can have stays as it was', async () => {
  const { blockId } = await staff.run(api.textBlocks.import, {}, { title: 'Terms', text: 'The rules\nof the house' })
  const { moduleId } = await staff.run(
    api.modules.import,
    {},
    { name: 'Sauna', extensionType: 'NONE', paymentFrequencies: [{ paymentFrequency: monthly }] },
  )
  const next = (await show(await addOffer())).terms[0].id
  const offerId = await addOffer({
    subDescription: 'With a line',
    footnote: 'And another',
    preUseType: 'CHARGEABLE',
    limitedFrom: '2026-01-01',
    limitedTo: '2027-12-31',
    signaturesRequired: true,
    maxSelectable: 1,
    minAge: 16,
    maxAge: 99,
    paymentChoices: ['CASH', 'SEPA'],
    textBlocks: [{ textBlockId: blockId, onlyWithVoucher: true }],
    modules: [{ moduleId, kind: 'SELECTABLE', textBlockId: blockId }],
    terms: [
      {
        ...year,
        extensionFixedTerm: { value: 3, unit: 'MONTH' },
        priceAfterExtension: '25.00',
        cancelationStrategy: 'RECEIPT_DATE',
        extensionCancelationPeriod: { value: 2, unit: 'WEEK' },
        startRule: 'IN_DAYS',
        startDays: 7,
        startOfUseRule: 'FIXED_DATE',
        startOfUseDate: '2026-06-15',
        dueOnSigning: ['STARTER_PACKAGE', 'FIRST_CONTRACT_FEE'],
        ageEvaluation: 'CONTRACT_START',
        paymentFrequency: {
          ...monthly,
          paidPeriodCalc: 'NORMALIZATION_ON_CALENDAR_UNIT',
          ages: [{ startAge: 16, endAge: 24, type: 'PERCENTAGE', percentage: '12.5' }],
        },
        studioPrices: [{ studioId: app.hamburg.studioId, paymentFrequency: { ...monthly, price: '34.90' } }],
        priceRules: [
          {
            type: 'RAISE',
            chargeAdjustmentType: 'RELATIVE',
            value: '5',
            firstAfter: { value: 6, unit: 'MONTH' },
            recurrence: { value: 6, unit: 'MONTH' },
            maxOccurrences: 2,
          },
        ],
        flatFees: [
          {
            identifier: 'START',
            name: 'Starter',
            starterPackage: true,
            firstBookingDelay: { value: 0, unit: 'DAY' },
            paymentFrequency: { type: 'NON_RECURRING', price: '39.00' },
          },
        ],
        bonusPeriods: [
          { bonus: { value: 2, unit: 'WEEK' }, strategy: 'CONTRACT_START', runtimeExtensionType: 'WITH_EXTENSION' },
        ],
        modules: [{ moduleId, paymentFrequency: monthly }],
      },
      {
        ...year,
        extensionType: 'SUBSEQUENT_RATE_DETAIL',
        extensionTerm: undefined,
        subsequentTermId: next,
        paymentFrequency: {
          type: 'MONTH_DAY',
          recurring: true,
          entries: [{ month: 2, day: 29, price: '60.00' }],
        },
      },
      {
        ...year,
        paymentFrequency: { type: 'TERM_BASED', entries: [{ offset: { value: 0, unit: 'MONTH' }, price: '50.00' }] },
      },
    ],
  })
  const shown = await show(offerId)
  const [first] = shown.terms
  assert.equal(first.startDays, 7)
  assert.deepEqual(first.paymentFrequency.ages, [{ startAge: 16, endAge: 24, type: 'PERCENTAGE', percentage: '12.5' }])
  assert.equal(first.priceRules[0].value, '5')
  await staff.run(api.offers.import, {}, shown)
  const again = await show(offerId)
  assert.deepEqual({ ...again, version: 0 }, { ...shown, version: 0 })
})

test('a term that the document leaves out goes, one that was sold stays and cannot be signed', async () => {
  const offerId = await addOffer({ terms: [year, { ...year, term: { value: 24, unit: 'MONTH' } }, year] })
  const shown = await show(offerId)
  const [kept, sold, unsold] = shown.terms
  await staff.sell(sold.id)
  await staff.run(api.offers.import, {}, { ...shown, terms: [kept] })
  const { terms } = await show(offerId)
  assert.deepEqual(
    terms.map(({ id, active }: { id: number; active: boolean }) => [id, active]).sort(),
    [
      [kept.id, true],
      [sold.id, false],
    ].sort(),
  )
  assert.ok(!terms.some(({ id }: { id: number }) => id === unsold.id))
  assert.equal((await find(offerId))?.terms.length, 1)
})

test('a term that another one goes on with is not removed', async () => {
  const offerId = await addOffer({ terms: [year, year] })
  const shown = await show(offerId)
  const follows = { extensionType: 'SUBSEQUENT_RATE_DETAIL', extensionTerm: undefined }
  await addOffer({ terms: [{ ...year, ...follows, subsequentTermId: shown.terms[1].id }] })
  const refused = await staff.refuse(api.offers.import, {}, { ...shown, terms: [shown.terms[0]] })
  assert.equal(refused.code, 'errormessage.catalogue.inUse')
})

test('terms that follow each other never lead back, and a circle in the database is read once', async () => {
  const a = await show(await addOffer())
  const b = await show(await addOffer())
  const follow = (offer: any, termId: number) => {
    const [{ extensionTerm: _own, ...term }] = offer.terms
    return { ...offer, terms: [{ ...term, extensionType: 'SUBSEQUENT_RATE_DETAIL', subsequentTermId: termId }] }
  }
  await staff.run(api.offers.import, {}, follow(a, b.terms[0].id))
  const refused = await staff.refuse(api.offers.import, {}, follow(b, a.terms[0].id))
  assert.deepEqual(
    [refused.code, refused.details.reference],
    ['errormessage.catalogue.termsLeadBack', 'terms[0].subsequentTermId'],
  )
  const own = await staff.refuse(api.offers.import, {}, follow(b, b.terms[0].id))
  assert.equal(own.code, 'errormessage.catalogue.termsLeadBack')
  await staff.tieInCircle(a.terms[0].id, b.terms[0].id)
  const path = `/v1/memberships/membership-offers/${a.id}`
  const read = await app.get(path)
  assert.equal(read.status, 200, read.text)
  assert.equal(read.body.terms[0].subsequentRate.name, 'Basic')
})

test('an offer that somebody has changed meanwhile is not overwritten', async () => {
  const offerId = await addOffer()
  const shown = await show(offerId)
  await staff.run(api.offers.import, {}, { ...shown, name: 'First' })
  const refused = await staff.refuse(api.offers.import, {}, { ...shown, name: 'Second' })
  assert.deepEqual([refused.status, refused.code], [409, 'errormessage.concurrentModification'])
  assert.equal((await show(offerId)).name, 'First')
})

test('staff publish, move, withdraw, close and reopen an offer and its terms', async () => {
  const offerId = await addOffer({ publications: [] })
  assert.equal(await find(offerId), undefined)
  await staff.run(api.publishOffer, { offerId, studioId: app.berlin.studioId }, { position: -5 })
  assert.equal((await listed())[0]?.id, offerId)
  await staff.run(api.setOfferActive, { offerId }, { active: false })
  assert.equal(await find(offerId), undefined)
  await staff.run(api.setOfferActive, { offerId }, { active: true })
  const termId = (await find(offerId))?.terms[0].id
  await staff.run(api.setTermActive, { termId }, { active: false })
  assert.equal(await find(offerId), undefined)
  await staff.run(api.setTermActive, { termId }, { active: true })
  await staff.run(api.withdrawOffer, { offerId, studioId: app.berlin.studioId })
  assert.equal(await find(offerId), undefined)
})

test('the schedule that staff see before a sale is the one that a preview answers', async () => {
  const offerId = await addOffer({
    terms: [
      {
        ...year,
        dueOnSigning: ['FIRST_CONTRACT_FEE'],
        paymentFrequency: {
          ...monthly,
          ages: [{ startAge: 18, endAge: 24, type: 'PERCENTAGE', percentage: '10' }],
        },
      },
    ],
  })
  const termId = (await show(offerId)).terms[0].id
  const schedule = await staff.run(api.planFirstYear, { termId }, { birthDate: '2004-05-05', start: '2026-07-01' })
  const preview = await app.post('/v1/memberships/signup/preview', {
    contract: { contractOfferTermId: termId, startDate: '2026-07-01' },
    customer: { ...staff.person, dateOfBirth: '2004-05-05' },
  })
  assert.equal(preview.status, 200, preview.text)
  const lines = preview.body.paymentPreview.paymentSchedule
  assert.equal(schedule.lines.length, 12)
  assert.deepEqual(
    schedule.lines.map((line: any) => [line.dueDate, line.amount, line.description]),
    lines.map((line: any) => [line.dueDate, line.amount, line.description]),
  )
  assert.deepEqual(schedule.dueOnSigning, preview.body.paymentPreview.dueOnSigningAmount)
})

test('rates, modules, texts, pauses, vouchers and switches are read as they were written, too', async () => {
  const { run } = staff
  const studioIds = [app.berlin.studioId]
  await run(api.saveRateCode, {}, { identifier: 'GOLD', name: 'Gold' })
  const length = { value: 2, unit: 'WEEK' }
  const pause = {
    enabled: true,
    temporalUnit: 'WEEK',
    maxTerms: 4,
    limitWindow: 'CALENDAR_YEAR',
    freeTerms: 1,
    leadDays: 3,
    nextStartOnly: true,
    startAlignment: 'BILLING_PERIOD',
    feeType: 'RELATIVE',
    percentage: '12.5',
    recurringCharges: true,
    accessRefusal: true,
    extendsContract: false,
    unlimitedAllowed: true,
    dayShortening: true,
    suspendsModules: false,
  }
  const module = {
    studioId: app.berlin.studioId,
    name: 'Towels',
    description: 'Fresh ones',
    term: length,
    extensionType: 'TERM_EXTENSION',
    extensionTerm: length,
    cancelationPeriod: length,
    extensionCancelationPeriod: length,
    trialTerm: length,
    trialDescription: 'Try them',
    startRule: 'NEXT_MAIN_PERIOD',
    billingAlignment: 'MAIN_CONTRACT',
    onlineBookable: true,
    multipleAllowed: true,
    active: false,
    rateCodes: ['GOLD'],
    services: [],
    paymentFrequencies: [{ paymentFrequency: { type: 'NON_RECURRING', price: '9.90' } }],
    rateIds: [await addRate()],
  }
  const { companyId } = await run(api.createCompany, {}, { name: 'ACME', countryCode: 'DE' })
  const voucher = {
    type: 'COMPANY_FEE_SPLIT',
    remarks: 'For ACME',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    maxRedemptions: 10,
    newCustomersOnly: true,
    companyId,
    companySplitType: 'ABSOLUTE',
    companySplitAmount: '12.50',
    appliesRate: false,
    appliesPreuse: true,
    appliesModules: true,
    flatFeeIdentifiers: ['START'],
    omitStarterPackage: true,
    bonus: length,
    bonusStrategy: 'FIXED',
    bonusFixedDate: '2026-07-01',
    bonusRuntimeExtensionType: 'WITH_EXTENSION',
    bonusExtendsCancelationPeriod: false,
    discountPeriods: [
      { type: 'PERCENTAGE', percentage: '50', effective: 'TIME_BASED', term: length },
      { type: 'ABSOLUTE', amount: '5.00', effective: 'INITIAL_TERM' },
    ],
    offerIds: [await addOffer()],
    studioIds,
  }
  const way = {
    name: 'Upgrade',
    bannerText: 'More',
    startRule: 'NEXT_TERM',
    termHandling: 'KEEP_MIN_END',
    chargeStarterPackage: true,
    carryAdditionalModules: true,
    active: false,
    sourceRateIds: [await addRate()],
    destinationOfferIds: [await addOffer(), await addOffer()].reverse(),
    studioIds,
  }
  const block = { title: 'Terms', text: 'All\nof it', attachmentType: 'URL', url: 'https://gym.example/terms' }
  const signed = { hasSignature: true, confirmationRequired: true, showCommunicationPrivacyOptions: true }
  const rate = {
    studioId: app.berlin.studioId,
    name: 'Gold',
    active: true,
    rateCodes: ['GOLD'],
    checkinStudioIds: studioIds,
  }
  const kinds = [
    [api.idlePolicies, pause],
    [api.modules, module],
    [api.vouchers, voucher],
    [api.switches, way],
    [api.textBlocks, { ...block, ...signed, urlTitle: 'Terms' }],
    [api.rates, rate],
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

test('ids that name nothing, or something of another tenant, are refused with their place', async () => {
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
