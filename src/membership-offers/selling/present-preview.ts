import { isBefore } from '../../platform/time/order.ts'
import { presentMoney } from '../../platform/api/values.ts'
import { amountNumber, type Money } from '../../platform/values/money.ts'
import { presentFrequency } from '../present-frequencies.ts'
import { type OfferContext, presentTextBlock } from '../present-parts.ts'
import { presentVolume } from '../present-terms.ts'
import type { FrequencyRecord } from '../catalogue/frequency-store.ts'
import type { TextBlockRecord } from '../catalogue/offer-store.ts'
import { planPart } from '../catalogue/price-plan.ts'
import type { ContractLine } from '../pricing/contract-line.ts'
import { findFirstPrice } from '../pricing/first-price.ts'
import { payableByMember, planInitialSchedule, sumDueOnSigning } from '../pricing/initial-schedule.ts'
import { adjustForAge, applyDiscount, findAge, findAgeRange } from '../pricing/price-rules.ts'
import type { Speaker } from '../wording.ts'
import { describeLine } from './line-texts.ts'
import { presentNumbers, presentVoucher, presentWindows, shareOut, presentShares } from './present-voucher.ts'
import type { SignupPreview } from './preview-schemas.ts'
import type { Quote, QuotedCode } from './quotes.ts'

export interface PreviewContext extends OfferContext {
  /** Lines are described in the language of the studio, as the claims will be. */
  readonly houseSpeaker: Speaker
}

/** What the contract of a quote would cost, line by line. */
export function presentPreview(quote: Quote, code: QuotedCode | undefined, context: PreviewContext): SignupPreview {
  const { plan, plainPlan, term } = quote
  const lines = planInitialSchedule(plan)
  const { base, unit, isForAge } = findUnit(quote, term.frequency)
  return {
    basePrice: presentMoney(base),
    ...(isForAge ? { ageAdjustedPrice: presentMoney(unit) } : {}),
    ...presentPreUse(quote, lines),
    ...(code && !code.voucher ? { voucherErrorCode: 'INVALID_CODE' as const } : {}),
    ...presentVoucher(quote, unit, context),
    ...(context.showsVolume ? { contractVolumeInformation: presentVolume(plainPlan) } : {}),
    flatFeePreviews: term.fees.map((fee) => presentFee(quote, fee, context)),
    moduleConsentTextBlocks: listConsents(quote, context),
    selectedOptionalModulesPreviews: quote.modules.flatMap((module) =>
      module.frequency ? [presentModule(quote, { ...module, frequency: module.frequency }, context)] : [],
    ),
    paymentPreview: presentPayments(quote, context),
  }
}

/** What falls due in the initial term, and what of it is due on signing. */
export function presentPayments(quote: Quote, context: Pick<PreviewContext, 'houseSpeaker'>) {
  const lines = planInitialSchedule(quote.plan)
  return {
    paymentSchedule: lines.map((line) => presentLine(line, quote, context)),
    dueOnSigningAmount: presentMoney(sumDueOnSigning(lines, quote.plan.currency)),
  }
}

/** The price of one payment on the first day: as it stands in the catalogue, and for the age of the member. */
export function findUnit({ plan }: Quote, frequency: FrequencyRecord) {
  const part = planPart(frequency, plan.currency)
  const base = findFirstPrice(part.frequency, plan.start, plan.currency)
  const age = plan.birthDate && findAge(plan.birthDate, plan.start)
  const isForAge = findAgeRange(part.ageAdjustments, age) !== undefined
  return { base, unit: adjustForAge(base, part.ageAdjustments, age), isForAge }
}

function presentPreUse({ plan }: Quote, lines: readonly ContractLine[]): Partial<SignupPreview> {
  if (!isBefore(plan.useFrom, plan.start)) return {}
  const nothing = { minor: 0n, currency: plan.currency }
  const line = lines.find(({ component }) => component === 'PRE_USE')
  const { undiscounted, amount, companyShare } = line ?? {
    undiscounted: nothing,
    amount: nothing,
    companyShare: nothing,
  }
  const { voucher } = plan
  return {
    preUseCharge: presentMoney(undiscounted),
    ...(voucher?.appliesToPreUse && voucher.windows.length > 0 ? { discountedPreUseCharge: presentMoney(amount) } : {}),
    ...(voucher?.companyShare
      ? {
          companyAmountPreUseCharge: amountNumber(companyShare),
          memberAmountPreUseCharge: amountNumber({ ...amount, minor: amount.minor - companyShare.minor }),
        }
      : {}),
  }
}

function presentFee(quote: Quote, fee: Quote['term']['fees'][number], context: OfferContext) {
  const { voucher } = quote.plan
  const isNamed = voucher !== undefined && voucher.flatFeeIdentifiers.includes(fee.identifier)
  const isGiven = voucher !== undefined && voucher.omitsStarterPackage && fee.starterPackage
  const { unit } = findUnit(quote, fee.frequency)
  const price = isGiven ? { ...unit, minor: 0n } : discountFirst(unit, quote, isNamed)
  return {
    ...presentPart(fee.name, fee.frequency, context),
    identifier: fee.identifier,
    ...(isNamed || isGiven ? { discountedPrice: presentMoney(price) } : {}),
    ...presentShares(price, voucher),
    ...(isNamed && !isGiven && voucher.windows.length > 0 ? { discountPeriods: presentWindows(unit, voucher) } : {}),
  }
}

type PaidModule = Quote['modules'][number] & { readonly frequency: FrequencyRecord }

function presentModule(quote: Quote, { id, module, frequency }: PaidModule, context: OfferContext) {
  const { voucher } = quote.plan
  const { unit } = findUnit(quote, frequency)
  const isDiscounted = voucher !== undefined && voucher.appliesToModules && voucher.windows.length > 0
  const price = discountFirst(unit, quote, isDiscounted)
  return {
    ...presentPart(module.name, frequency, context),
    id,
    ...(isDiscounted ? { discountedPrice: amountNumber(price) } : {}),
    ...(voucher?.companyShare ? presentNumbers(shareOut(price, voucher)) : {}),
  }
}

function discountFirst(unit: Money, { plan: { voucher } }: Quote, isDiscounted: boolean): Money {
  return isDiscounted ? applyDiscount(unit, voucher?.windows[0]) : unit
}

function presentPart(name: string, frequency: FrequencyRecord, context: OfferContext) {
  const paymentFrequency = presentFrequency(frequency, context)
  return {
    name,
    ...(frequency.type === 'RECURRING' ? { paidTimePeriodCalculationType: frequency.paidPeriodCalc } : {}),
    paymentFrequency,
    formattedPaymentFrequency: paymentFrequency.formattedPaymentFrequency,
  }
}

/** Of the modules that come with the offer, and of the chosen ones. */
export function listConsents(quote: Quote, context: OfferContext) {
  return listSoldModules(quote).flatMap(({ id, consent }) =>
    consent ? [{ ...presentTextBlock(consent, context), rateBundleModuleId: id }] : [],
  )
}

function listSoldModules({ offer, modules }: Quote) {
  return [...offer.modules.filter(({ kind }) => kind === 'INCLUDED'), ...modules]
}

/** The texts that a preview shows: those of its modules, and those that its voucher brings. */
export function listPreviewTexts(quote: Quote): readonly TextBlockRecord[] {
  const { offer, voucher } = quote
  const brought = voucher ? offer.textBlocks.filter(({ onlyWithVoucher }) => onlyWithVoucher) : []
  return [...brought, ...listSoldModules(quote).flatMap(({ consent }) => consent ?? [])]
}

/** One payment; described in the language of the studio. */
export function presentLine(
  line: ContractLine,
  { plan, term }: Quote,
  { houseSpeaker }: Pick<PreviewContext, 'houseSpeaker'>,
) {
  return {
    dueDate: line.due.toString(),
    description: describeLine(line, { plan, rateName: term.rateName }, houseSpeaker),
    type: line.type,
    amount: presentMoney(payableByMember(line)),
    mandatoryOnSigning: line.isMandatoryOnSigning,
  }
}
