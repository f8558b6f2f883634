import { InvalidArgumentError } from 'commander'

/** A day of the calendar of the studio. */
export function parseDate(text: string): Temporal.PlainDate {
  return parseWith(Temporal.PlainDate.from, text, 'A date is written as 2026-06-15.')
}

/** A time on the wall clock of the studio. */
export function parseTime(text: string): Temporal.PlainTime {
  return parseWith(Temporal.PlainTime.from, text, 'A time is written as 18:30.')
}

/** A time on the wall clock at which something ends: 24:00 is the end of the day, which is kept as 00:00. */
export function parseEndTime(text: string): Temporal.PlainTime {
  return endOfDay.test(text) ? new Temporal.PlainTime() : parseTime(text)
}

/** A day and time on the wall clock at which something ends: 24:00 is the first moment of the next day. */
export function parseEndDateTime(text: string): Temporal.PlainDateTime {
  const [date = '', time = ''] = text.split(/[T ]/i)
  if (endOfDay.test(time)) return parseDate(date).add({ days: 1 }).toPlainDateTime()
  return parseWith(Temporal.PlainDateTime.from, text, 'A local time is written as 2026-06-15T18:30.')
}

const endOfDay = /^24:00(?::00(?:\.0+)?)?$/

function parseWith<T>(parse: (text: string) => T, text: string, message: string): T {
  try {
    return parse(text)
  } catch {
    throw new InvalidArgumentError(message)
  }
}
