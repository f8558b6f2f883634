import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { customers } from '../customers/index.ts'
import { addOffer, addOfferVoucher } from '../../test/support/scenes/offer-world.ts'
import { studios } from '../studios/tables.ts'
import { contracts } from './tables.ts'
import { euro, previewScene } from '../../test/support/scenes/preview-scene.ts'

// Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
let scene: ReturnType<typeof previewScene>
before(async () => {
  app = await openTestApp()
  scene = previewScene(app)
})
after(() => app.close())

const preview: typeof scene.preview = (...wish) => scene.preview(...wish)
const refusal: typeof scene.refusal = (...wish) => scene.refusal(...wish)

test('a code counts however it was typed or copied', async () => {
  const { termId } = await addOffer(app)
  const windows = [{ type: 'PERCENTAGE', percentage: '50', effective: 'UNLIMITED' }] as const
  await addOfferVoucher(app, { code: 'COPY-20', windows })
  for (const voucherCode of ['COPY-20', ' copy\u201320 ', '\u200BCOPY - 20\uFEFF', '"COPY-20".', 'ＣＯＰＹ－２０']) {
    const { body } = await preview({ contractOfferTermId: termId, voucherCode })
    assert.deepEqual([body.voucherType, body.voucherErrorCode], ['DISCOUNT', undefined], voucherCode)
  }
  for (const voucherCode of ['COPY20', 'COPY-20Ä']) {
    const { body } = await preview({ contractOfferTermId: termId, voucherCode })
    assert.equal(body.voucherErrorCode, 'INVALID_CODE', voucherCode)
  }
})

test('a code that does not count is named, and changes nothing', async () => {
  const { termId, offerId } = await addOffer(app)
  const day = (text: string) => Temporal.PlainDate.from(text)
  const windows = [{ type: 'PERCENTAGE', percentage: '50', effective: 'UNLIMITED' }] as const
  await addOfferVoucher(app, { code: 'PAST', windows, validTo: day('2026-06-14') })
  await addOfferVoucher(app, { code: 'SOON', windows, validFrom: day('2026-06-16') })
  await addOfferVoucher(app, { code: 'USED', windows, codeRow: { maxRedemptions: 1, redeemed: 1 } })
  await addOfferVoucher(app, { code: 'GONE', windows, maxRedemptions: 3, redeemed: 3 })
  await addOfferVoucher(app, { code: 'OTHEROFFER', windows, offerIds: [(await addOffer(app)).offerId] })
  await addOfferVoucher(app, { code: 'ELSEWHERE', windows, studioIds: [app.hamburg.studioId] })
  await addOfferVoucher(app, { code: 'SOLD', windows, type: 'CONTRACT' })
  const plain = (await preview({ contractOfferTermId: termId })).body
  for (const voucherCode of ['NONE', 'PAST', 'SOON', 'USED', 'GONE', 'OTHEROFFER', 'ELSEWHERE', 'SOLD']) {
    const { status, body } = await preview({ contractOfferTermId: termId, voucherCode })
    assert.deepEqual([status, body], [200, { ...plain, voucherErrorCode: 'INVALID_CODE' }], voucherCode)
  }
  const here = {
    validFrom: day('2026-06-15'),
    validTo: day('2026-06-15'),
    offerIds: [offerId],
    studioIds: [app.berlin.studioId],
  }
  await addOfferVoucher(app, { code: 'HERE', windows, ...here })
  for (const voucherCode of [' here ', '\u200bHERE', '\u202aHE\u2060RE\u202c', '\uFF28\uFF25\uFF32\uFF25']) {
    const { body } = await preview({ contractOfferTermId: termId, voucherCode })
    assert.deepEqual(body.discountedBasePrice, euro(15), JSON.stringify(voucherCode))
  }
})

test('the first rule that is broken is the answer', async () => {
  const { termId, moduleIds, optionalIds } = await addOffer(app, {
    offer: { maxSelectable: 1, minAge: 16, maxAge: 30 },
    modules: [
      { kind: 'SELECTABLE', name: 'A' },
      { kind: 'SELECTABLE', name: 'B' },
    ],
    terms: [{ modules: [{ name: 'C' }] }],
  })
  const wish = { contractOfferTermId: termId }
  assert.equal(await refusal({ contractOfferTermId: 1 }), 'offerTermNotFound')
  const hidden = await addOffer(app, { position: null })
  assert.equal(await refusal({ contractOfferTermId: hidden.termId }), 'offerTermNotFound')
  assert.equal(await refusal({ ...wish, startDate: '2026-06-14', preuseDate: '2026-06-15' }), 'startDateInvalid')
  assert.equal(await refusal({ ...wish, startDate: '2027-06-16' }), 'startDateInvalid')
  assert.equal(await refusal({ ...wish, preuseDate: '2026-06-20', selectedOptionalModuleIds: [1] }), 'preUseNotAllowed')
  const [a = 0, b = 0] = moduleIds
  assert.equal(await refusal({ ...wish, selectedSelectableModuleIds: optionalIds }), 'moduleNotFound')
  assert.equal(await refusal({ ...wish, selectedOptionalModuleIds: [a] }), 'moduleNotFound')
  assert.equal(await refusal({ ...wish, selectedSelectableModuleIds: [a, a] }), 'moduleDuplicate')
  assert.equal(await refusal({ ...wish, selectedSelectableModuleIds: [a, b] }), 'tooManyModules')
  const born = (dateOfBirth: string) => refusal(wish, { dateOfBirth })
  assert.equal(await born('2010-07-02'), 'ageNotAllowed')
  assert.equal(await born('2010-07-01'), 200)
  assert.equal(await born('1996-07-02'), 200)
  assert.equal(await born('1995-07-01'), 'ageNotAllowed')
  assert.equal(await born('2026-06-16'), 'errormessage.validation.mustNotBeFuture')
})

test('use before the start lies between today and the start, and within what the studio allows', async () => {
  const { termId } = await addOffer(app, { offer: { preUseType: 'FREE' }, terms: [{ startOfUseRule: 'TODAY' }] })
  const wish = { contractOfferTermId: termId }
  assert.equal(await refusal({ ...wish, preuseDate: '2026-06-14' }), 'preUseInvalid')
  assert.equal(await refusal({ ...wish, preuseDate: '2026-07-02' }), 'preUseInvalid')
  assert.equal(await refusal({ ...wish, startDate: '2026-12-01', preuseDate: '2026-08-30' }), 'preUseInvalid')
  assert.equal(await refusal({ ...wish, startDate: '2026-12-01', preuseDate: '2026-08-31' }), 200)
  const { body } = await preview(wish)
  assert.deepEqual(body.preUseCharge, euro(0))
  await app.write(({ tx }) => tx.update(studios).set({ backdateDays: 3, advanceMonths: 1, maxPreuseDays: 7 }))
  assert.equal(await refusal({ ...wish, startDate: '2026-06-12' }), 200)
  assert.equal(await refusal({ ...wish, startDate: '2026-07-16' }), 'startDateInvalid')
  assert.equal(await refusal({ ...wish, preuseDate: '2026-06-23' }), 'preUseInvalid')
  await app.write(({ tx }) => tx.update(studios).set({ backdateDays: 0, advanceMonths: 12, maxPreuseDays: 92 }))
})

test('a customer pays by the stored date of birth, and is new a year after the last contract', async () => {
  const ages = [{ startAge: 18, endAge: 24, percentage: '10' }]
  const { termId } = await addOffer(app, { terms: [{ frequency: { ages } }] })
  const windows = [{ type: 'PERCENTAGE', percentage: '50', effective: 'UNLIMITED' }] as const
  await addOfferVoucher(app, { code: 'NEWBIES', windows, newCustomersOnly: true })
  const ask = async (customerId: number, contract: object = {}, as = app.berlin) =>
    app.post(
      `/v1/memberships/customers/${customerId}/add-membership/preview`,
      { contractOfferTermId: termId, startDate: '2026-07-01', voucherCode: 'NEWBIES', ...contract },
      { as },
    )
  const young = await addCustomer(app, { dateOfBirth: '2004-05-05' })
  const unborn = await addCustomer(app, { firstName: 'Uma', email: 'uma@mail.example' })
  await app.write(({ tx }) => tx.update(customers).set({ dateOfBirth: null }).where(eq(customers.id, unborn)))
  const { body } = await ask(young)
  assert.deepEqual([body.ageAdjustedPrice, body.discountedBasePrice], [euro(27), euro(13.5)])
  assert.equal('ageAdjustedPrice' in (await ask(unborn)).body, false)
  const limited = await addOffer(app, { offer: { minAge: 16 } })
  const refused = await ask(unborn, { contractOfferTermId: limited.termId })
  assert.equal(refused.body.errorCode, 'errormessage.membership.ageNotAllowed')
  const unknown = await ask(young, { contractOfferTermId: 1 }, app.hamburg)
  assert.deepEqual([unknown.status, unknown.body.errorCode], [404, 'errormessage.customer.notFound'])
  const endedOn = (end: string) =>
    app.write(({ tx, now }) => {
      const started = Temporal.PlainDate.from('2024-01-01')
      const snapshot = { rateName: 'Basic', rateCodes: [], openingHourCategoryId: null }
      return tx.insert(contracts).values({
        studioId: app.berlin.studioId,
        customerId: young,
        snapshot,
        origin: 'IMPORT',
        signedAt: now,
        signingDate: started,
        startDate: started,
        committedEnd: Temporal.PlainDate.from(end),
        createdAt: now,
        updatedAt: now,
      })
    })
  await endedOn('2025-06-14')
  assert.equal('voucherErrorCode' in (await ask(young)).body, false)
  await endedOn('2025-06-15')
  assert.equal((await ask(young)).body.voucherErrorCode, 'INVALID_CODE')
})
