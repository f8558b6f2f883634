export const monthly = { type: 'RECURRING', term: { value: 1, unit: 'MONTH' }, price: '29.90' }

/** A term of twelve months for 29.90 a month, then month by month. */
export const year = {
  term: { value: 12, unit: 'MONTH' },
  paymentFrequency: monthly,
  extensionType: 'TERM_EXTENSION',
  extensionTerm: { value: 1, unit: 'MONTH' },
  cancelationPeriod: { value: 1, unit: 'MONTH' },
}

interface Parts {
  readonly blockId: number
  readonly moduleId: number
  /** The term that follows the second one. */
  readonly next: number
  /** Has a price of its own. */
  readonly studioId: number
}

/** Everything that an offer can have, but for its rate and where it is sold. */
export function fullOffer(parts: Parts) {
  const { blockId, moduleId } = parts
  return {
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
    terms: [fullTerm(parts), followedTerm(parts), termInParts],
  }
}

const fullTerm = ({ moduleId, studioId }: Parts) => ({
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
  studioPrices: [{ studioId, paymentFrequency: { ...monthly, price: '34.90' } }],
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
      taxCode: 'REDUCED',
      starterPackage: true,
      firstBookingDelay: { value: 0, unit: 'DAY' },
      paymentFrequency: { type: 'NON_RECURRING', price: '39.00' },
    },
  ],
  bonusPeriods: [
    { bonus: { value: 2, unit: 'WEEK' }, strategy: 'CONTRACT_START', runtimeExtensionType: 'WITH_EXTENSION' },
  ],
  modules: [{ moduleId, paymentFrequency: monthly }],
})

const followedTerm = ({ next }: Parts) => ({
  ...year,
  extensionType: 'SUBSEQUENT_RATE_DETAIL',
  extensionTerm: undefined,
  subsequentTermId: next,
  paymentFrequency: {
    type: 'MONTH_DAY',
    recurring: true,
    entries: [{ month: 2, day: 29, price: '60.00' }],
  },
})

const termInParts = {
  ...year,
  paymentFrequency: { type: 'TERM_BASED', entries: [{ offset: { value: 0, unit: 'MONTH' }, price: '50.00' }] },
}
