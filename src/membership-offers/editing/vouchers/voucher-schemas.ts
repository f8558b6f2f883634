import { type Static, Type } from 'typebox'
import { choice, date, flag, id, int32, list, text } from '../../../platform/api/schema.ts'
import { membershipVouchers, voucherDiscountPeriods } from '../../tables.ts'
import { amount, identity, length, percent, words } from '../part-schemas.ts'

const optional = Type.Optional

/** A voucher of memberships with its scope, as staff write and read it. Its codes have commands of their own. */
export const VoucherDocument = Type.Object({
  ...identity,
  type: choice(membershipVouchers.type.enumValues, 'what it does; CONTRACT counts for no sale of memberships'),
  remarks: optional(text('what members read', { maxLength: 1000 })),
  validFrom: optional(date('first day')),
  validTo: optional(date('last day; in the past: no code counts any more')),
  maxRedemptions: optional(int32('of all codes together; left out: any number', { minimum: 0 })),
  newCustomersOnly: flag('only for those without a membership in the last 12 months', { default: false }),
  creditValue: optional(amount('CREDIT: what the account gets')),
  companyId: optional(id('COMPANY_FEE_SPLIT: the company that pays a part')),
  companySplitType: optional(choice(membershipVouchers.companySplitType.enumValues, 'what the part is')),
  companySplitPercentage: optional(percent('PERCENTAGE: of each price')),
  companySplitAmount: optional(amount('ABSOLUTE: of each price')),
  appliesRate: flag('discounts are for the price of the rate', { default: true }),
  appliesPreuse: flag('and for use before the start', { default: false }),
  appliesModules: flag('and for modules', { default: false }),
  flatFeeIdentifiers: list(words('A flat fee.'), 'and for these flat fees', { default: [], uniqueItems: true }),
  omitStarterPackage: flag('the joining fee is not charged', { default: false }),
  bonus: optional(length('free time that it grants besides')),
  bonusStrategy: optional(choice(membershipVouchers.bonusStrategy.enumValues, 'where the free time lies')),
  bonusFixedDate: optional(date('FIXED: its first day')),
  bonusRuntimeExtensionType: optional(
    choice(membershipVouchers.bonusRuntimeExtensionType.enumValues, 'whether the term gets longer by it'),
  ),
  bonusExtendsCancelationPeriod: flag('free time moves the deadline for canceling as well', { default: true }),
  discountPeriods: list(
    Type.Object({
      type: choice(voucherDiscountPeriods.type.enumValues, 'what is taken off'),
      percentage: optional(percent('PERCENTAGE: of the price')),
      amount: optional(amount('ABSOLUTE: of the price')),
      effective: choice(voucherDiscountPeriods.effective.enumValues, 'how long; only the last may be without a length'),
      term: optional(length('TIME_BASED: the length')),
    }),
    'discounts, one after the other from the start of the contract',
    { default: [], maxItems: 100 },
  ),
  offerIds: list(id('An offer.'), 'the offers that it is for; empty: all', { default: [], uniqueItems: true }),
  studioIds: list(id('A studio.'), 'the studios in which it counts; empty: all', { default: [], uniqueItems: true }),
})
export type VoucherDocument = Static<typeof VoucherDocument>
