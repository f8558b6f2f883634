import { decimalText } from '../platform/values/decimal-text.ts'
import { formatAmount } from '../platform/values/money.ts'
import type { AdjustmentRule } from './api-schemas.ts'
import { toMoney, toTerm } from './catalogue/price-plan.ts'
import type { TermRecord } from './catalogue/term-store.ts'
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
  const recurrenceFrequency = formatRecurrence(rule, speaker)
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

function formatRecurrence(rule: Rule, speaker: Speaker): string {
  const first = speaker.lapsed({ value: rule.firstAfterValue, unit: rule.firstAfterUnit })
  const step = toTerm(rule.recurrenceValue, rule.recurrenceUnit)
  if (!step) return speaker.say('offertext.recurrence.once', first)
  const parts = [speaker.every(step), speaker.say('offertext.recurrence.first', first)]
  if (rule.maxOccurrences !== null) parts.push(speaker.count('offertext.recurrence.atMost', rule.maxOccurrences))
  return parts.join(', ')
}
