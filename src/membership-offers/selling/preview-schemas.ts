import { type Static, Type } from 'typebox'
import { choice, date, described, flag, id, list, named, text } from '../../platform/api/schema.ts'
import { Money, Term } from '../../platform/api/values.ts'
import { BonusPeriod, ContractVolume, MembershipOfferTextBlock } from '../api-schemas.ts'
import { MembershipOfferPaymentFrequency } from '../frequency-schemas.ts'

const optional = Type.Optional
const money = (meaning: string) => optional(described(Money, meaning))
const number = (meaning: string) =>
  optional(Type.Number({ description: `${meaning} In the currency of the studio.`, examples: [4.5] }))
const effectivePeriods = ['UNLIMITED', 'INITIAL_TERM', 'TIME_BASED'] as const
const splitTypes = ['ABSOLUTE', 'PERCENTAGE'] as const

const DiscountPeriod = Type.Object({
  discountType: choice(splitTypes, 'What `discountValue` is.'),
  discountValue: described(Money, 'By how much; of a PERCENTAGE the percent stands in `amount`.'),
  effectivePeriod: choice(effectivePeriods, 'How long it counts, from where the one before ended.'),
  effectivePeriodTimeBasedTerm: optional(described(Term, 'Of a TIME_BASED one.')),
  discountedBasePrice: money('The price of one payment, after age, in this time.'),
  companyAmount: money('What the company pays of it.'),
  memberAmount: money('What the member pays of it.'),
})
export type DiscountPeriod = Static<typeof DiscountPeriod>

const Line = Type.Object({
  dueDate: optional(date('When it falls due.')),
  description: optional(text('What it is for, in the language of the studio.', { examples: ['Contract Basic'] })),
  type: optional(
    choice(['CONTRACT_FEE', 'STARTER_PACKAGE', 'FLAT_FEE', 'MODULE_FEE', 'BONUS_PERIOD'], 'Which kind of charge.'),
  ),
  amount: money('What the member pays.'),
  mandatoryOnSigning: optional(flag('Whether it has to be paid when the contract is signed.')),
})

const partFields = {
  name: text('Name of it.', { examples: ['Sauna'] }),
  paidTimePeriodCalculationType: optional(
    choice(
      ['REFERENCE_DATE', 'NORMALIZATION_ON_CALENDAR_UNIT'],
      'Of a recurring one: periods follow the start date, or the calendar after a first short one.',
    ),
  ),
  paymentFrequency: described(MembershipOfferPaymentFrequency, 'How the price becomes payments.'),
  formattedPaymentFrequency: text('The frequency in words, in the language of the caller.'),
  voucherBonusPeriod: optional(
    described(BonusPeriod, 'Free time of this part alone; vouchers give it to the whole contract, so it is left out.'),
  ),
  creditValue: number('Credit for this part alone; vouchers give credit to the account, so it is left out.'),
}

const FlatFeePreview = named(
  'FlatFeePreview',
  Type.Object({
    ...partFields,
    identifier: text('The fee; vouchers refer to it.'),
    discountedPrice: money('Its price with the voucher, at first.'),
    companyAmount: money('What the company pays of it.'),
    memberAmount: money('What the member pays of it.'),
    discountPeriods: optional(list(DiscountPeriod, 'How long the voucher makes it cheaper.')),
  }),
)

const ModuleContractPreview = named(
  'ModuleContractPreview',
  Type.Object({
    ...partFields,
    id: id('The module of the offer.'),
    discountedPrice: number('Its price with the voucher, at first.'),
    companyAmount: number('What the company pays of it.'),
    memberAmount: number('What the member pays of it.'),
  }),
)

const voucherFields = {
  voucherType: optional(
    choice(['CONTRACT', 'CREDIT', 'DISCOUNT', 'COMPANY_FEE_SPLIT', 'CHECKIN'], 'What the voucher does.'),
  ),
  voucherRemarks: optional(text('What the studio says of the voucher.')),
  voucherSuccessMessage: optional(text('What the voucher changes, in the language of the caller.')),
  voucherErrorCode: optional(choice(['INVALID_CODE'], 'The code does not count here; all else is as without it.')),
  voucherTextBlocks: optional(list(MembershipOfferTextBlock, 'Texts that belong to the contract with a voucher only.')),
  voucherBonusPeriod: optional(described(BonusPeriod, 'Free time that the voucher grants.')),
  voucherDiscountPeriods: optional(list(DiscountPeriod, 'The discounts, one after the other from the start.')),
  voucherEffectivePeriod: optional(choice(effectivePeriods, 'Of the first discount.')),
  effectivePeriodTimeBasedTerm: optional(described(Term, 'Of the first discount.')),
  effectivePeriodTimeBasedTermUnit: optional(choice(['DAY', 'WEEK', 'MONTH', 'YEAR'], 'Its unit once more.')),
  discountType: optional(choice(splitTypes, 'Of the first discount.')),
  discountValue: money('Of the first discount.'),
  discountedBasePrice: money('The price with the first discount.'),
  discountedPreUseCharge: money('What the use before the start costs with the voucher.'),
  creditValue: money('Credit that the account gets when the contract is signed.'),
  companyName: optional(text('Who pays a part.')),
  companyFeeSplitType: optional(choice(splitTypes, 'What `companyFeeSplitValue` is.')),
  companyFeeSplitValue: money('How much the company pays; of a PERCENTAGE the percent stands in `amount`.'),
  companyAmount: money('What the company pays of the price.'),
  memberAmount: money('What the member pays of the price.'),
  companyAmountWithoutDiscount: money('What the company pays of the price without discount.'),
  memberAmountWithoutDiscount: money('What the member pays of the price without discount.'),
  companyAmountPreUseCharge: number('What the company pays of the use before the start.'),
  memberAmountPreUseCharge: number('What the member pays of the use before the start.'),
}

export const PaymentPreview = optional(
  Type.Object(
    {
      paymentSchedule: optional(list(Line, 'What falls due for the initial term, by date.')),
      dueOnSigningAmount: money('What has to be paid when the contract is signed.'),
    },
    { description: 'The payments.' },
  ),
)

/** What a membership would cost that was signed now. */
export const SignupPreview = named(
  'OpenApiV1SignupPreviewDto',
  Type.Object({
    basePrice: described(Money, 'The first price, before age and voucher.'),
    ageAdjustedPrice: money('The price for the age of the member; only where the age changes it.'),
    preUseCharge: money('What the use before the start costs; only where there is such use.'),
    ...voucherFields,
    flatFeePreviews: optional(list(FlatFeePreview, 'The fees, the joining fee among them.')),
    contractVolumeInformation: optional(described(ContractVolume, 'What the contract costs in all, without voucher.')),
    moduleConsentTextBlocks: optional(list(MembershipOfferTextBlock, 'What modules ask the consent for.')),
    selectedOptionalModulesPreviews: optional(list(ModuleContractPreview, 'The chosen modules that cost something.')),
    paymentPreview: PaymentPreview,
  }),
)
export type SignupPreview = Static<typeof SignupPreview>
