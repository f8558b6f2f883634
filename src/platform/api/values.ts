import { type Static, Type } from 'typebox'
import { amountNumber, type Money as Amount } from '../values/money.ts'
import { choice, int32, named, text } from './schema.ts'

/** An amount as answers carry it. */
export const Money = named(
  'Money',
  Type.Object({
    amount: Type.Number({ description: 'The amount, with the decimals of its currency.', examples: [29.9] }),
    currency: text('ISO 4217 code.', { format: 'ISO 4217', examples: ['EUR'] }),
  }),
)
export type Money = Static<typeof Money>

/** A length on the calendar. */
export const Term = named(
  'Term',
  Type.Object({
    value: int32('Number of units.', { examples: [2] }),
    unit: choice(['DAY', 'WEEK', 'MONTH', 'YEAR'], 'Unit of the span.', { examples: ['WEEK'] }),
  }),
)
export type Term = Static<typeof Term>

/** A length on the calendar, or of some minutes or hours. */
export const TermWithMinutes = named(
  'TermWithMinutes',
  Type.Object({
    value: int32('Number of units.', { examples: [2] }),
    unit: choice(['MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR'], 'Unit of the span.', { examples: ['DAY'] }),
  }),
)

export function presentMoney(money: Amount): Money {
  return { amount: amountNumber(money), currency: money.currency }
}

/** A signature, drawn by hand. */
export const Signature = named(
  'Signature',
  Type.Object({
    base64SvgSignature: text('The drawing as SVG in base64, with or without `data:image/svg+xml;base64,` before it.'),
  }),
)

/** The answer of a write that has nothing else to say. */
export const VoidResult = named(
  'VoidResult',
  Type.Object({ success: Type.Optional(text('Always `true`, as text.', { examples: ['true'] })) }),
)
