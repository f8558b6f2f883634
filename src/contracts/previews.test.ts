import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addOffer, addOfferVoucher } from '../../test/support/scenes/offer-world.ts'
import { updateIntegration } from '../integrations/index.ts'
import { euro, newcomer, previewScene } from '../../test/support/scenes/preview-scene.ts'

// Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
let scene: ReturnType<typeof previewScene>
before(async () => {
  app = await openTestApp()
  scene = previewScene(app)
})
after(() => app.close())

const preview: typeof scene.preview = (...wish) => scene.preview(...wish)
interface Line {
  readonly dueDate: string
  readonly type: string
  readonly description: string
  readonly amount: { readonly amount: number }
  readonly mandatoryOnSigning: boolean
}
const amounts = ({ paymentPreview }: { paymentPreview: { paymentSchedule: Line[] } }) =>
  paymentPreview.paymentSchedule.map(({ amount }) => amount.amount)
const sum = (numbers: readonly number[]) => Math.round(numbers.reduce((a, b) => a + b, 0) * 100) / 100
const onCalendar = { price: '30.00', paidPeriodCalc: 'NORMALIZATION_ON_CALENDAR_UNIT' } as const
const starter = { name: 'Starter', starterPackage: true } as const

test('use before the start is paid by the day, and the calendar cuts the first and the last month', async () => {
  const { termId } = await addOffer(app, {
    offer: { preUseType: 'CHARGEABLE' },
    terms: [{ frequency: onCalendar, extensionType: 'NONE', extensionTermValue: null, extensionTermUnit: null }],
  })
  const { body } = await preview({ contractOfferTermId: termId, startDate: '2027-04-15', preuseDate: '2027-04-10' })
  assert.deepEqual([body.basePrice, body.preUseCharge], [euro(30), euro(5)])
  assert.deepEqual(amounts(body), [5, 16, ...Array.from({ length: 11 }, () => 30), 14])
  assert.deepEqual(body.contractVolumeInformation.totalContractVolume, euro(365))
  const [first] = body.paymentPreview.paymentSchedule
  assert.deepEqual([first.dueDate, first.type, first.description], ['2027-04-10', 'CONTRACT_FEE', 'Nutzung vor Beginn'])
  assert.equal('ageAdjustedPrice' in body, false)
})

test('what is due on signing falls due today, whenever the contract starts', async () => {
  const dueOnSigning = ['STARTER_PACKAGE', 'FIRST_CONTRACT_FEE'] as const
  const { termId } = await addOffer(app, {
    rate: { name: 'Premium' },
    terms: [{ frequency: { price: '29.90' }, fees: [starter], dueOnSigning: [...dueOnSigning] }],
  })
  const { body } = await preview({ contractOfferTermId: termId })
  const schedule: Line[] = body.paymentPreview.paymentSchedule
  assert.deepEqual(body.paymentPreview.dueOnSigningAmount, euro(68.9))
  assert.deepEqual(
    schedule.slice(0, 3).map((line) => [line.dueDate, line.type, line.description, line.mandatoryOnSigning]),
    [
      ['2026-06-15', 'STARTER_PACKAGE', 'Starter', true],
      ['2026-06-15', 'CONTRACT_FEE', 'Vertrag Premium', true],
      ['2026-08-01', 'CONTRACT_FEE', 'Vertrag Premium', false],
    ],
  )
  assert.equal(sum(amounts(body)), 397.8)
  assert.deepEqual(body.flatFeePreviews[0].identifier, 'Starter')
})

test('a young member gets two discounts on the price of the age', async () => {
  const ages = [{ startAge: 18, endAge: 24, percentage: '10' }]
  const { termId } = await addOffer(app, { terms: [{ frequency: { price: '39.99', ages } }] })
  await addOfferVoucher(app, {
    code: 'YOUNG',
    windows: [
      { type: 'PERCENTAGE', percentage: '50', effective: 'TIME_BASED', termValue: 3, termUnit: 'MONTH' },
      { type: 'ABSOLUTE', amount: '5.00', effective: 'INITIAL_TERM' },
    ],
  })
  const wish = { contractOfferTermId: termId, voucherCode: 'young' }
  const { body } = await preview(wish, { dateOfBirth: '2004-05-05' })
  assert.deepEqual(
    [body.basePrice, body.ageAdjustedPrice, body.discountedBasePrice],
    [euro(39.99), euro(35.99), euro(18)],
  )
  assert.deepEqual(
    body.voucherDiscountPeriods.map((each: { discountedBasePrice: object }) => each.discountedBasePrice),
    [euro(18), euro(30.99)],
  )
  assert.equal(sum(amounts(body)), 332.91)
  assert.deepEqual(body.contractVolumeInformation.totalContractVolume, euro(431.88))
  assert.deepEqual(body.contractVolumeInformation.averagePaymentVolumePerMonth, euro(35.5))
  assert.deepEqual([body.voucherType, body.effectivePeriodTimeBasedTermUnit], ['DISCOUNT', 'MONTH'])
  assert.equal(
    body.voucherSuccessMessage,
    'Voucher YOUNG applied: 50% off the membership fee, duration: 3 months; 5.00 EUR off the membership fee, in the initial term',
  )
})

test('a company pays a part of the discounted price, and the member sees the rest', async () => {
  const { termId } = await addOffer(app, { terms: [{ frequency: { price: '49.90' } }] })
  const split = {
    type: 'COMPANY_FEE_SPLIT',
    company: 'ACME',
    companySplitType: 'PERCENTAGE',
    companySplitPercentage: '33.33',
  } as const
  await addOfferVoucher(app, { code: 'SPLIT', ...split })
  await addOfferVoucher(app, {
    code: 'SPLITLESS',
    ...split,
    windows: [{ type: 'PERCENTAGE', percentage: '10', effective: 'UNLIMITED' }],
  })
  const discounted = (await preview({ contractOfferTermId: termId, voucherCode: 'SPLITLESS' })).body
  assert.deepEqual(
    [discounted.discountedBasePrice, discounted.companyAmount, discounted.memberAmount],
    [euro(44.91), euro(14.97), euro(29.94)],
  )
  assert.deepEqual(
    [discounted.companyAmountWithoutDiscount, discounted.memberAmountWithoutDiscount],
    [euro(16.63), euro(33.27)],
  )
  assert.deepEqual([discounted.companyName, discounted.companyFeeSplitValue], ['ACME', euro(33.33)])
  assert.equal(amounts(discounted)[0], 29.94)
  const plain = (await preview({ contractOfferTermId: termId, voucherCode: 'SPLIT' })).body
  assert.deepEqual([plain.memberAmount, 'discountedBasePrice' in plain], [euro(33.27), false])
})

test('credit changes no line, a given starter package stays in the list, free time is named', async () => {
  const { termId } = await addOffer(app, { terms: [{ fees: [starter], dueOnSigning: ['STARTER_PACKAGE'] }] })
  await addOfferVoucher(app, { code: 'CREDIT', type: 'CREDIT', creditValue: '20.00' })
  const credit = (await preview({ contractOfferTermId: termId, voucherCode: 'CREDIT' })).body
  assert.deepEqual([credit.creditValue, credit.paymentPreview.dueOnSigningAmount], [euro(20), euro(39)])
  await addOfferVoucher(app, {
    code: 'GIFT',
    omitStarterPackage: true,
    bonusValue: 2,
    bonusUnit: 'WEEK',
    bonusStrategy: 'CONTRACT_START',
    bonusRuntimeExtensionType: 'WITH_EXTENSION',
  })
  const gift = (await preview({ contractOfferTermId: termId, voucherCode: 'GIFT' })).body
  assert.deepEqual(gift.flatFeePreviews[0].discountedPrice, euro(0))
  assert.deepEqual(
    gift.paymentPreview.paymentSchedule.slice(0, 2).map(({ type, amount }: Line) => [type, amount.amount]),
    [
      ['STARTER_PACKAGE', 0],
      ['BONUS_PERIOD', 0],
    ],
  )
  assert.deepEqual(gift.voucherBonusPeriod.term, { value: 2, unit: 'WEEK' })
  assert.deepEqual(gift.contractVolumeInformation.totalContractVolume, euro(399))
})

test('chosen modules cost what their terms say, after their trial', async () => {
  const { termId, moduleIds, optionalIds } = await addOffer(app, {
    offer: { maxSelectable: 1 },
    modules: [
      { kind: 'INCLUDED', name: 'Lockers', consent: { title: 'Lockers' } },
      { kind: 'SELECTABLE', name: 'Towels', consent: { title: 'Towels' } },
    ],
    terms: [{ modules: [{ name: 'Sauna', trialTermValue: 1, trialTermUnit: 'MONTH' }] }],
  })
  const chosen = { selectedSelectableModuleIds: [moduleIds[1]], selectedOptionalModuleIds: optionalIds }
  const { body } = await preview({ contractOfferTermId: termId, ...chosen })
  assert.deepEqual(
    body.moduleConsentTextBlocks.map((each: { rateBundleModuleId: number }) => each.rateBundleModuleId),
    moduleIds,
  )
  assert.deepEqual(
    body.selectedOptionalModulesPreviews.map(({ id, name }: { id: number; name: string }) => [id, name]),
    [[optionalIds[0], 'Sauna']],
  )
  const fees = body.paymentPreview.paymentSchedule.filter(({ type }: Line) => type === 'MODULE_FEE')
  assert.deepEqual([fees.length, fees[0].dueDate, fees[0].description], [11, '2026-08-01', 'Sauna'])
})

test('an integration may get every amount as a plain number', async () => {
  const { termId } = await addOffer(app, { terms: [{ fees: [starter], dueOnSigning: ['STARTER_PACKAGE'] }] })
  const setShape = (previewShape: 'CONTRACT' | 'NUMBERS') =>
    app.write((work) => updateIntegration(work, app.berlin.integrationId, { previewShape }))
  const contract = { contractOfferTermId: termId, startDate: '2026-07-01' }
  const wanted = (await preview(contract)).body
  await setShape('NUMBERS')
  const answer = await app.app.server.inject({
    method: 'POST',
    url: '/v1/memberships/signup/preview',
    headers: { 'x-api-key': app.berlin.key, 'accept-language': 'en' },
    payload: { contract, customer: newcomer },
  })
  await setShape('CONTRACT')
  const plain = JSON.parse(JSON.stringify(wanted).replace(/\{"amount":([\d.]+),"currency":"EUR"\}/g, '$1'))
  assert.deepEqual(answer.json(), plain)
  assert.deepEqual([plain.basePrice, plain.paymentPreview.dueOnSigningAmount], [30, 39])
})
