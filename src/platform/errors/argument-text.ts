import type { TypedArgument } from './errors.ts'

/**
 * How an argument of an error reads in a sentence. `tag` is a supported language tag.
 * A value that is not what its type promises is shown as it is: the text of an error must never fail itself.
 */
export function formatArgument(argument: TypedArgument, tag: string): string {
  try {
    return formatTyped(argument, tag)
  } catch {
    return typeof argument.value === 'object' ? JSON.stringify(argument.value) : String(argument.value)
  }
}

function formatTyped(argument: TypedArgument, tag: string): string {
  switch (argument.type) {
    // Most whole numbers are ids, and an id is looked up as it is written: no thousands separators.
    case 'INTEGER':
      return String(argument.value)
    case 'DECIMAL':
      return new Intl.NumberFormat(tag, { maximumFractionDigits: 20 }).format(argument.value)
    case 'MONEY':
      return formatMoney(argument.value, tag)
    case 'DATE':
      return Temporal.PlainDate.from(argument.value).toLocaleString(tag, { dateStyle: 'medium' })
    case 'TIME':
      return Temporal.PlainTime.from(argument.value).toLocaleString(tag, { timeStyle: 'short' })
    case 'TIMESTAMP':
      return wallTime(argument.value).toLocaleString(tag, { dateStyle: 'medium', timeStyle: 'short' })
    case 'MONTH_DAY':
      return formatMonthDay(argument.value, tag)
    case 'TERM':
      return formatTerm(argument.value, tag)
    case 'AVAILABILITY_LIST':
      return joinAll(
        argument.value.map((availability) => formatAvailability(availability, tag)),
        tag,
      )
    case 'ENUM':
      return typeof argument.value === 'string' ? argument.value : joinChoices(argument.value, tag)
    case 'PERMISSION_LIST':
    case 'I18N_KEY_LIST':
      return joinChoices(argument.value, tag)
    default:
      return String(argument.value)
  }
}

function formatMoney(money: Extract<TypedArgument, { type: 'MONEY' }>['value'], tag: string): string {
  return new Intl.NumberFormat(tag, { style: 'currency', currency: money.currency }).format(money.amount)
}

/** The moment as the clock in the studio shows it: the offset, `Z` included, is the studio's own. */
function wallTime(timestamp: string): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(timestamp.replace(/Z(?=\[|$)/, '+00:00'))
}

/** `--12-31`; a leap year, so that 29 February is a day too. */
function formatMonthDay(monthDay: string, tag: string): string {
  return Temporal.PlainDate.from(`2000${monthDay.slice(1)}`).toLocaleString(tag, { day: 'numeric', month: 'long' })
}

/** Three months, in words. The units are those of the API: `DAY`, `WEEK`, `MONTH`, `YEAR`, `MINUTES`, `HOURS`. */
function formatTerm(term: Extract<TypedArgument, { type: 'TERM' }>['value'], tag: string): string {
  const unit = term.unit.toLowerCase().replace(/s$/, '')
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(term.value)
}

const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']

/** One weekly window: `Mon 9:00 AM–3:00 PM`. */
function formatAvailability(
  { dayOfWeek, timeFrom, timeTo }: Extract<TypedArgument, { type: 'AVAILABILITY_LIST' }>['value'][number],
  tag: string,
): string {
  // 1 January 2024 was a Monday.
  const day = Temporal.PlainDate.from('2024-01-01').add({ days: weekdays.indexOf(dayOfWeek) })
  const [from, to] = [timeFrom, timeTo].map((time) =>
    Temporal.PlainTime.from(time).toLocaleString(tag, { timeStyle: 'short' }),
  )
  return `${day.toLocaleString(tag, { weekday: 'short' })} ${from}–${to}`
}

function joinChoices(values: readonly string[], tag: string): string {
  return new Intl.ListFormat(tag, { type: 'disjunction' }).format(values)
}

function joinAll(values: readonly string[], tag: string): string {
  return new Intl.ListFormat(tag, { type: 'conjunction' }).format(values)
}
