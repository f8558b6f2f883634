import { presentMoney } from '../../platform/api/values.ts'
import { amountNumber, formatAmount, type Money, subtract } from '../../platform/values/money.ts'
import { decimalText } from '../../platform/values/decimal-text.ts'
import { defined, nonNull } from '../../platform/values/defined.ts'
import { toMoney, toTerm } from '../catalogue/price-plan.ts'
import { type OfferContext, presentTextBlocks } from '../present-parts.ts'
import { presentBonus } from '../present-terms.ts'
import type { DiscountWindow, VoucherTerms } from '../pricing/plan.ts'
import { applyDiscount, shareWithCompany } from '../pricing/price-rules.ts'
import type { Speaker } from '../wording.ts'
import type { DiscountPeriod, SignupPreview } from './preview-schemas.ts'
import type { Quote } from './quotes.ts'
import type { VoucherRecord } from './voucher-store.ts'

/** What the company and the member pay of a price. */
export function shareOut(price: Money, terms: VoucherTerms | undefined) {
  const company = shareWithCompany(price, terms?.companyShare)
  return { company, member: subtract(price, company) }
}

/** The discounts on a price, one after the other; with shares where a company pays a part. */
export function presentWindows(unit: Money, terms: VoucherTerms): DiscountPeriod[] {
  return terms.windows.map((window) => {
    const price = applyDiscount(unit, window)
    return {
      ...presentWindow(window, price.currency),
      discountedBasePrice: presentMoney(price),
      ...presentShares(price, terms),
    }
  })
}

/** Money of both shares; nothing where no company pays. */
export function presentShares(price: Money, terms: VoucherTerms | undefined) {
  if (!terms?.companyShare) return {}
  const { company, member } = shareOut(price, terms)
  return { companyAmount: presentMoney(company), memberAmount: presentMoney(member) }
}

function presentWindow({ change, effective, term }: DiscountWindow, currency: string) {
  return {
    discountType: change.type,
    discountValue:
      change.type === 'ABSOLUTE'
        ? presentMoney(change.off)
        : { amount: Number((change.off.numerator * 1_000_000n) / change.off.denominator) / 10_000, currency },
    effectivePeriod: effective,
    ...defined({ effectivePeriodTimeBasedTerm: term }),
  }
}

/** Everything that a redeemed voucher adds to a preview but the prices of fees and modules. */
export function presentVoucher(
  { voucher, offer, plan }: Quote,
  unit: Money,
  context: OfferContext,
): Partial<SignupPreview> {
  if (!voucher) return {}
  const { type, remarks, creditValue } = voucher.voucher
  const blocks = presentTextBlocks(offer.textBlocks, context, true)
  const bonus = presentVoucherBonus(voucher)
  return {
    voucherType: type,
    ...nonNull({ voucherRemarks: remarks }),
    voucherSuccessMessage: describeVoucher(voucher, context.currency, context.speaker),
    ...(blocks.length > 0 ? { voucherTextBlocks: blocks } : {}),
    ...defined({ voucherBonusPeriod: bonus }),
    ...(creditValue === null ? {} : { creditValue: presentMoney(toMoney(creditValue, context.currency)) }),
    ...(plan.voucher ? presentDiscounts(unit, plan.voucher) : {}),
    ...presentCompany(voucher, unit, plan.voucher),
  }
}

/** The list, and its first entry once more for clients that know of one discount only. */
function presentDiscounts(unit: Money, terms: VoucherTerms): Partial<SignupPreview> {
  const windows = terms.appliesToRate ? presentWindows(unit, terms) : []
  const [first] = windows
  if (!first) return {}
  const { effectivePeriodTimeBasedTerm: term } = first
  return {
    voucherDiscountPeriods: windows,
    voucherEffectivePeriod: first.effectivePeriod,
    ...(term ? { effectivePeriodTimeBasedTerm: term, effectivePeriodTimeBasedTermUnit: term.unit } : {}),
    discountType: first.discountType,
    discountValue: first.discountValue,
    ...defined({ discountedBasePrice: first.discountedBasePrice }),
  }
}

/** With several discounts the shares stand beside each of them only. */
function presentCompany(
  { voucher, companyName }: VoucherRecord,
  unit: Money,
  terms: VoucherTerms | undefined,
): Partial<SignupPreview> {
  if (!terms?.companyShare) return {}
  const windows = terms.appliesToRate ? terms.windows : []
  const { company, member } = shareOut(unit, terms)
  const value =
    terms.companyShare.type === 'ABSOLUTE'
      ? presentMoney(terms.companyShare.part)
      : { amount: Number(voucher.companySplitPercentage), currency: unit.currency }
  return {
    ...nonNull({ companyName }),
    companyFeeSplitType: terms.companyShare.type,
    companyFeeSplitValue: value,
    ...(windows.length > 1 ? {} : presentShares(applyDiscount(unit, windows[0]), terms)),
    companyAmountWithoutDiscount: presentMoney(company),
    memberAmountWithoutDiscount: presentMoney(member),
  }
}

function presentVoucherBonus({ voucher }: VoucherRecord) {
  const { bonusValue, bonusUnit, bonusStrategy: strategy, bonusRuntimeExtensionType: runtimeExtensionType } = voucher
  if (bonusValue === null || bonusUnit === null || strategy === null || runtimeExtensionType === null) return undefined
  return presentBonus({
    bonusValue,
    bonusUnit,
    strategy,
    runtimeExtensionType,
    displaySeparately: true,
    extendsCancelationPeriod: voucher.bonusExtendsCancelationPeriod,
  })
}

/** All that the voucher changes, in one sentence. */
function describeVoucher(record: VoucherRecord, currency: string, speaker: Speaker): string {
  const { voucher, code, windows, companyName } = record
  const amount = (text: string | null) => `${formatAmount(toMoney(text ?? '0', currency))} ${currency}`
  const size = (percentage: string | null, absolute: string | null) =>
    percentage === null ? amount(absolute) : `${decimalText(Number(percentage))}%`
  const parts = windows.map(({ percentage, amount: off, ...window }) =>
    speaker.say('offertext.voucher.discount', size(percentage, off), describeLength(window, speaker)),
  )
  if (voucher.creditValue !== null) parts.push(speaker.say('offertext.voucher.credit', amount(voucher.creditValue)))
  if (voucher.companySplitType !== null) {
    const share = size(voucher.companySplitPercentage, voucher.companySplitAmount)
    parts.push(speaker.say('offertext.voucher.companySplit', companyName ?? '', share))
  }
  const bonus = toTerm(voucher.bonusValue, voucher.bonusUnit)
  if (bonus) parts.push(speaker.say('offertext.voucher.bonus', speaker.length(bonus)))
  if (voucher.omitStarterPackage) parts.push(speaker.say('offertext.voucher.noStarterPackage'))
  return speaker.say('offertext.voucher.applied', code.code, parts.join('; '))
}

function describeLength(
  { effective, termValue, termUnit }: Pick<VoucherRecord['windows'][number], 'effective' | 'termValue' | 'termUnit'>,
  speaker: Speaker,
): string {
  const term = toTerm(termValue, termUnit)
  if (effective === 'TIME_BASED' && term) return speaker.say('offertext.voucher.timeBased', speaker.length(term))
  const code = effective === 'INITIAL_TERM' ? 'offertext.voucher.initialTerm' : 'offertext.voucher.unlimited'
  return speaker.say(code)
}

/** Both shares as plain numbers. */
export function presentNumbers({ company, member }: ReturnType<typeof shareOut>) {
  return { companyAmount: amountNumber(company), memberAmount: amountNumber(member) }
}
