import { violation, type Violation } from '../../platform/errors/errors.ts'
import { currencyDigits, parseMoney } from '../../platform/values/money.ts'
import { isPlainObject } from '../../platform/validation/coerce.ts'

/** Members of documents that are amounts of money. */
const amountNames: ReadonlySet<string> = new Set([
  'price',
  'priceAfterExtension',
  'value',
  'amount',
  'amountPerUnit',
  'creditValue',
  'companySplitAmount',
])

/**
 * Amounts anywhere in a document that have more decimals than a currency in which it is sold. `value` is an amount where it
 * is text and no percentage; that of a length is a number.
 */
export function scaleFaults(path: string, value: unknown, currencies: readonly string[]): Violation[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => scaleFaults(`${path}[${at}]`, item, currencies))
  if (!isPlainObject(value)) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const where = path === '' ? name : `${path}.${name}`
    if (typeof member !== 'string') return scaleFaults(where, member, currencies)
    if (!amountNames.has(name) || value['chargeAdjustmentType'] === 'RELATIVE') return []
    const coarse = currencies.find((currency) => parseMoney(member, currency) === 'tooPrecise')
    return coarse === undefined
      ? []
      : [violation(where, 'moneyScale', { type: 'INTEGER', value: currencyDigits(coarse) })]
  })
}
