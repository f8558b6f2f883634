import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addOffer, insertFrequency, type TermInput } from '../../test/support/scenes/offer-world.ts'
import { studios } from '../studios/tables.ts'
import { offerPublications, termStudioPrices } from './tables.ts'

// Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
before(async () => {
  app = await openTestApp()
})
after(() => app.close())
beforeEach(() => app.write(({ tx }) => tx.delete(offerPublications)))

const path = '/v1/memberships/membership-offers'
const list = async (call = {}) => (await app.get(path, call)).body
const read = async (id: number, call = {}) => (await app.get(`${path}/${id}`, call)).body
const day = (text: string) => Temporal.PlainDate.from(text)
const speak = (language: string) => ({ headers: { 'accept-language': language } })
const firstTerm = async (term: TermInput, call = {}) => {
  const { offerId } = await addOffer(app, { terms: [term] })
  return (await read(offerId, call)).terms[0]
}
const euro = (amount: number) => ({ amount, currency: 'EUR' })

test('offers are listed in the order of the studio, those that nobody may sign today are not', async () => {
  const last = await addOffer(app, {
    position: 9,
    offer: { name: 'Last' },
    terms: [{ active: false }, { termValue: 6 }],
  })
  const first = await addOffer(app, {
    position: 2,
    offer: { name: 'First', limitedFrom: day('2026-06-01'), limitedTo: day('2026-06-15') },
    rate: { codes: ['GOLD'] },
  })
  const hidden = [
    await addOffer(app, { position: null }),
    await addOffer(app, { offer: { active: false } }),
    await addOffer(app, { terms: [{ active: false }] }),
    await addOffer(app, { offer: { limitedFrom: day('2026-06-16'), limitedTo: day('2026-06-30') } }),
    await addOffer(app, { offer: { limitedFrom: day('2026-06-01'), limitedTo: day('2026-06-14') } }),
    await addOffer(app, { studio: app.hamburg }),
  ]
  const body = await list()
  assert.deepEqual(
    body.map(({ id }: { id: number }) => id),
    [first.offerId, last.offerId],
  )
  assert.deepEqual(body[0].limitedOfferingPeriod, { startDate: '2026-06-01', endDate: '2026-06-15' })
  assert.deepEqual(body[0].rateCodes, [{ identifier: 'GOLD', name: 'Code GOLD' }])
  assert.deepEqual(
    body[1].terms.map(({ id }: { id: number }) => id),
    [last.termIds[1]],
  )
  for (const { offerId } of hidden) {
    const { status, body: refusal } = await app.get(`${path}/${offerId}`)
    assert.deepEqual([status, refusal.errorCode], [404, 'errormessage.membershipOffer.notFound'])
  }
  assert.deepEqual(await list({ as: app.stranger }), [])
})

test('a studio sells at its own price, in its own currency, and may keep quiet about the total', async () => {
  const { offerId, termId } = await addOffer(app)
  await app.write(async (work) => {
    const { studioId } = app.hamburg
    await work.tx.insert(offerPublications).values({ studioId, offerId, channel: 'OPEN_API', position: 1 })
    const paymentFrequencyId = await insertFrequency(work, { price: '25.00' })
    await work.tx.insert(termStudioPrices).values({ termId, studioId, paymentFrequencyId })
  })
  const [berlin] = (await list())[0].terms
  const [hamburg] = (await list({ as: app.hamburg }))[0].terms
  assert.deepEqual([berlin.paymentFrequency.price, hamburg.paymentFrequency.price], [euro(30), euro(25)])
  assert.deepEqual(hamburg.contractVolumeInformation.totalContractVolume, euro(300))
  await app.write(({ tx }) => tx.update(studios).set({ showContractVolume: false }))
  assert.equal('contractVolumeInformation' in (await list())[0].terms[0], false)
  await app.write(({ tx }) => tx.update(studios).set({ showContractVolume: true }))
})

test('how a price is paid is said in the words of the caller', async () => {
  const onDays = {
    type: 'MONTH_DAY',
    entries: [
      { month: 9, day: 30, price: '120.00' },
      { month: 3, day: 31, price: '120.00' },
    ],
  } as const
  const offsets = {
    type: 'TERM_BASED',
    entries: [
      { offsetValue: 6, offsetUnit: 'MONTH', price: '30.00' },
      { offsetValue: 3, offsetUnit: 'MONTH', price: '40.00' },
    ],
  } as const
  const frequencies: TermInput[] = [
    { frequency: { type: 'FREE' } },
    { frequency: { type: 'NON_RECURRING', price: '300.00' } },
    {},
    { frequency: { termValue: 6 } },
    { frequency: { ...onDays, recurring: true } },
    { frequency: onDays },
    { frequency: offsets },
  ]
  const { offerId } = await addOffer(app, { terms: frequencies })
  const texts = async (language: string) =>
    (await read(offerId, speak(language))).terms.map(
      (term: { paymentFrequency: { formattedPaymentFrequency: string } }) =>
        term.paymentFrequency.formattedPaymentFrequency,
    )
  assert.deepEqual(await texts('en'), [
    'Free of charge',
    'One-time',
    'Every month',
    'Every 6 months',
    'Every year on 31 March, 30 September',
    'Once on 31 March, 30 September',
    'After 3 months, 6 months',
  ])
  assert.deepEqual(await texts('de'), [
    'Kostenlos',
    'Einmalig',
    'Jeden Monat',
    'Alle 6 Monate',
    'Jedes Jahr am 31. März, 30. September',
    'Einmalig am 31. März, 30. September',
    'Nach 3 Monaten, 6 Monaten',
  ])
  assert.deepEqual((await texts('pl'))[3], 'Co 6 miesięcy')
  const { terms } = await read(offerId)
  assert.deepEqual(
    terms[4].paymentFrequency.monthDaysToPrices.map((each: { monthDay: object }) => each.monthDay),
    [
      { month: 'MARCH', monthValue: 3, dayOfMonth: 31 },
      { month: 'SEPTEMBER', monthValue: 9, dayOfMonth: 30 },
    ],
  )
  assert.deepEqual(terms[6].paymentFrequency.termsToPrices[0], { term: { value: 3, unit: 'MONTH' }, price: euro(40) })
  assert.deepEqual(
    terms.map((term: { paymentFrequency: { recurring?: boolean } }) => term.paymentFrequency.recurring),
    [undefined, undefined, undefined, undefined, true, false, false],
  )
  assert.deepEqual(
    terms.map((term: { rateStartPrice: { amount: number } }) => term.rateStartPrice.amount),
    [0, 300, 30, 30, 120, 120, 40],
  )
})

test('price steps are returned as a sentence, a value and a rhythm', async () => {
  const rules = [
    { recurrenceValue: 6, recurrenceUnit: 'MONTH' },
    {
      type: 'REDUCTION',
      chargeAdjustmentType: 'ABSOLUTE',
      value: '5',
      recurrenceValue: 1,
      recurrenceUnit: 'YEAR',
      maxOccurrences: 3,
    },
    { type: 'NEW_BASIC_AMOUNT', chargeAdjustmentType: 'BASIC_AMOUNT', value: '19.9', firstAfterValue: 1 },
  ] as const
  const { offerId } = await addOffer(app, { terms: [{ rules }] })
  const readRules = async (language: string) => (await read(offerId, speak(language))).terms[0].priceAdjustmentRules
  const [raise, reduction, amount] = await readRules('en')
  assert.deepEqual(raise, {
    defaultDescription: 'The price rises by 5%: every 6 months, first after 12 months.',
    value: '5%',
    recurrenceFrequency: 'every 6 months, first after 12 months',
    type: 'RAISE',
    chargeAdjustmentType: 'RELATIVE',
  })
  assert.deepEqual(
    [reduction.value, reduction.recurrenceFrequency],
    ['5.00 EUR', 'every year, first after 12 months, at most 3 times'],
  )
  assert.deepEqual([amount.value, amount.recurrenceFrequency], ['19.90 EUR', 'once after 1 month'])
  assert.equal(
    (await readRules('de'))[0].defaultDescription,
    'Der Preis steigt um 5%: alle 6 Monate, erstmals nach 12 Monaten.',
  )
})

test('the volume counts what falls due until the end of the initial term', async () => {
  const starter = { name: 'Starter', starterPackage: true }
  const monthly = await firstTerm({
    frequency: { price: '29.90' },
    fees: [starter],
    startRule: 'FIXED_DATE',
    startDate: day('2027-01-31'),
  })
  // 31 January 2027 to 30 January 2028: 365 days.
  assert.deepEqual(monthly.contractVolumeInformation, {
    totalContractVolume: euro(397.8),
    averagePaymentVolumePerMonth: euro(32.7),
    averagePaymentVolumePerPaymentFrequencyTerm: euro(32.7),
  })
  const weekly = await firstTerm({
    termValue: 4,
    termUnit: 'WEEK',
    frequency: { price: '10.00', termUnit: 'WEEK' },
    fees: [{ ...starter, frequency: { type: 'NON_RECURRING', price: '50.00' } }],
  })
  assert.deepEqual(weekly.contractVolumeInformation, {
    totalContractVolume: euro(90),
    averagePaymentVolumePerMonth: euro(96.43),
    averagePaymentVolumePerPaymentFrequencyTerm: euro(22.5),
  })
  const dated = await firstTerm({ frequency: { type: 'MONTH_DAY', entries: [{ month: 3, day: 31, price: '120.00' }] } })
  assert.equal('averagePaymentVolumePerPaymentFrequencyTerm' in dated.contractVolumeInformation, false)
})

test('a term proposes when to start and from when on to come', async () => {
  const dates = async (term: TermInput, preUseType: 'CHARGEABLE' | 'NOT_AVAILABLE' = 'CHARGEABLE') => {
    const { offerId } = await addOffer(app, { offer: { preUseType }, terms: [term] })
    const { defaultContractStartDate: start, defaultContractStartDateOfUse: use } = (await read(offerId)).terms[0]
    return [start, use]
  }
  assert.deepEqual(await dates({}), ['2026-06-15', '2026-06-15'])
  const nextMonth = { startRule: 'FIRST_OF_NEXT_MONTH', startOfUseRule: 'TODAY' } as const
  assert.deepEqual(await dates(nextMonth), ['2026-07-01', '2026-06-15'])
  assert.deepEqual(await dates(nextMonth, 'NOT_AVAILABLE'), ['2026-07-01', undefined])
  assert.deepEqual(await dates({ startRule: 'IN_DAYS', startDays: 16 }), ['2026-07-01', '2026-07-01'])
  const fixed = (text: string) => ({ startRule: 'FIXED_DATE', startDate: day(text) }) as const
  const useOn = (text: string) => ({ startOfUseRule: 'FIXED_DATE', startOfUseDate: day(text) }) as const
  assert.deepEqual(await dates({ ...fixed('2026-09-01'), ...useOn('2026-08-20') }), ['2026-09-01', '2026-08-20'])
  assert.deepEqual(await dates({ ...fixed('2026-09-01'), ...useOn('2026-09-20') }), ['2026-09-01', '2026-09-01'])
  assert.deepEqual(await dates({ ...fixed('2026-01-01'), ...useOn('2026-01-01') }), ['2026-06-15', '2026-06-15'])
})

test('free time at the start costs nothing first', async () => {
  const { rateStartPrice, rateBonusPeriods } = await firstTerm({ bonuses: [{}] })
  assert.deepEqual(rateStartPrice, euro(0))
  assert.deepEqual(rateBonusPeriods, [
    {
      term: { value: 2, unit: 'WEEK' },
      termStrategy: 'CONTRACT_START',
      displaySeparately: false,
      runtimeExtensionType: 'WITH_EXTENSION',
      extendsCancellationPeriod: true,
    },
  ])
})

test('what follows the initial term is returned where it differs', async () => {
  const after = async (term: TermInput) => {
    const { termAfterExtension: length, priceAfterExtension: price } = await firstTerm(term)
    return [length, price]
  }
  const year = { extensionTermValue: 12 } as const
  assert.deepEqual(await after(year), [undefined, undefined])
  assert.deepEqual(await after({}), [{ value: 1, unit: 'MONTH' }, euro(30)])
  assert.deepEqual(await after({ ...year, priceAfterExtension: '25.00' }), [{ value: 12, unit: 'MONTH' }, euro(25)])
  assert.deepEqual(await after({ rules: [{}] }), [{ value: 1, unit: 'MONTH' }, euro(31.5)])
  const none = { extensionType: 'NONE', extensionTermValue: null, extensionTermUnit: null } as const
  assert.deepEqual(await after(none), [undefined, undefined])
  const follower = await addOffer(app, {
    rate: { name: 'Student' },
    terms: [{ termValue: 24, frequency: { price: '19.90' } }],
  })
  const followed = await firstTerm({
    ...none,
    extensionType: 'SUBSEQUENT_RATE_DETAIL',
    subsequentTermId: follower.termId,
  })
  assert.deepEqual([followed.subsequentRate.name, followed.priceAfterExtension], ['Student', euro(19.9)])
  assert.deepEqual(followed.termAfterExtension, { value: 24, unit: 'MONTH' })
})
