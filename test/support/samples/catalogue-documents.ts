const length = { value: 2, unit: 'WEEK' }

/** What documents name. */
interface References {
  readonly studioId: number
  readonly rateId: number
  readonly companyId: number
}

/** Documents in which no field is left out and none has its preset value. */
export const fullPause = {
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

export const fullTextBlock = {
  title: 'Terms',
  text: 'All\nof it',
  attachmentType: 'URL',
  url: 'https://gym.example/terms',
  urlTitle: 'Terms',
  hasSignature: true,
  confirmationRequired: true,
  showCommunicationPrivacyOptions: true,
}

export const fullRate = ({ studioId }: References) => ({
  studioId,
  name: 'Gold',
  taxCode: 'REDUCED',
  active: true,
  rateCodes: ['GOLD'],
  checkinStudioIds: [studioId],
})

export const fullModule = ({ studioId, rateId }: References) => ({
  studioId,
  name: 'Towels',
  taxCode: 'ZERO',
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
  rateIds: [rateId],
})

export const fullVoucher = ({ studioId, companyId }: References, offerIds: readonly number[]) => ({
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
  offerIds,
  studioIds: [studioId],
})

export const fullSwitch = ({ studioId, rateId }: References, offerIds: readonly number[]) => ({
  name: 'Upgrade',
  bannerText: 'More',
  startRule: 'NEXT_TERM',
  termHandling: 'KEEP_MIN_END',
  chargeStarterPackage: true,
  carryAdditionalModules: true,
  active: false,
  sourceRateIds: [rateId],
  destinationOfferIds: offerIds,
  studioIds: [studioId],
})
