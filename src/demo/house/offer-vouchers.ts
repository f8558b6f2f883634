import {
  companies,
  membershipVoucherCodes,
  membershipVouchers,
  voucherDiscountPeriods,
} from '../../membership-offers/tables.ts'
import { plant, type Planting } from '../planting.ts'

const acme = 651
const voucher = { welcome: 641, credit: 642, acme: 643, soldOut: 644 } as const
/** As many as nobody uses up by trying. */
const often = 100_000

/** Codes that make a membership cheaper, and one that is used up. */
export async function plantOfferVouchers(planting: Planting) {
  await plant(planting, companies, [
    { id: acme, name: 'ACME', street: 'Lindenallee 1', zipCode: '10435', city: 'Berlin', countryCode: 'DE' },
  ])
  await plant(planting, membershipVouchers, [
    { id: voucher.welcome, type: 'DISCOUNT', remarks: 'For everybody', appliesPreuse: true },
    { id: voucher.credit, type: 'CREDIT', creditValue: '20.00' },
    {
      id: voucher.acme,
      type: 'COMPANY_FEE_SPLIT',
      companyId: acme,
      companySplitType: 'PERCENTAGE',
      companySplitPercentage: '33.33',
    },
    { id: voucher.soldOut, type: 'DISCOUNT', maxRedemptions: 1, redeemed: 1 },
  ])
  await plant(planting, voucherDiscountPeriods, [
    {
      voucherId: voucher.welcome,
      seq: 0,
      type: 'PERCENTAGE',
      percentage: '50',
      effective: 'TIME_BASED',
      termValue: 3,
      termUnit: 'MONTH',
    },
    { voucherId: voucher.welcome, seq: 1, type: 'ABSOLUTE', amount: '5.00', effective: 'INITIAL_TERM' },
    { voucherId: voucher.soldOut, seq: 0, type: 'PERCENTAGE', percentage: '10', effective: 'UNLIMITED' },
  ])
  await plant(planting, membershipVoucherCodes, [
    { voucherId: voucher.welcome, code: 'WELCOME50', maxRedemptions: often },
    { voucherId: voucher.credit, code: 'CREDIT20', maxRedemptions: often },
    { voucherId: voucher.acme, code: 'ACME', maxRedemptions: often },
    { voucherId: voucher.soldOut, code: 'SOLDOUT', redeemed: 1 },
  ])
}
