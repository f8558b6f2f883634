import { InvalidArgumentError } from 'commander'

/** A day of the calendar of the studio. */
export function parseDate(text: string): Temporal.PlainDate {
  return parseWith(Temporal.PlainDate.from, text, 'A date is written as 2026-06-15.')
}

/** A time on the wall clock of the studio. */
export function parseTime(text: string): Temporal.PlainTime {
  return parseWith(Temporal.PlainTime.from, text, 'A time is written as 18:30.')
}

function parseWith<T>(parse: (text: string) => T, text: string, message: string): T {
  try {
    return parse(text)
  } catch {
    throw new InvalidArgumentError(message)
  }
}
