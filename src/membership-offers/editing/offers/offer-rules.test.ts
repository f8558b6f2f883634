import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readStrictly } from '../../../platform/staff/strict.ts'
import { leadsBack, offerFaults } from './offer-rules.ts'
import { OfferDocument } from './offer-schemas.ts'

type Faults = readonly { readonly reference: string; readonly code: string }[]
const describeFaults = (faults: Faults) =>
  faults.map(({ reference, code }) => `${reference} ${code.replace('errormessage.', '')}`)

const months = (value: number) => ({ value, unit: 'MONTH' })
const monthly = { type: 'RECURRING', term: months(1), price: '30.00' }
const year = { term: months(12), paymentFrequency: monthly, extensionType: 'TERM_EXTENSION', extensionTerm: months(1) }

const offerWith = (more: object) => {
  const offer = { rateId: 1, name: 'Basic', description: 'All', terms: [year], ...more }
  return describeFaults(offerFaults(readStrictly(OfferDocument, offer) as OfferDocument))
}
const termWith = (more: object) => offerWith({ terms: [{ ...year, ...more }] })
const priceWith = (paymentFrequency: object) => termWith({ paymentFrequency })
const at = 'terms[0]'
const raise = { type: 'RAISE', chargeAdjustmentType: 'RELATIVE', value: '5', firstAfter: months(6) }
const price = `${at}.paymentFrequency`

const offers: readonly (readonly [what: string, faults: string[], expected: string[]])[] = [
  ['a plain offer', offerWith({}), []],
  ['one day of a limit', offerWith({ limitedFrom: '2026-01-01' }), ['limitedTo catalogue.bothOrNeither']],
  ['the other day', offerWith({ limitedTo: '2026-01-01' }), ['limitedFrom catalogue.bothOrNeither']],
  [
    'a limit that ends before it begins',
    offerWith({ limitedFrom: '2026-02-01', limitedTo: '2026-01-01' }),
    ['limitedFrom validation.dateOrder'],
  ],
  ['a limit of one day', offerWith({ limitedFrom: '2026-02-01', limitedTo: '2026-02-01' }), []],
  ['ages the wrong way round', offerWith({ minAge: 20, maxAge: 19 }), ['minAge validation.max']],
  [
    'two positions in one studio',
    offerWith({ publications: [{ studioId: 1 }, { studioId: 1, position: 2 }] }),
    ['publications validation.uniqueItems'],
  ],
  [
    'a text block twice',
    offerWith({ textBlocks: [{ textBlockId: 1 }, { textBlockId: 1 }] }),
    ['textBlocks validation.uniqueItems'],
  ],
  [
    'a term twice',
    offerWith({
      terms: [
        { id: 1, ...year },
        { id: 1, ...year },
      ],
    }),
    ['terms validation.uniqueItems'],
  ],
  ['a term of ten years', termWith({ term: { value: 10, unit: 'YEAR' } }), []],
  ['a term of 121 months', termWith({ term: months(121) }), [`${at}.term catalogue.termTooLong`]],
  [
    'an extension without length',
    termWith({ extensionTerm: undefined }),
    [`${at}.extensionTerm catalogue.fieldNeeded`],
  ],
  ['one renewal only', termWith({ extensionTerm: undefined, extensionFixedTerm: months(3) }), []],
  [
    'a length without extension',
    termWith({ extensionType: 'NONE' }),
    [`${at}.extensionTerm catalogue.fieldNotAllowed`],
  ],
  [
    'a price after an extension that does not come',
    termWith({ extensionType: 'NONE', extensionTerm: undefined, priceAfterExtension: '1.00' }),
    [`${at}.priceAfterExtension catalogue.fieldNotAllowed`],
  ],
  [
    'a subsequent rate that is not named',
    termWith({ extensionType: 'SUBSEQUENT_RATE_DETAIL', extensionTerm: undefined }),
    [`${at}.subsequentTermId catalogue.fieldNeeded`],
  ],
  ['days that no rule asks for', termWith({ startDays: 3 }), [`${at}.startDays catalogue.fieldNotAllowed`]],
  ['a fixed start without a day', termWith({ startRule: 'FIXED_DATE' }), [`${at}.startDate catalogue.fieldNeeded`]],
  [
    'a fixed first day of use without a day',
    termWith({ startOfUseRule: 'FIXED_DATE' }),
    [`${at}.startOfUseDate catalogue.fieldNeeded`],
  ],
  ['a step as long as the term', termWith({ term: months(1) }), []],
  ['a step longer than the term', priceWith({ ...monthly, term: months(13) }), [`${price}.term catalogue.stepTooLong`]],
  [
    'thirty days in a month, which may be February',
    termWith({ term: months(1), paymentFrequency: { ...monthly, term: { value: 30, unit: 'DAY' } } }),
    [`${price}.term catalogue.stepTooLong`],
  ],
  [
    'a studio with a step that is too long',
    termWith({ studioPrices: [{ studioId: 1, paymentFrequency: { ...monthly, term: { value: 2, unit: 'YEAR' } } }] }),
    [`${at}.studioPrices[0].paymentFrequency.term catalogue.stepTooLong`],
  ],
  [
    'two prices of one studio',
    termWith({ studioPrices: [1, 1].map((studioId) => ({ studioId, paymentFrequency: monthly })) }),
    [`${at}.studioPrices validation.uniqueItems`],
  ],
  ['no price', priceWith({ type: 'RECURRING', term: months(1) }), [`${price}.price catalogue.fieldNeeded`]],
  ['no step', priceWith({ type: 'RECURRING', price: '1.00' }), [`${price}.term catalogue.fieldNeeded`]],
  [
    'a step of something that is paid once',
    priceWith({ type: 'NON_RECURRING', price: '1.00', term: months(1) }),
    [`${price}.term catalogue.fieldNotAllowed`],
  ],
  ['a price of what is free', priceWith({ type: 'FREE', price: '1.00' }), [`${price}.price catalogue.fieldNotAllowed`]],
  ['days of the year without a day', priceWith({ type: 'MONTH_DAY' }), [`${price}.entries catalogue.fieldNeeded`]],
  [
    '30 February',
    priceWith({ type: 'MONTH_DAY', entries: [{ month: 2, day: 30, price: '1.00' }] }),
    [`${price}.entries[0].day catalogue.noSuchDay`],
  ],
  ['29 February', priceWith({ type: 'MONTH_DAY', entries: [{ month: 2, day: 29, price: '1.00' }] }), []],
  [
    'a day twice',
    priceWith({ type: 'MONTH_DAY', entries: [1, 2].map((n) => ({ month: 3, day: 31, price: `${n}.00` })) }),
    [`${price}.entries validation.uniqueItems`],
  ],
  [
    'a year and twelve months',
    priceWith({
      type: 'TERM_BASED',
      entries: [months(12), { value: 1, unit: 'YEAR' }].map((offset) => ({ offset, price: '1.00' })),
    }),
    [`${price}.entries validation.uniqueItems`],
  ],
  ['at once, and once', priceWith({ type: 'TERM_BASED', entries: [{ offset: months(0), price: '1.00' }] }), []],
  [
    'at once, again and again',
    priceWith({ type: 'TERM_BASED', recurring: true, entries: [{ offset: months(0), price: '1.00' }] }),
    [`${price}.entries[0].offset catalogue.zeroOffsetRepeats`],
  ],
  [
    'ages that meet',
    priceWith({
      ...monthly,
      ages: [
        [10, 18],
        [18, 24],
      ].map(([startAge, endAge]) => ageRange(startAge, endAge)),
    }),
    [`${price}.ages[1] catalogue.agesOverlap`],
  ],
  [
    'ages side by side',
    priceWith({
      ...monthly,
      ages: [
        [18, 24],
        [10, 17],
      ].map(([startAge, endAge]) => ageRange(startAge, endAge)),
    }),
    [],
  ],
  [
    'more than all of a price',
    priceWith({ ...monthly, ages: [{ startAge: 1, endAge: 2, type: 'PERCENTAGE', percentage: '100.5' }] }),
    [`${price}.ages[0].percentage validation.max`],
  ],
  [
    'a new amount in percent',
    termWith({ priceRules: [{ ...raise, type: 'NEW_BASIC_AMOUNT' }] }),
    [`${at}.priceRules[0].chargeAdjustmentType catalogue.fieldNotAllowed`],
  ],
  [
    'a reduction by more than all',
    termWith({ priceRules: [{ ...raise, type: 'REDUCTION', value: '101' }] }),
    [`${at}.priceRules[0].value validation.max`],
  ],
  ['a raise by more than all', termWith({ priceRules: [{ ...raise, value: '101' }] }), []],
  [
    'twice of something that happens once',
    termWith({ priceRules: [{ ...raise, maxOccurrences: 2 }] }),
    [`${at}.priceRules[0].recurrence catalogue.fieldNeeded`],
  ],
  [
    'two starter packages',
    termWith({ flatFees: ['A', 'B'].map(starter) }),
    [`${at}.flatFees[1].starterPackage catalogue.starterPackageTwice`],
  ],
  [
    'one fee twice',
    termWith({ flatFees: ['A', 'A'].map((name) => ({ ...starter(name), starterPackage: false })) }),
    [`${at}.flatFees validation.uniqueItems`],
  ],
]

function ageRange(startAge = 0, endAge = 0) {
  return { startAge, endAge, type: 'ABSOLUTE', price: '1.00' }
}

function starter(identifier: string) {
  const paymentFrequency = { type: 'NON_RECURRING', price: '1.00' }
  return { identifier, name: identifier, starterPackage: true, paymentFrequency }
}

for (const [what, faults, expected] of offers) {
  test(`of an offer: ${what} is ${expected.length === 0 ? 'fine' : `refused, ${expected.join(', ')}`}`, () =>
    assert.deepEqual(faults, expected))
}

test('terms lead back when one of them comes up again, however long the way is', () => {
  const next = new Map([
    [1, 2],
    [2, 3],
    [3, 1],
    [4, 5],
  ])
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6].map((term) => leadsBack(term, next)),
    [true, true, true, false, false, false],
  )
  assert.ok(leadsBack(7, new Map([[7, 7]])))
})
