import { badRequest, refuseFields, type ValidationReason, violation } from '../errors/errors.ts'
import { decimalText } from './decimal-text.ts'

/** An amount in the smallest unit of its currency (EUR: cents). */
export interface Money {
  readonly minor: bigint
  readonly currency: string
}

/** A factor as a fraction, so that no rate is ever a binary floating-point number. */
export interface Ratio {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Why a text is no amount: not a decimal number, too many decimals for the currency, or too large. */
export type AmountRefusal = 'notDecimal' | 'tooPrecise' | 'tooSmall' | 'tooLarge'

/** Where Intl follows everyday use instead of the decimals of ISO 4217. */
const isoDigits: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'AFN ALL COP HUF IDR IRR KPW LAK LBP MGA MMK PKR SLL SOS SYP YER'.split(' ').map((c) => [c, 2]),
  ),
  IQD: 3,
}
const digitsByCurrency = new Map<string, number>()

/** How many decimals a currency has (ISO 4217): EUR 2, JPY 0, TND 3. */
export function currencyDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency)
  if (digits === undefined) {
    const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    digits = isoDigits[currency] ?? options.maximumFractionDigits ?? 2
    digitsByCurrency.set(currency, digits)
  }
  return digits
}

const decimalPattern = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?$/
/** Largest absolute amount, in any currency. */
const amountLimit = 999_999_999.99
const amountLimitHundredths = 99_999_999_999n

/**
 * Reads decimal text, or a JSON number through its shortest decimal text. Zeros at the end are no decimals: the
 * database answers `29.9000`.
 */
export function parseMoney(amount: string | number, currency: string): Money | AmountRefusal {
  if (typeof amount === 'number' && !Number.isFinite(amount)) return 'notDecimal'
  const match = decimalPattern.exec(typeof amount === 'number' ? decimalText(amount) : amount)
  if (match === null) return 'notDecimal'
  const [, sign, whole = '', decimals = ''] = match
  const digits = currencyDigits(currency)
  const absolute = BigInt(whole + decimals.slice(0, digits).padEnd(digits, '0'))
  if (absolute * 100n > amountLimitHundredths * 10n ** BigInt(digits)) return sign ? 'tooSmall' : 'tooLarge'
  if (/[1-9]/.test(decimals.slice(digits))) return 'tooPrecise'
  return { minor: sign ? -absolute : absolute, currency }
}

/** As {@link parseMoney}, for a field of a request: throws the refusal of the field `reference`. */
export function readMoney(amount: string | number, currency: string, reference: string): Money {
  const money = parseMoney(amount, currency)
  if (typeof money !== 'string') return money
  const refuse = (reason: ValidationReason, ...args: Parameters<typeof refuseFields>[0][0]['args']) =>
    refuseFields([violation(reference, reason, ...args)])
  switch (money) {
    case 'notDecimal':
      throw refuse('type', { type: 'STRING', value: 'number' })
    case 'tooPrecise':
      throw refuse('moneyScale', { type: 'INTEGER', value: currencyDigits(currency) })
    case 'tooSmall':
      throw refuse('min', { type: 'DECIMAL', value: -amountLimit })
    case 'tooLarge':
      throw refuse('max', { type: 'DECIMAL', value: amountLimit })
  }
}

/** Refuses a currency that is not the studio's. */
export function requireCurrency(currency: string, studioCurrency: string, reference: string): void {
  if (currency === studioCurrency) return
  throw badRequest('errormessage.validation.currencyMismatch', {
    args: [
      { type: 'STRING', value: currency },
      { type: 'STRING', value: studioCurrency },
    ],
    reference,
  })
}

/** Decimal text with all decimals of the currency: `29.90`, `-0.05`. */
export function formatAmount({ minor, currency }: Money): string {
  const digits = currencyDigits(currency)
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const sign = minor < 0n ? '-' : ''
  return digits === 0 ? sign + whole : `${sign}${whole}.${text.slice(-digits)}`
}

/** The amount as a JSON number; exact, because amounts have far fewer digits than a number carries. */
export function amountNumber(money: Money): number {
  return Number(formatAmount(money))
}

/** Adding different currencies is a mistake of the caller, never of the user. */
function requireSame(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new RangeError(`cannot join ${a.currency} and ${b.currency}`)
}

export function add(a: Money, b: Money): Money {
  requireSame(a, b)
  return { minor: a.minor + b.minor, currency: a.currency }
}

export function subtract(a: Money, b: Money): Money {
  requireSame(a, b)
  return { minor: a.minor - b.minor, currency: a.currency }
}

/** Rounds a fraction of minor units HALF_UP: halves go away from zero. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError('division by zero')
  const isNegative = numerator < 0n !== denominator < 0n
  const n = numerator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  const rounded = (2n * n + d) / (2n * d)
  return isNegative ? -rounded : rounded
}

/** The amount times a fraction, rounded HALF_UP to the smallest unit. */
export function multiply(money: Money, by: Ratio): Money {
  return { minor: divideHalfUp(money.minor * by.numerator, by.denominator), currency: money.currency }
}

/**
 * Splits in proportion to the weights so that the parts add up: each part is rounded towards zero, then the largest
 * remainders get one unit more; of equal remainders the earlier part wins.
 */
export function split(money: Money, weights: readonly bigint[]): readonly Money[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('weights must be positive')
  const sign = money.minor < 0n ? -1n : 1n
  const absolute = money.minor * sign
  const parts = weights.map((weight) => (absolute * weight) / total)
  const rest = Number(absolute - parts.reduce((sum, part) => sum + part, 0n))
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (absolute * weight) % total }))
    .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  const favoured = new Set(byRemainder.slice(0, rest).map(({ index }) => index))
  return parts.map((part, index) => ({
    minor: sign * (favoured.has(index) ? part + 1n : part),
    currency: money.currency,
  }))
}
