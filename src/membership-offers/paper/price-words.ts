import type { PaperRow } from '../../platform/paper/paper.ts'
import type { Money, Ratio } from '../../platform/values/money.ts'
import { formatRhythm, type Rhythm } from '../frequency-texts.ts'
import type { AgeAdjustment, ContractPlan, PaymentFrequency, PricedPart, PriceRule } from '../pricing/plan.ts'
import { describeRule } from '../rule-texts.ts'
import type { Speaker } from '../wording.ts'

/** What a part costs and when, in words: `€29.90 · Every month`. */
export function describePrice({ frequency }: Pick<PricedPart, 'frequency'>, speaker: Speaker): string {
  const words = formatRhythm(readRhythm(frequency), speaker)
  switch (frequency.type) {
    case 'FREE':
      return words
    case 'NON_RECURRING':
    case 'RECURRING':
      return `${speaker.money(frequency.price)} · ${words}`
    case 'MONTH_DAY':
    case 'TERM_BASED':
      return `${words}: ${frequency.prices.map(({ price }) => speaker.money(price)).join(', ')}`
  }
}

function readRhythm(frequency: PaymentFrequency): Rhythm {
  switch (frequency.type) {
    case 'MONTH_DAY':
      return { type: frequency.type, recurring: frequency.recurring, days: frequency.prices }
    case 'TERM_BASED':
      return { type: frequency.type, offsets: frequency.prices.map(({ offset }) => offset) }
    default:
      return frequency
  }
}

/** The price of a rate with everything that changes it: ages, agreed steps, the first extension. */
export function describeRatePrice({ rate }: Pick<ContractPlan, 'rate'>, speaker: Speaker): PaperRow[] {
  const { priceRules, priceAfterExtension, ageAdjustments } = rate
  return [
    [speaker.say('contracttext.paper.price'), describePrice(rate, speaker)],
    ...ageAdjustments.map((adjustment) => describeAge(adjustment, speaker)),
    ...priceRules.map(
      (rule): PaperRow => [
        speaker.say('contracttext.paper.priceChange'),
        describeRule(rule, describeChange(rule, speaker), speaker),
      ],
    ),
    ...(priceAfterExtension
      ? [[speaker.say('contracttext.paper.priceAfterExtension'), speaker.money(priceAfterExtension)] as const]
      : []),
  ]
}

function describeAge({ startAge, endAge, change }: AgeAdjustment, speaker: Speaker): PaperRow {
  const label = speaker.say('contracttext.paper.age', String(startAge), String(endAge))
  if (change.type === 'ABSOLUTE') return [label, speaker.money(change.price)]
  return [label, speaker.say('contracttext.paper.ageOff', speaker.percent(change.off))]
}

function describeChange({ change }: PriceRule, speaker: Speaker): string {
  return describeSize(change.type === 'NEW_BASIC_AMOUNT' ? change.price : change.by, speaker)
}

/** A share or an amount. */
export function describeSize(size: Ratio | Money, speaker: Speaker): string {
  return 'minor' in size ? speaker.money(size) : speaker.percent(size)
}
