import { presentMoney } from '../platform/api/values.ts'
import { defined, nonNull } from '../platform/values/defined.ts'
import type { ContractVolume, MembershipOfferTerm, MembershipOfferTermExtended } from './api-schemas.ts'
import type { OfferRecord } from './catalogue/offer-store.ts'
import { planContract, toTerm } from './catalogue/price-plan.ts'
import type { TermRecord } from './catalogue/term-store.ts'
import { findFirstPrice } from './pricing/first-price.ts'
import { planVolume } from './pricing/initial-schedule.ts'
import type { ContractPlan } from './pricing/plan.ts'
import { findBasePrice } from './pricing/price-rules.ts'
import { findTermEnd } from './pricing/run-time-rules.ts'
import { type OfferContext, presentOfferModule } from './present-parts.ts'
import { presentFrequency } from './present-frequencies.ts'
import { presentRule } from './rule-texts.ts'
import { proposeStart, proposeStartOfUse } from './start-rules.ts'

/** A term as the list of offers shows it. */
export function presentTerm(term: TermRecord, offer: OfferRecord, context: OfferContext): MembershipOfferTerm {
  return {
    id: term.id,
    term: { value: term.termValue, unit: term.termUnit },
    ...(context.showsVolume ? { contractVolumeInformation: presentVolume(planDefault(term, offer, context)) } : {}),
    paymentFrequency: presentFrequency(term.frequency, context),
    ...defined({ extensionTerm: toTerm(term.extensionTermValue, term.extensionTermUnit) }),
  }
}

/** A term with everything that a buyer agrees to. */
export function presentExtendedTerm(
  term: TermRecord,
  offer: OfferRecord,
  context: OfferContext,
): MembershipOfferTermExtended {
  const plan = planDefault(term, offer, context)
  const modules = offer.modules.filter(({ termId }) => termId === term.id)
  return {
    ...presentTerm(term, offer, context),
    defaultContractStartDate: plan.start.toString(),
    ...(plan.preUse === 'NOT_AVAILABLE' ? {} : { defaultContractStartDateOfUse: plan.useFrom.toString() }),
    ...(term.rules.length > 0
      ? { priceAdjustmentRules: term.rules.map((rule) => presentRule(rule, context.currency, context.speaker)) }
      : {}),
    flatFees: term.fees.map((fee) => presentFee(fee, context)),
    ...presentRunTime(term),
    ...(term.subsequent
      ? {
          subsequentRate: {
            name: term.subsequent.rateName,
            paymentFrequency: presentFrequency(term.subsequent.frequency, context),
          },
        }
      : {}),
    ...(term.bonuses.length > 0 ? { rateBonusPeriods: term.bonuses.map(presentBonus) } : {}),
    rateStartPrice: presentMoney(findStartPrice(plan)),
    ...(modules.length > 0 ? { optionalModules: modules.map((module) => presentOfferModule(module, context)) } : {}),
    ...presentAfterExtension(plan),
  }
}

/** What the contract would be that was signed today with nothing but what the studio proposes. */
function planDefault(term: TermRecord, { preUseType }: OfferRecord, { today, currency }: OfferContext): ContractPlan {
  const start = proposeStart(term, today)
  const useFrom = preUseType === 'NOT_AVAILABLE' ? start : proposeStartOfUse(term, { start, today })
  return planContract(term, { currency, start, useFrom, signedOn: today, preUse: preUseType, modules: [] })
}

export function presentVolume(plan: ContractPlan): ContractVolume {
  const { total, perMonth, perFrequencyTerm } = planVolume(plan)
  return {
    totalContractVolume: presentMoney(total),
    averagePaymentVolumePerMonth: presentMoney(perMonth),
    ...(perFrequencyTerm ? { averagePaymentVolumePerPaymentFrequencyTerm: presentMoney(perFrequencyTerm) } : {}),
  }
}

function findStartPrice({ rate, start, currency, bonusPeriods }: ContractPlan) {
  if (bonusPeriods.some(({ strategy }) => strategy === 'CONTRACT_START')) return { minor: 0n, currency }
  return findFirstPrice(rate.frequency, start, currency)
}

function presentFee(fee: TermRecord['fees'][number], context: OfferContext) {
  const paymentFrequency = presentFrequency(fee.frequency, context)
  return {
    name: fee.name,
    identifier: fee.identifier,
    formattedPaymentFrequency: paymentFrequency.formattedPaymentFrequency,
    ...defined({ firstBookingDelay: toTerm(fee.firstBookingDelayValue, fee.firstBookingDelayUnit) }),
    paymentFrequency,
    starterPackage: fee.starterPackage,
  }
}

function presentRunTime(term: TermRecord) {
  const cancelationPeriod = toTerm(term.cancelationPeriodValue, term.cancelationPeriodUnit)
  const inRenewals = toTerm(term.extensionCancelationPeriodValue, term.extensionCancelationPeriodUnit)
  return {
    ...defined({ extensionFixedTerm: toTerm(term.extensionFixedTermValue, term.extensionFixedTermUnit) }),
    extensionType: term.extensionType,
    cancelationStrategy: term.cancelationStrategy,
    ...defined({ cancelationPeriod, extensionCancelationPeriod: inRenewals ?? cancelationPeriod }),
  }
}

export function presentBonus(bonus: Pick<TermRecord['bonuses'][number], BonusField>) {
  return {
    term: { value: bonus.bonusValue, unit: bonus.bonusUnit },
    termStrategy: bonus.strategy,
    displaySeparately: bonus.displaySeparately,
    runtimeExtensionType: bonus.runtimeExtensionType,
    extendsCancellationPeriod: bonus.extendsCancelationPeriod,
  }
}

type BonusField =
  | 'bonusValue'
  | 'bonusUnit'
  | 'strategy'
  | 'displaySeparately'
  | 'runtimeExtensionType'
  | 'extendsCancelationPeriod'

/** Length and price of what follows the initial term; nothing where neither is different. */
function presentAfterExtension(plan: ContractPlan) {
  const next = findNextTerm(plan)
  if (!next) return {}
  const isSame = next.term.value === plan.initialTerm.value && next.term.unit === plan.initialTerm.unit
  if (isSame && !next.isPriced) return {}
  return { termAfterExtension: next.term, ...nonNull({ priceAfterExtension: next.price && presentMoney(next.price) }) }
}

function findNextTerm(plan: ContractPlan) {
  const { extension, subsequent, rate, start } = plan
  const { until } = findTermEnd({ terms: plan, start, pauses: [] }, 0)
  if (subsequent) {
    const price = findFirstPrice(subsequent.rate.frequency, until, plan.currency)
    return { term: subsequent.initialTerm, price, isPriced: true }
  }
  const term = extension.type === 'TERM_EXTENSION' ? (extension.first ?? extension.next) : undefined
  if (!term) return undefined
  const { priceRules: rules, priceAfterExtension, frequency } = rate
  if (priceAfterExtension) return { term, price: priceAfterExtension, isPriced: true }
  const price =
    frequency.type === 'RECURRING' ? findBasePrice({ price: frequency.price, start, rules }, until) : undefined
  return { term, price, isPriced: false }
}
