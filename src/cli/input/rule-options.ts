import { type Command, InvalidArgumentError } from 'commander'
import type { BookingRuleInput } from '../../bookings/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { parseIds, parseList, parseWhole } from '../command.ts'
import { UsageError } from '../failures.ts'

interface Term {
  readonly value: number
  readonly unit: 'MINUTES' | 'HOURS' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR'
}

export interface RuleOptions {
  readonly earliest?: Term
  readonly latest?: Term
  readonly cancel?: Term
  readonly lateCancel?: boolean
  readonly maxOpen?: number
  readonly maxPerPeriod?: number
  readonly period?: string
  readonly contingent?: string
  readonly price?: string
  readonly contract?: boolean
  readonly rates?: number[]
  readonly modules?: number[]
  readonly codes?: string[]
  readonly foreign?: boolean
  readonly confirm?: boolean
}

const units = { m: 'MINUTES', h: 'HOURS', d: 'DAY', w: 'WEEK', mo: 'MONTH', y: 'YEAR' } as const

/** `30m`, `24h`, `14d`, `2w`, `1mo`, `1y`. */
export function parseTerm(text: string): Term {
  const [, value, unit] = /^(\d{1,5})(mo|[mhdwy])$/.exec(text) ?? []
  if (value !== undefined && unit !== undefined)
    return { value: Number(value), unit: units[unit as keyof typeof units] }
  throw new InvalidArgumentError('A term is written as 30m, 24h, 14d, 2w, 1mo or 1y.')
}

/** When and by whom something may be booked and canceled. */
export function withRuleOptions(command: Command): Command {
  return command
    .option('--earliest <term>', 'bookable from this long before the start; left out: at any time', parseTerm)
    .option('--latest <term>', 'bookable until this long before the start; left out: until the start', parseTerm)
    .option('--cancel <term>', 'cancelable until this long before the start; left out: until the start', parseTerm)
    .option('--late-cancel', 'may be canceled after that too, but the use is counted')
    .option('--max-open <n>', 'open bookings of one customer', parseWhole)
    .option('--max-per-period <n>', 'bookings of one customer in each period', parseWhole)
    .option('--period <unit>', 'how long such a period is: day, week or month')
    .option('--contingent <mode>', 'none, required or charge; of something new: none')
    .option('--price <amount>', 'with charge: the price in the currency of the studio, for instance 12.50')
    .option('--contract', 'asks for an active contract; something new does not')
    .option('--no-contract', 'asks for no contract')
    .option('--rates <ids>', 'only customers of these rates', parseIds)
    .option('--modules <ids>', 'only customers of these modules', parseIds)
    .option('--codes <list>', 'only customers with one of these member codes', parseList)
    .option('--foreign', 'customers of sister studios may book')
    .option('--no-foreign', 'only customers of the studio may book')
    .option('--confirm', 'staff confirm each booking')
}

/** The part of a rule that the options name; `currency` is that of the studio. */
export function readRule(options: RuleOptions, currency: string): Partial<BookingRuleInput> {
  const { earliest, latest, cancel, contingent, price, maxOpen, maxPerPeriod, period, rates, modules, codes } = options
  return {
    ...(earliest ? { earliestTermValue: earliest.value, earliestTermUnit: earliest.unit } : {}),
    ...(latest ? { latestTermValue: latest.value, latestTermUnit: latest.unit } : {}),
    ...(cancel ? { cancelTermValue: cancel.value, cancelTermUnit: cancel.unit } : {}),
    ...defined({ maxOpenPerCustomer: maxOpen, maxPerPeriod }),
    ...(period === undefined ? {} : { maxPerPeriodUnit: readPeriod(period) }),
    ...(contingent === undefined ? {} : { contingentMode: readContingent(contingent) }),
    ...(price === undefined ? {} : { price, currency }),
    ...defined({ allowedRateIds: rates, allowedModuleIds: modules, allowedMemberCodes: codes }),
    ...readSwitches(options),
  }
}

function readSwitches({ lateCancel, contract, foreign, confirm }: RuleOptions): Partial<BookingRuleInput> {
  return defined({
    cancelAfterLatest: lateCancel,
    requiresActiveContract: contract,
    allowForeign: foreign,
    staffConfirmation: confirm,
  })
}

function readPeriod(text: string) {
  const found = (['DAY', 'WEEK', 'MONTH'] as const).find((unit) => unit === text.toUpperCase())
  if (found) return found
  throw new UsageError('--period is day, week or month.')
}

function readContingent(text: string) {
  const found = (['NONE', 'REQUIRED', 'CHARGE'] as const).find((mode) => mode === text.toUpperCase())
  if (found) return found
  throw new UsageError('--contingent is none, required or charge.')
}
