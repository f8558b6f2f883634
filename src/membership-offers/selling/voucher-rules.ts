import { isAfter, isBefore } from '../../platform/time/order.ts'
import { defined, nonNull } from '../../platform/values/defined.ts'
import { toMoney, toRatio, toTerm } from '../catalogue/price-plan.ts'
import type { BonusPeriod, DiscountWindow, VoucherTerms } from '../pricing/plan.ts'
import type { VoucherRecord } from './voucher-store.ts'

/** What a redemption would be for. */
export interface Redemption {
  readonly today: Temporal.PlainDate
  readonly studioId: number
  readonly offerId: number
  /** Has had a membership within the last twelve months. */
  readonly isMember: boolean
}

/** Whether the code counts now. CONTRACT vouchers are sold elsewhere and never count here. */
export function isRedeemable({ code, voucher, offerIds, studioIds }: VoucherRecord, wanted: Redemption): boolean {
  const { type, validFrom, validTo, maxRedemptions, redeemed, newCustomersOnly } = voucher
  if (type === 'CONTRACT') return false
  if (validFrom && isBefore(wanted.today, validFrom)) return false
  if (validTo && isAfter(wanted.today, validTo)) return false
  if (code.redeemed >= code.maxRedemptions) return false
  if (maxRedemptions !== null && redeemed >= maxRedemptions) return false
  if (studioIds.length > 0 && !studioIds.includes(wanted.studioId)) return false
  if (offerIds.length > 0 && !offerIds.includes(wanted.offerId)) return false
  return !(newCustomersOnly && wanted.isMember)
}

/** What the voucher changes about prices; account credit changes none. */
export function readVoucherTerms({ voucher, windows }: VoucherRecord, currency: string): VoucherTerms {
  return {
    windows: windows.map((window) => readWindow(window, currency)),
    appliesToRate: voucher.appliesRate,
    appliesToPreUse: voucher.appliesPreuse,
    appliesToModules: voucher.appliesModules,
    omitsStarterPackage: voucher.omitStarterPackage,
    flatFeeIdentifiers: voucher.flatFeeIdentifiers,
    ...defined({ companyShare: readShare(voucher, currency) }),
  }
}

function readWindow(window: VoucherRecord['windows'][number], currency: string): DiscountWindow {
  const { percentage, amount, effective } = window
  return {
    change:
      amount === null
        ? { type: 'PERCENTAGE', off: toRatio(percentage ?? '0') }
        : { type: 'ABSOLUTE', off: toMoney(amount, currency) },
    effective,
    ...defined({ term: toTerm(window.termValue, window.termUnit) }),
  }
}

function readShare(
  { companySplitType, companySplitPercentage, companySplitAmount }: VoucherRecord['voucher'],
  currency: string,
): VoucherTerms['companyShare'] {
  switch (companySplitType) {
    case 'PERCENTAGE':
      return { type: 'PERCENTAGE', part: toRatio(companySplitPercentage ?? '0') }
    case 'ABSOLUTE':
      return { type: 'ABSOLUTE', part: toMoney(companySplitAmount ?? '0', currency) }
    case null:
      return undefined
  }
}

/** The free time that the voucher grants besides. */
export function readVoucherBonus({ voucher }: VoucherRecord): BonusPeriod | undefined {
  const term = toTerm(voucher.bonusValue, voucher.bonusUnit)
  const { bonusStrategy: strategy, bonusRuntimeExtensionType: runtimeExtension } = voucher
  if (!term || strategy === null || runtimeExtension === null) return undefined
  return {
    term,
    strategy,
    runtimeExtension,
    extendsCancelationPeriod: voucher.bonusExtendsCancelationPeriod,
    ...nonNull({ fixedDate: voucher.bonusFixedDate }),
  }
}
