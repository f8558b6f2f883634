import { formatSentence, type TextOverrides } from '../platform/errors/localisation.ts'
import type { TypedArgument } from '../platform/errors/errors.ts'
import { currencyDigits, formatAmount, type Money, type Ratio } from '../platform/values/money.ts'
import type { Term } from './pricing/terms.ts'

/** In which language an offer speaks, and with whose words. */
export interface Wording {
  readonly language: string
  readonly overrides?: TextOverrides
}

/** Sentences of the catalogue of texts by their keys. */
export class Speaker {
  readonly #wording: Wording

  constructor(wording: Wording) {
    this.#wording = wording
  }

  get language(): string {
    return this.#wording.language
  }

  say(code: string, ...texts: readonly string[]): string {
    const args = texts.map((value): TypedArgument => ({ type: 'STRING', value }))
    return formatSentence(code, this.language, args, { overrides: this.#wording.overrides })
  }

  /** A text that has forms for numbers. */
  count(code: string, number: number): string {
    const args = [{ type: 'INTEGER', value: number }] as const
    return formatSentence(code, this.language, args, { overrides: this.#wording.overrides })
  }

  /** `every 6 months`, as it stands inside a sentence. */
  every({ value, unit }: Term): string {
    return this.count(everyCodes[unit], value)
  }

  /** `12 months` in the form that follows `after`. */
  lapsed({ value, unit }: Term): string {
    return this.count(lapsedCodes[unit], value)
  }

  /** `12 months` by itself. */
  length({ value, unit }: Term): string {
    const options = { style: 'unit', unit: unit.toLowerCase(), unitDisplay: 'long' } as const
    return numberFormat(this.language, options).format(value)
  }

  /** `16 Mar 2026`, as the language writes it. */
  day(date: Temporal.PlainDate): string {
    return dayFormat(this.language).format(date)
  }

  /** `29,90 €`, with all decimals of the currency. */
  money(amount: Money): string {
    const { currency } = amount
    const digits = currencyDigits(currency)
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits }
    const format = numberFormat(this.language, { style: 'currency', currency, ...options })
    // As text, so that no amount passes through a binary number.
    return format.format(formatAmount(amount) as `${number}`)
  }

  /** `12.5%`. */
  percent({ numerator, denominator }: Ratio): string {
    const options = { style: 'percent', maximumFractionDigits: 4 } as const
    return numberFormat(this.language, options).format(Number((numerator * 1_000_000n) / denominator) / 1_000_000)
  }

  /** A text that begins a sentence. */
  capitalise(text: string): string {
    return text.replace(/^./su, (letter) => letter.toLocaleUpperCase(this.language))
  }
}

const numberFormats = new Map<string, Intl.NumberFormat>()
const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** Making one takes a hundred times as long as using it. There are as many as languages, units and currencies. */
function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([language, options])
  const known = numberFormats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(language, options)
  numberFormats.set(key, made)
  return made
}

function dayFormat(language: string): Intl.DateTimeFormat {
  const known = dayFormats.get(language)
  if (known) return known
  const made = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  dayFormats.set(language, made)
  return made
}

const everyCodes = {
  DAY: 'offertext.every.days',
  WEEK: 'offertext.every.weeks',
  MONTH: 'offertext.every.months',
  YEAR: 'offertext.every.years',
} as const satisfies Record<Term['unit'], string>

const lapsedCodes = {
  DAY: 'offertext.lapsed.days',
  WEEK: 'offertext.lapsed.weeks',
  MONTH: 'offertext.lapsed.months',
  YEAR: 'offertext.lapsed.years',
} as const satisfies Record<Term['unit'], string>
