import {
  ageAdjustments,
  bonusPeriods,
  flatFees,
  membershipOfferModules,
  membershipOffers,
  membershipOfferTerms,
  modulePaymentFrequencies,
  offerPaymentChoices,
  offerPublications,
  offerTextBlocks,
  paymentFrequencies,
  paymentFrequencyEntries,
  priceRules,
  termStudioPrices,
  textBlocks,
} from '../../membership-offers/tables.ts'
import { plant, type Planting } from '../planting.ts'
import { moduleIds, rateIds } from './catalogue.ts'
import { berlin, offPeak } from './chain.ts'
import { london } from './studios.ts'

/** Ids of the offers that partners list. */
export const offer = {
  basic: 601,
  premium: 602,
  flex: 603,
  student: 604,
  yearPrepaid: 605,
  instalments: 606,
  coursePlan: 607,
  summer: 608,
  offPeak: 609,
  expired: 610,
} as const

/** Ids of their terms: sign with one of them. */
export const offerTerm = {
  basic12: 6011,
  basic24: 6012,
  premium: 6021,
  flex: 6031,
  student: 6041,
  yearPrepaid: 6051,
  instalments: 6061,
  coursePlan: 6071,
  summer: 6081,
  offPeak: 6091,
  expired: 6101,
} as const

/** Frequencies have the id of the term that they are the price of; those of fees and modules have their own. */
export const frequency = {
  starter: 6901,
  sauna: 6902,
  training: 6903,
  drinks: 6904,
  drinksWeekly: 6905,
  towels: 6906,
} as const
const london12 = 6910
const londonFlex = 6911

const block = { terms: 681, privacy: 682, welcome: 683 } as const

/** What Berlin and London sell as a membership. */
export async function plantOffers(planting: Planting) {
  await plantFrequencies(planting)
  await plantOfferRows(planting)
  await plantTerms(planting)
  await plantPremium(planting)
  await plantPublications(planting)
}

async function plantFrequencies(planting: Planting) {
  const monthly = { type: 'RECURRING', termValue: 1, termUnit: 'MONTH' } as const
  const { basic12, basic24, premium, flex, student, yearPrepaid, instalments, coursePlan, ...rest } = offerTerm
  await plant(planting, paymentFrequencies, [
    { id: basic12, ...monthly, price: '29.90' },
    { id: basic24, ...monthly, price: '24.90' },
    { id: premium, ...monthly, price: '49.90', paidPeriodCalc: 'NORMALIZATION_ON_CALENDAR_UNIT' },
    { id: flex, ...monthly, price: '39.90' },
    { id: student, ...monthly, price: '29.90' },
    { id: yearPrepaid, type: 'NON_RECURRING', price: '299.00' },
    { id: instalments, type: 'MONTH_DAY', recurring: true },
    { id: coursePlan, type: 'TERM_BASED' },
    { id: rest.summer, ...monthly, price: '19.90' },
    { id: rest.offPeak, ...monthly, price: '19.90' },
    { id: rest.expired, ...monthly, price: '14.90' },
    { id: frequency.starter, type: 'NON_RECURRING', price: '39.00' },
    { id: frequency.sauna, ...monthly, price: '9.90' },
    { id: frequency.training, ...monthly, price: '59.00' },
    { id: frequency.drinks, ...monthly, price: '5.00' },
    { id: frequency.drinksWeekly, type: 'RECURRING', termValue: 1, termUnit: 'WEEK', price: '1.50' },
    { id: frequency.towels, ...monthly, price: '4.00' },
    { id: london12, ...monthly, price: '34.90' },
    { id: londonFlex, ...monthly, price: '44.90' },
  ])
  await plant(planting, paymentFrequencyEntries, [
    { paymentFrequencyId: instalments, month: 3, day: 31, price: '120.00' },
    { paymentFrequencyId: instalments, month: 9, day: 30, price: '120.00' },
    { paymentFrequencyId: coursePlan, offsetValue: 0, offsetUnit: 'MONTH', price: '50.00' },
    { paymentFrequencyId: coursePlan, offsetValue: 3, offsetUnit: 'MONTH', price: '40.00' },
    { paymentFrequencyId: coursePlan, offsetValue: 6, offsetUnit: 'MONTH', price: '30.00' },
  ])
  await plant(planting, ageAdjustments, [
    { paymentFrequencyId: student, startAge: 16, endAge: 17, type: 'ABSOLUTE', price: '19.90' },
    { paymentFrequencyId: student, startAge: 18, endAge: 27, type: 'PERCENTAGE', percentage: '20' },
  ])
  await plant(planting, modulePaymentFrequencies, [
    { moduleId: moduleIds.drinks.id, paymentFrequencyId: frequency.drinks, position: 0 },
    { moduleId: moduleIds.drinks.id, paymentFrequencyId: frequency.drinksWeekly, position: 1 },
    { moduleId: moduleIds.towels.id, paymentFrequencyId: frequency.towels, position: 0 },
  ])
}

async function plantOfferRows(planting: Planting) {
  const { today } = planting
  const around = (from: number, to: number) => ({
    limitedFrom: today.add({ days: from }),
    limitedTo: today.add({ days: to }),
  })
  const { basic, premium, flex, student } = rateIds
  await plant(planting, membershipOffers, [
    { id: offer.basic, rateId: basic.id, name: 'Basic 12', description: 'Training at all hours' },
    {
      id: offer.premium,
      rateId: premium.id,
      name: 'Premium',
      description: 'Training, courses and a trainer',
      subDescription: 'With one extra of your choice',
      footnote: 'The price rises by 5% after a year.',
      preUseType: 'CHARGEABLE',
      signaturesRequired: true,
      maxSelectable: 1,
    },
    { id: offer.flex, rateId: flex.id, name: 'Flex', description: 'Month by month' },
    {
      id: offer.student,
      rateId: student.id,
      name: 'Student',
      description: 'For pupils and students',
      minAge: 16,
      maxAge: 27,
    },
    { id: offer.yearPrepaid, rateId: basic.id, name: 'Year prepaid', description: 'Paid once' },
    { id: offer.instalments, rateId: basic.id, name: 'Instalments', description: 'Paid in spring and autumn' },
    { id: offer.coursePlan, rateId: basic.id, name: 'Course plan', description: 'Nine months in three parts' },
    {
      id: offer.summer,
      rateId: basic.id,
      name: 'Summer special',
      description: 'Sold for a few weeks',
      ...around(-14, 400),
    },
    {
      id: offer.offPeak,
      rateId: basic.id,
      name: 'Off-peak',
      description: 'When it is quiet',
      openingHourCategoryId: offPeak,
    },
    { id: offer.expired, rateId: basic.id, name: 'Last winter', description: 'Sold no more', ...around(-120, -30) },
  ])
  await plant(
    planting,
    offerPaymentChoices,
    Object.values(offer).flatMap((offerId) =>
      (['CASH', 'SEPA', 'CREDIT_CARD'] as const).map((choice) => ({ offerId, choice })),
    ),
  )
}

async function plantTerms(planting: Planting) {
  const months = (value: number) => ({ termValue: value, termUnit: 'MONTH' }) as const
  const thenBy = (value: number) =>
    ({ extensionType: 'TERM_EXTENSION', extensionTermValue: value, extensionTermUnit: 'MONTH' }) as const
  const notice = (value: number) => ({ cancelationPeriodValue: value, cancelationPeriodUnit: 'MONTH' }) as const
  const year = { ...months(12), ...thenBy(1), ...notice(1) }
  const dueAtOnce = ['STARTER_PACKAGE', 'FIRST_CONTRACT_FEE'] as const
  const follows = { extensionType: 'SUBSEQUENT_RATE_DETAIL', subsequentTermId: offerTerm.basic12 } as const
  const term = (id: number, offerId: number, position = 0) => ({ id, offerId, position, paymentFrequencyId: id })
  await plant(planting, membershipOfferTerms, [
    { ...term(offerTerm.basic12, offer.basic), ...year },
    { ...term(offerTerm.basic24, offer.basic, 1), ...year, ...months(24) },
    {
      ...term(offerTerm.premium, offer.premium),
      ...year,
      priceAfterExtension: '54.90',
      startRule: 'FIRST_OF_NEXT_MONTH',
      startOfUseRule: 'TODAY',
      dueOnSigning: [...dueAtOnce],
    },
    { ...term(offerTerm.flex, offer.flex), ...year, ...months(1) },
    { ...term(offerTerm.student, offer.student), ...months(12), ...follows, ...notice(1) },
    { ...term(offerTerm.yearPrepaid, offer.yearPrepaid), ...months(12), ...thenBy(12), ...notice(3) },
    { ...term(offerTerm.instalments, offer.instalments), ...months(24), ...thenBy(12), ...notice(3) },
    { ...term(offerTerm.coursePlan, offer.coursePlan), ...months(9), extensionType: 'NONE' },
    { ...term(offerTerm.summer, offer.summer), ...year },
    { ...term(offerTerm.offPeak, offer.offPeak), ...year },
    { ...term(offerTerm.expired, offer.expired), ...year },
  ])
}

/** Everything that an offer can have. */
async function plantPremium(planting: Planting) {
  const termId = offerTerm.premium
  const offerId = offer.premium
  await plant(planting, flatFees, [
    {
      termId,
      identifier: 'STARTER',
      name: 'Starter package',
      paymentFrequencyId: frequency.starter,
      starterPackage: true,
    },
  ])
  await plant(planting, priceRules, [
    {
      termId,
      position: 0,
      type: 'RAISE',
      chargeAdjustmentType: 'RELATIVE',
      value: '5',
      firstAfterValue: 12,
      firstAfterUnit: 'MONTH',
    },
  ])
  await plant(planting, bonusPeriods, [
    {
      termId,
      bonusValue: 1,
      bonusUnit: 'MONTH',
      strategy: 'END_OF_CURRENT_TERM',
      runtimeExtensionType: 'WITH_EXTENSION',
      displaySeparately: true,
    },
  ])
  await plant(planting, textBlocks, [
    {
      id: block.terms,
      title: 'Terms',
      text: 'The rules of the house.',
      hasSignature: true,
      confirmationRequired: true,
      attachmentType: 'CONTRACT_PDF_PREVIEW',
    },
    { id: block.privacy, title: 'Privacy', text: 'How we may write to you.', showCommunicationPrivacyOptions: true },
    { id: block.welcome, title: 'Welcome', text: 'Your discount ends as the voucher says.' },
  ])
  await plant(planting, offerTextBlocks, [
    { offerId, textBlockId: block.terms, sort: 0 },
    { offerId, textBlockId: block.privacy, sort: 1 },
    { offerId, textBlockId: block.welcome, sort: 2, onlyWithVoucher: true },
  ])
  const free = { offerId, kind: 'SELECTABLE' } as const
  const paid = { offerId, kind: 'OPTIONAL', termId } as const
  const { drinks, towels, solarium, sauna, personalTraining } = moduleIds
  await plant(planting, membershipOfferModules, [
    { id: 671, ...free, moduleId: drinks.id, position: 0 },
    { id: 672, ...free, moduleId: towels.id, position: 1 },
    { id: 673, ...free, moduleId: solarium.id, position: 2 },
    { id: 674, ...paid, moduleId: sauna.id, paymentFrequencyId: frequency.sauna, position: 3 },
    { id: 675, ...paid, moduleId: personalTraining.id, paymentFrequencyId: frequency.training, position: 4 },
  ])
}

async function plantPublications(planting: Planting) {
  const publish = (studioId: number, offerIds: readonly number[]) =>
    offerIds.map((offerId, position) => ({ studioId, offerId, channel: 'OPEN_API' as const, position }))
  await plant(planting, offerPublications, [
    ...publish(berlin, Object.values(offer)),
    ...publish(london, [offer.basic, offer.flex]),
  ])
  await plant(planting, termStudioPrices, [
    { termId: offerTerm.basic12, studioId: london, paymentFrequencyId: london12 },
    { termId: offerTerm.flex, studioId: london, paymentFrequencyId: londonFlex },
  ])
}
