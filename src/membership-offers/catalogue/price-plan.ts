import { type Money, parseMoney, type Ratio } from '../../platform/values/money.ts'
import { defined, nonNull } from '../../platform/values/defined.ts'
import type {
  AgeAdjustment,
  BonusPeriod,
  FlatFee,
  ModulePlan,
  PaymentFrequency,
  PricedPart,
  PriceRule,
  RunTimeTerms,
} from '../pricing/plan.ts'
import type { ContractPlan } from '../pricing/plan.ts'
import { shiftDate, type Term, toShift } from '../pricing/terms.ts'
import type { FrequencyRecord } from './frequency-store.ts'
import type { OfferModuleRecord } from './offer-store.ts'
import type { TermRecord } from './term-store.ts'

/** What a buyer decides about a term. */
export interface Purchase {
  readonly currency: string
  readonly start: Temporal.PlainDate
  readonly useFrom: Temporal.PlainDate
  readonly signedOn: Temporal.PlainDate
  readonly preUse: ContractPlan['preUse']
  readonly birthDate?: Temporal.PlainDate
  readonly modules: readonly ModulePlan[]
}

/** The plan of a contract on this term: the rules of pricing read nothing else. */
export function planContract(term: TermRecord, purchase: Purchase): ContractPlan {
  const { currency } = purchase
  const { subsequent } = term
  return {
    ...planRunTime(term),
    ...purchase,
    rate: {
      ...planPart(term.frequency, currency),
      priceRules: term.rules.map((rule) => planRule(rule, currency)),
      ...defined({ priceAfterExtension: readAmount(term.priceAfterExtension, currency) }),
    },
    ageEvaluation: term.ageEvaluation,
    dueOnSigning: term.dueOnSigning,
    flatFees: term.fees.map((fee) => planFee(fee, currency)),
    ...(subsequent
      ? { subsequent: planContract(subsequent, { ...purchase, preUse: 'NOT_AVAILABLE', modules: [] }) }
      : {}),
  }
}

/** Decimal text of the database as money; a text that is no amount is a fault of the database. */
export function toMoney(amount: string, currency: string): Money {
  const money = parseMoney(amount, currency)
  if (typeof money === 'string') throw new Error(`${amount} ${currency} is no amount: ${money}`)
  return money
}

/** Percent as a fraction: `12.5` is 12.5 of 100. */
export function toRatio(percent: string): Ratio {
  const [whole = '0', decimals = ''] = percent.split('.')
  return { numerator: BigInt(whole + decimals.padEnd(4, '0').slice(0, 4)), denominator: 1_000_000n }
}

export function toTerm<U extends Term['unit']>(value: number | null, unit: U | null): Term | undefined {
  return value === null || unit === null ? undefined : { value, unit }
}

export function planPart(record: FrequencyRecord, currency: string): PricedPart {
  return {
    frequency: planFrequency(record, currency),
    frequencyId: record.id,
    ageAdjustments: record.ages.map(({ startAge, endAge, percentage, price }): AgeAdjustment => {
      if (price !== null) return { startAge, endAge, change: { type: 'ABSOLUTE', price: toMoney(price, currency) } }
      return { startAge, endAge, change: { type: 'PERCENTAGE', off: toRatio(percentage ?? '0') } }
    }),
  }
}

function planFrequency(record: FrequencyRecord, currency: string): PaymentFrequency {
  const { type, recurring, entries } = record
  const price = toMoney(record.price ?? '0', currency)
  switch (type) {
    case 'FREE':
      return { type }
    case 'NON_RECURRING':
      return { type, price }
    case 'RECURRING':
      return { type, price, step: requireTerm(record.termValue, record.termUnit), calculation: record.paidPeriodCalc }
    case 'MONTH_DAY':
      return {
        type,
        recurring,
        prices: entries.map(({ month, day, price: amount }) => ({
          month: month ?? 1,
          day: day ?? 1,
          price: toMoney(amount, currency),
        })),
      }
    case 'TERM_BASED':
      return {
        type,
        recurring,
        prices: entries.map(({ offsetValue, offsetUnit, price: amount }) => ({
          offset: requireTerm(offsetValue, offsetUnit),
          price: toMoney(amount, currency),
        })),
      }
  }
}

function planRunTime(term: TermRecord): RunTimeTerms {
  return {
    initialTerm: { value: term.termValue, unit: term.termUnit },
    extension: planExtension(term),
    cancelationStrategy: term.cancelationStrategy,
    ...defined({
      cancelationPeriod: toTerm(term.cancelationPeriodValue, term.cancelationPeriodUnit),
      extensionCancelationPeriod: toTerm(term.extensionCancelationPeriodValue, term.extensionCancelationPeriodUnit),
    }),
    bonusPeriods: term.bonuses.map(planBonus),
  }
}

function planExtension(term: TermRecord): RunTimeTerms['extension'] {
  if (term.extensionType !== 'TERM_EXTENSION') return { type: term.extensionType }
  return {
    type: 'TERM_EXTENSION',
    ...defined({
      first: toTerm(term.extensionFixedTermValue, term.extensionFixedTermUnit),
      next: toTerm(term.extensionTermValue, term.extensionTermUnit),
    }),
  }
}

function planBonus(bonus: TermRecord['bonuses'][number]): BonusPeriod {
  return {
    term: { value: bonus.bonusValue, unit: bonus.bonusUnit },
    strategy: bonus.strategy,
    runtimeExtension: bonus.runtimeExtensionType,
    extendsCancelationPeriod: bonus.extendsCancelationPeriod,
    ...nonNull({ fixedDate: bonus.fixedDate }),
  }
}

function planRule(rule: TermRecord['rules'][number], currency: string): PriceRule {
  return {
    change: planChange(rule, currency),
    firstAfter: { value: rule.firstAfterValue, unit: rule.firstAfterUnit },
    ...defined({ recurrence: toTerm(rule.recurrenceValue, rule.recurrenceUnit) }),
    ...nonNull({ maxOccurrences: rule.maxOccurrences }),
  }
}

function planChange({ type, chargeAdjustmentType, value }: TermRecord['rules'][number], currency: string) {
  if (type === 'NEW_BASIC_AMOUNT') return { type, price: toMoney(value, currency) }
  return { type, by: chargeAdjustmentType === 'RELATIVE' ? toRatio(value) : toMoney(value, currency) }
}

function planFee(fee: TermRecord['fees'][number], currency: string): FlatFee {
  return {
    componentId: fee.id,
    name: fee.name,
    identifier: fee.identifier,
    ...planPart(fee.frequency, currency),
    ...defined({ firstBookingDelay: toTerm(fee.firstBookingDelayValue, fee.firstBookingDelayUnit) }),
    isStarterPackage: fee.starterPackage,
    isSuspendedInPause: fee.suspendInIdle,
  }
}

/** A module of the offer that a buyer takes along: it begins with the contract and is billed by its own terms. */
export function planOfferModule(
  { id, module, frequency }: Pick<OfferModuleRecord, 'id' | 'module' | 'frequency'>,
  { start, signedOn, currency }: Pick<Purchase, 'start' | 'signedOn' | 'currency'>,
): ModulePlan {
  const trial = toTerm(module.trialTermValue, module.trialTermUnit)
  const runTime = planModuleRunTime(module)
  return {
    componentId: id,
    name: module.name,
    ...(frequency ? planPart(frequency, currency) : { frequency: { type: 'FREE' }, ageAdjustments: [] }),
    paidFrom: trial ? shiftDate(start, toShift(trial)) : start,
    signedOn,
    alignment: module.billingAlignment,
    ...defined({ runTime }),
  }
}

function planModuleRunTime(module: OfferModuleRecord['module']): RunTimeTerms | undefined {
  const initialTerm = toTerm(module.termValue, module.termUnit)
  if (!initialTerm) return undefined
  const next = toTerm(module.extensionTermValue, module.extensionTermUnit)
  return {
    initialTerm,
    // NEW is followed by a module contract of its own, so this one ends.
    extension:
      module.extensionType === 'TERM_EXTENSION' ? { type: 'TERM_EXTENSION', ...defined({ next }) } : { type: 'NONE' },
    cancelationStrategy: 'TERM',
    ...defined({
      cancelationPeriod: toTerm(module.cancelationPeriodValue, module.cancelationPeriodUnit),
      extensionCancelationPeriod: toTerm(module.extensionCancelationPeriodValue, module.extensionCancelationPeriodUnit),
    }),
    bonusPeriods: [],
  }
}

function requireTerm(value: number | null, unit: Term['unit'] | null): Term {
  const term = toTerm(value, unit)
  if (!term) throw new Error('A payment frequency has no length where it needs one.')
  return term
}

function readAmount(amount: string | null, currency: string): Money | undefined {
  return amount === null ? undefined : toMoney(amount, currency)
}
