import { type Static, Type } from 'typebox'
import { paymentChoices } from '../accounts/index.ts'
import { choice, date, described, flag, id, int32, list, named, text } from '../platform/api/schema.ts'
import { Money, Term } from '../platform/api/values.ts'
import { MembershipOfferPaymentFrequency } from './frequency-schemas.ts'

const optional = Type.Optional

export const preUseTypes = ['NOT_AVAILABLE', 'CHARGEABLE', 'FREE'] as const
const extensionTypes = ['NONE', 'TERM_EXTENSION', 'SUBSEQUENT_RATE_DETAIL'] as const
const offerId = id('The offer.', { examples: [1000000601] })
const ContractPreUseType = named(
  'ContractPreUseType',
  choice(
    preUseTypes,
    'Whether members may use the studio before the start of their contract, and whether they pay for it.',
  ),
)

export const MembershipOfferRateCode = named(
  'MembershipOfferRateCode',
  Type.Object({
    name: optional(text('Name of the code.', { examples: ['Tier: Gold'] })),
    identifier: optional(text('The code itself; integrations steer by it.', { examples: ['TIER_GOLD'] })),
  }),
)

export const ContractVolume = named(
  'ContractVolume',
  Type.Object({
    totalContractVolume: optional(described(Money, 'Everything that falls due in the initial term.')),
    averagePaymentVolumePerMonth: optional(described(Money, 'The total for 30 days on average.')),
    averagePaymentVolumePerPaymentFrequencyTerm: optional(
      described(Money, 'The total for one step of the payment frequency on average.'),
    ),
  }),
)
export type ContractVolume = Static<typeof ContractVolume>

export const MembershipOfferTerm = named(
  'MembershipOfferTerm',
  Type.Object({
    id: id('The term: sign with this id.', { examples: [1000000602] }),
    term: optional(described(Term, 'Length of the initial term.')),
    contractVolumeInformation: optional(described(ContractVolume, 'What a contract from today on would cost.')),
    paymentFrequency: described(MembershipOfferPaymentFrequency, 'How the price becomes payments.'),
    extensionTerm: optional(described(Term, 'Length of every renewal.')),
  }),
)

const offerFields = {
  id: offerId,
  description: text('What is sold.'),
  name: text('Name of the offer.', { examples: ['Premium'] }),
  subDescription: optional(text('A line below the description.')),
  imageUrl: optional(text('A picture; the link is valid for 2 hours.')),
  footnote: optional(text('Small print.')),
  preUseType: described(ContractPreUseType, 'Whether members may come before the start, and whether they pay for it.'),
  limitedOfferingPeriod: optional(
    described(
      named(
        'DatePeriod',
        Type.Object({ startDate: date('First day, inclusive.'), endDate: date('Last day, inclusive.') }),
      ),
      'When it can be signed; left out: at any time.',
    ),
  ),
  rateCodes: list(MembershipOfferRateCode, 'Codes of the rate.'),
}

export const MembershipOffer = named(
  'MembershipOffer',
  Type.Object({ ...offerFields, terms: list(MembershipOfferTerm, 'The terms that can be signed, in order.') }),
)
export type MembershipOffer = Static<typeof MembershipOffer>

export const MembershipOfferTextBlock = named(
  'MembershipOfferTextBlock',
  Type.Object({
    id: optional(id('The text block: sign with this id.')),
    title: optional(text('Heading.')),
    text: optional(text('What the member reads.')),
    order: optional(int32('Position among the blocks.')),
    hasSignature: optional(flag('Whether it can be signed.')),
    showCommunicationPrivacyOptions: optional(flag('Whether the choices about communication belong below it.')),
    attachmentType: optional(choice(['NONE', 'FILE', 'URL', 'CONTRACT_PDF_PREVIEW'], 'What is attached.')),
    attachedExternalUrlDto: optional(
      described(
        named('ExternalUrl', Type.Object({ title: text('Text of the link.'), url: text('Where it leads.') })),
        'The link that is attached.',
      ),
    ),
    attachedDocument: optional(
      described(
        named(
          'AttachedDocument',
          Type.Object({ fileName: text('Name of the file.'), url: text('Valid for 5 hours.') }),
        ),
        'The file that is attached; of CONTRACT_PDF_PREVIEW a specimen of the contract of this offer.',
      ),
    ),
    rateBundleModuleId: optional(id('The module of the offer that asks for this consent.')),
    confirmationRequired: optional(flag('Whether the member has to confirm it; with `hasSignature` by signing.')),
  }),
)
export type MembershipOfferTextBlock = Static<typeof MembershipOfferTextBlock>

const ModuleTerm = named(
  'MembershipOfferModuleTerm',
  Type.Object({
    extensionType: choice(extensionTypes, 'What happens after the term.'),
    term: optional(described(Term, 'Length of the initial term; absent: as long as the contract.')),
    termExtension: optional(described(Term, 'Length of every renewal.')),
    cancelationPeriod: optional(described(Term, 'Period of notice in the initial term.')),
    extensionCancelationPeriod: optional(described(Term, 'Period of notice in renewals.')),
  }),
)

const offerModuleFields = {
  id: id('The module of this offer: choose it by this id.', { examples: [1000000603] }),
  name: text('Name of the module.', { examples: ['Sauna'] }),
  description: text('What it is.'),
  imageUrl: optional(text('A picture; the link is valid for 5 hours.')),
  term: described(ModuleTerm, 'How long the module lasts.'),
  trialPeriod: optional(
    described(
      named(
        'MembershipOfferTrialPeriod',
        Type.Object({
          trialPeriod: described(Term, 'Free time at the start.'),
          description: text('What the trial is.'),
        }),
      ),
      'Free time at the start of the module.',
    ),
  ),
  consentTextBlock: optional(described(MembershipOfferTextBlock, 'What the member agrees to with the module.')),
}

const IncludedModule = named(
  'MembershipOfferIncludedModule',
  Type.Object({ ...offerModuleFields, rateCodes: optional(list(MembershipOfferRateCode, 'Codes of the module.')) }),
)
export type IncludedModule = Static<typeof IncludedModule>

const OfferModule = named(
  'MembershipOfferModule',
  Type.Object({
    ...offerModuleFields,
    paymentFrequency: described(MembershipOfferPaymentFrequency, 'How the price becomes payments.'),
  }),
)
export type OfferModule = Static<typeof OfferModule>

const AdjustmentRule = named(
  'MembershipOfferTermAdjustmentRule',
  Type.Object({
    defaultDescription: text('The rule in one sentence, in the language of the caller.'),
    value: text('By how much: a percentage or an amount.', { examples: ['5%', '5.00 EUR'] }),
    recurrenceFrequency: text('When it happens, in words.', { examples: ['every 6 months, first after 12 months'] }),
    type: choice(['RAISE', 'REDUCTION', 'NEW_BASIC_AMOUNT'], 'What it does with the price.'),
    chargeAdjustmentType: choice(['RELATIVE', 'ABSOLUTE', 'BASIC_AMOUNT'], 'What `value` is.'),
  }),
)
export type AdjustmentRule = Static<typeof AdjustmentRule>

const FlatFee = named(
  'MembershipOfferFlatFee',
  Type.Object({
    name: text('Name of the fee.', { examples: ['Starter package'] }),
    identifier: optional(text('The fee; vouchers refer to it.')),
    formattedPaymentFrequency: text('The frequency in words, in the language of the caller.'),
    firstBookingDelay: optional(described(Term, 'How long after the start it falls due first.')),
    paymentFrequency: optional(described(MembershipOfferPaymentFrequency, 'How the fee becomes payments.')),
    starterPackage: optional(flag('Whether it is the joining fee.')),
  }),
)

export const BonusPeriod = named(
  'MembershipOfferRateBonusPeriod',
  Type.Object({
    term: described(Term, 'Length of the free time.'),
    termStrategy: choice(['CONTRACT_START', 'FIXED', 'END_OF_CURRENT_TERM', 'START_OF_NEXT_TERM'], 'Where it lies.'),
    displaySeparately: optional(flag('Whether to show it apart from the term.')),
    runtimeExtensionType: choice(['WITH_EXTENSION', 'WITHOUT_EXTENSION'], 'Whether the term gets longer by it.'),
    extendsCancellationPeriod: optional(flag('Whether the deadline for canceling moves as well.')),
  }),
)

export type MembershipOfferTerm = Static<typeof MembershipOfferTerm>

export const MembershipOfferTermExtended = named(
  'MembershipOfferTermExtended',
  Type.Object({
    ...MembershipOfferTerm.properties,
    defaultContractStartDate: optional(date('The start that the studio proposes.')),
    defaultContractStartDateOfUse: optional(date('The first day of use that the studio proposes.')),
    priceAdjustmentRules: optional(list(AdjustmentRule, 'Price steps that are agreed in advance.')),
    flatFees: list(FlatFee, 'Fees beside the price.'),
    extensionFixedTerm: optional(described(Term, 'Length of the first renewal.')),
    extensionType: choice(extensionTypes, 'What happens after the initial term.'),
    subsequentRate: optional(
      described(
        named(
          'MembershipOfferSubsequentRate',
          Type.Object({
            name: text('Name of the rate that follows.'),
            paymentFrequency: described(MembershipOfferPaymentFrequency, 'How the price becomes payments.'),
          }),
        ),
        'The rate with which the contract goes on after the initial term.',
      ),
    ),
    cancelationStrategy: choice(
      ['TERM', 'RECEIPT_DATE'],
      'Whether notice is given to the end of a term or at any time.',
    ),
    cancelationPeriod: optional(described(Term, 'Period of notice in the initial term.')),
    extensionCancelationPeriod: optional(described(Term, 'Period of notice in renewals.')),
    rateBonusPeriods: optional(list(BonusPeriod, 'Free time.')),
    rateStartPrice: optional(described(Money, 'The price on the first day.')),
    optionalModules: optional(list(OfferModule, 'Modules that cost something.')),
    termAfterExtension: optional(
      described(Term, 'Length of the first renewal where it differs from the initial term.'),
    ),
    priceAfterExtension: optional(described(Money, 'The price from the first renewal on, where it differs.')),
  }),
)
export type MembershipOfferTermExtended = Static<typeof MembershipOfferTermExtended>

export const MembershipOfferExtended = named(
  'MembershipOfferExtended',
  Type.Object({
    ...offerFields,
    includedModules: list(IncludedModule, 'Modules that come with it.'),
    contractSignaturesRequired: optional(flag('Whether the contract has to be signed.')),
    allowedPaymentChoices: list(choice(paymentChoices, 'A way of paying.'), 'The ways of paying that are accepted.', {
      uniqueItems: true,
    }),
    maximumNumberOfSelectableModules: optional(int32('How many of `selectableModules` may be chosen.')),
    contractTextBlocks: list(MembershipOfferTextBlock, 'What the member reads, confirms or signs.'),
    selectableModules: optional(list(OfferModule, 'Free modules to choose from.')),
    terms: optional(list(MembershipOfferTermExtended, 'The terms that can be signed, in order.')),
    timeRestrictions: optional(
      Type.Object(
        {
          openingHoursCategory: optional(
            Type.Object(
              { categoryId: id('The category.'), name: text('Its name.', { examples: ['Off-peak'] }) },
              { description: 'The category of opening hours.' },
            ),
          ),
          availabilities: optional(
            list(
              Type.Object({
                dayOfWeek: choice(
                  ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'],
                  'The day of the week.',
                ),
                timeFrom: text('From this local time on.', { examples: ['06:00:00'] }),
                timeTo: text('Until this local time.', { examples: ['16:00:00'] }),
              }),
              'When members may come in.',
            ),
          ),
        },
        { description: 'Only where the membership is not valid at all opening hours.' },
      ),
    ),
  }),
)
export type MembershipOfferExtended = Static<typeof MembershipOfferExtended>
