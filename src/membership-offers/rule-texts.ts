import { decimalText } from '../platform/values/decimal-text.ts'
import { defined, nonNull } from '../platform/values/defined.ts'
import { formatAmount } from '../platform/values/money.ts'
import type { AdjustmentRule } from './api-schemas.ts'
import { toMoney, toTerm } from './catalogue/price-plan.ts'
import type { TermRecord } from './catalogue/term-store.ts'
import type { PriceRule } from './pricing/plan.ts'
import type { Speaker } from './wording.ts'

type Rule = TermRecord['rules'][number]

const sentences = {
  RAISE: 'offertext.rule.raise',
  REDUCTION: 'offertext.rule.reduction',
  NEW_BASIC_AMOUNT: 'offertext.rule.newAmount',
} as const satisfies Record<Rule['type'], string>

/** A price step as partners read it. `value` has the same form in every language: partners compare it. */
export function presentRule(rule: Rule, currency: string, speaker: Speaker): AdjustmentRule {
  const value = formatValue(rule, currency)
  const recurrence = toTerm(rule.recurrenceValue, rule.recurrenceUnit)
  const recurrenceFrequency = formatRecurrence(
    {
      firstAfter: { value: rule.firstAfterValue, unit: rule.firstAfterUnit },
      ...defined({ recurrence }),
      ...nonNull({ maxOccurrences: rule.maxOccurrences }),
    },
    speaker,
  )
  return {
    defaultDescription: speaker.say(sentences[rule.type], value, recurrenceFrequency),
    value,
    recurrenceFrequency,
    type: rule.type,
    chargeAdjustmentType: rule.chargeAdjustmentType,
  }
}

function formatValue({ chargeAdjustmentType, value }: Rule, currency: string): string {
  if (chargeAdjustmentType === 'RELATIVE') return `${decimalText(Number(value))}%`
  return `${formatAmount(toMoney(value, currency))} ${currency}`
}

/** A step of a plan, as a sentence; `value` says by how much, or to what. */
export function describeRule({ change, ...times }: PriceRule, value: string, speaker: Speaker): string {
  return speaker.say(sentences[change.type], value, formatRecurrence(times, speaker))
}

function formatRecurrence(
  { firstAfter, recurrence, maxOccurrences }: Omit<PriceRule, 'change'>,
  speaker: Speaker,
): string {
  const first = speaker.lapsed(firstAfter)
  if (!recurrence) return speaker.say('offertext.recurrence.once', first)
  const parts = [speaker.every(recurrence), speaker.say('offertext.recurrence.first', first)]
  if (maxOccurrences !== undefined) parts.push(speaker.count('offertext.recurrence.atMost', maxOccurrences))
  return parts.join(', ')
}
