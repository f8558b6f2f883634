import { type Static, Type } from 'typebox'
import { paymentChoices } from '../../../accounts/index.ts'
import { choice, date, flag, id, int32, list, text } from '../../../platform/api/schema.ts'
import {
  dueOnSigningKinds,
  membershipOfferModules,
  membershipOffers,
  membershipOfferTerms,
  offerPublications,
  priceRules,
} from '../../tables.ts'
import {
  activeFlag,
  amount,
  bonusFields,
  delay,
  frequencyDocument,
  identity,
  length,
  taxCode,
  words,
} from '../part-schemas.ts'

const optional = Type.Optional
const many = { default: [], maxItems: 100 }
const moduleFields = {
  id: optional(id('the module of this offer, by which clients choose it; left out: a new one')),
  moduleId: id('the module'),
  textBlockId: optional(id('what the member agrees to with it')),
}

const flatFee = Type.Object({
  identifier: words('vouchers refer to it; one fee of a term', 100),
  name: words('of the fee'),
  taxCode,
  paymentFrequency: frequencyDocument('how the fee becomes payments'),
  firstBookingDelay: optional(delay('how long after the start it is due first')),
  starterPackage: flag('is the joining fee', { default: false }),
  suspendInIdle: flag('is not due while the membership is idle', { default: false }),
})

const priceRule = Type.Object({
  type: choice(priceRules.type.enumValues, 'what it does with the price'),
  chargeAdjustmentType: choice(priceRules.chargeAdjustmentType.enumValues, 'what the value is'),
  value: amount('RELATIVE: percent; else an amount'),
  firstAfter: delay('how long after the start it happens first'),
  recurrence: optional(length('how long until it happens again; left out: once')),
  maxOccurrences: optional(int32('how often at most', { minimum: 1 })),
})

const bonusPeriod = Type.Object({
  ...bonusFields,
  displaySeparately: flag('is shown apart from the term', { default: false }),
  extendsCancelationPeriod: flag('moves the deadline for canceling as well', { default: true }),
})

const term = Type.Object({
  id: optional(id('the term, by which it is signed; left out: a new one')),
  term: length('the initial term'),
  paymentFrequency: frequencyDocument('the price'),
  studioPrices: list(
    Type.Object({ studioId: id('the studio'), paymentFrequency: frequencyDocument('its price there') }),
    'prices of studios that differ',
    many,
  ),
  extensionType: choice(membershipOfferTerms.extensionType.enumValues, 'what happens after the initial term'),
  extensionTerm: optional(length('TERM_EXTENSION: each renewal; left out: there is only the first')),
  extensionFixedTerm: optional(length('TERM_EXTENSION: the first renewal, where it differs')),
  subsequentTermId: optional(id('SUBSEQUENT_RATE_DETAIL: the term with which the contract goes on')),
  priceAfterExtension: optional(amount('from the first renewal on, where it differs')),
  cancelationStrategy: choice(
    membershipOfferTerms.cancelationStrategy.enumValues,
    'notice to the end of a term, or at any time',
    {
      default: 'TERM',
    },
  ),
  cancelationPeriod: optional(length('notice in the initial term; left out: none')),
  extensionCancelationPeriod: optional(length('notice in renewals, where it differs')),
  startRule: choice(membershipOfferTerms.startRule.enumValues, 'which start is proposed', { default: 'TODAY' }),
  startDays: optional(int32('IN_DAYS: how many', { minimum: 0, maximum: 3650 })),
  startDate: optional(date('FIXED_DATE: the start')),
  startOfUseRule: choice(membershipOfferTerms.startOfUseRule.enumValues, 'which first day of use is proposed', {
    default: 'SAME_AS_START',
  }),
  startOfUseDate: optional(date('FIXED_DATE: the first day of use')),
  dueOnSigning: list(choice(dueOnSigningKinds, 'A kind of payment.'), 'what is paid when the contract is signed', {
    default: [],
    uniqueItems: true,
  }),
  ageEvaluation: choice(membershipOfferTerms.ageEvaluation.enumValues, 'when the age counts', {
    default: 'PERIOD_START',
  }),
  active: activeFlag,
  priceRules: list(priceRule, 'price steps that are agreed in advance', many),
  flatFees: list(flatFee, 'fees beside the price', many),
  bonusPeriods: list(bonusPeriod, 'free time', many),
  modules: list(
    Type.Object({ ...moduleFields, paymentFrequency: frequencyDocument('what it costs') }),
    'modules that cost something',
    many,
  ),
})

/** A whole membership offer, as staff write and read it. */
export const offerFields = {
  ...identity,
  rateId: id('the rate that is sold'),
  name: words('of the offer'),
  description: text('what is sold', { maxLength: 5000 }),
  subDescription: optional(text('a line below the description', { maxLength: 1000 })),
  footnote: optional(text('small print', { maxLength: 1000 })),
  preUseType: choice(membershipOffers.preUseType.enumValues, 'use before the start', { default: 'NOT_AVAILABLE' }),
  limitedFrom: optional(date('first day on which it can be signed')),
  limitedTo: optional(date('last day on which it can be signed')),
  signaturesRequired: flag('the contract is signed', { default: false }),
  maxSelectable: int32('how many of the selectable modules a member may choose', { default: 0, minimum: 0 }),
  openingHourCategoryId: optional(id('the hours in which its members may come; left out: all')),
  minAge: optional(int32('youngest age at the start', { minimum: 0, maximum: 150 })),
  maxAge: optional(int32('oldest age at the start', { minimum: 0, maximum: 150 })),
  active: activeFlag,
  paymentChoices: list(choice(paymentChoices, 'A way of paying.'), 'ways of paying', {
    default: [],
    uniqueItems: true,
  }),
  publications: list(
    Type.Object({
      studioId: id('where it is sold'),
      channel: choice(offerPublications.channel.enumValues, 'to whom it is shown', { default: 'OPEN_API' }),
      position: int32('its position among the offers of the studio', { default: 0 }),
    }),
    'where it is sold',
    { default: [], maxItems: 1000 },
  ),
  textBlocks: list(
    Type.Object({
      textBlockId: id('the text block'),
      onlyWithVoucher: flag('only where a voucher is redeemed', { default: false }),
    }),
    'what the member reads, confirms or signs, in this order',
    many,
  ),
  modules: list(
    Type.Object({
      ...moduleFields,
      kind: choice(
        membershipOfferModules.kind.enumValues.slice(0, 2) as ['INCLUDED', 'SELECTABLE'],
        'comes with it, or may be chosen',
      ),
    }),
    'modules that are free',
    many,
  ),
  terms: list(term, 'the variants that can be signed, in this order', { ...many, minItems: 1 }),
}

export const OfferDocument = Type.Object(offerFields)
export type OfferDocument = Static<typeof OfferDocument>
export type TermDocument = OfferDocument['terms'][number]
