import type { OpeningHoursSave } from '../studios/index.ts'
import { UsageError } from './failures.ts'

const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const

/**
 * `{"hours": [{"kind": "PUBLIC", "dayFrom": "MONDAY", "dayTo": "FRIDAY", "timeFrom": "06:00", "timeTo": "22:00"}],
 * "closings": [{"reason": "Holiday", "from": "2026-12-24T00:00", "to": "2026-12-27T00:00"}],
 * "categories": [{"name": "Off peak", "times": [{"day": "MONDAY", "timeFrom": "09:00", "timeTo": "15:00"}]}]}`:
 * local times; a part that is left out stays as it is.
 */
export function parseOpeningHours(text: string): OpeningHoursSave {
  const input = fields(parseJson(text), 'the file')
  const { hours, closings, categories } = input
  return {
    ...(hours === undefined ? {} : { hours: list(hours, 'hours').map(readHours) }),
    ...(closings === undefined ? {} : { closings: list(closings, 'closings').map(readClosing) }),
    ...(categories === undefined ? {} : { categories: list(categories, 'categories').map(readCategory) }),
  }
}

type Fields = Readonly<Record<string, unknown>>

function readHours(value: unknown, at: number) {
  const { kind, dayFrom, dayTo, timeFrom, timeTo } = fields(value, `hours[${at}]`)
  const place = `hours[${at}]`
  return {
    kind: oneOf(['INTERNAL', 'PUBLIC'] as const, kind ?? 'PUBLIC', `${place}.kind`),
    dayFrom: oneOf(days, dayFrom, `${place}.dayFrom`),
    dayTo: oneOf(days, dayTo ?? dayFrom, `${place}.dayTo`),
    timeFrom: read(timeFrom, `${place}.timeFrom`, Temporal.PlainTime.from),
    timeTo: read(timeTo, `${place}.timeTo`, Temporal.PlainTime.from),
  }
}

function readClosing(value: unknown, at: number) {
  const { reason, from, to } = fields(value, `closings[${at}]`)
  return {
    reason: read(reason, `closings[${at}].reason`, (text) => text),
    fromLocal: read(from, `closings[${at}].from`, Temporal.PlainDateTime.from),
    toLocal: read(to, `closings[${at}].to`, Temporal.PlainDateTime.from),
  }
}

function readCategory(value: unknown, at: number) {
  const { id, name, times } = fields(value, `categories[${at}]`)
  return {
    ...(typeof id === 'number' ? { id } : {}),
    name: read(name, `categories[${at}].name`, (text) => text),
    times: list(times, `categories[${at}].times`).map((time, index) => {
      const place = `categories[${at}].times[${index}]`
      const { day, timeFrom, timeTo } = fields(time, place)
      return {
        day: oneOf(days, day, `${place}.day`),
        timeFrom: read(timeFrom, `${place}.timeFrom`, Temporal.PlainTime.from),
        timeTo: read(timeTo, `${place}.timeTo`, Temporal.PlainTime.from),
      }
    }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError('The file is not JSON.')
  }
}

function fields(value: unknown, place: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new UsageError(`${place} must be an object.`)
}

function list(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new UsageError(`${place} must be a list.`)
}

function oneOf<T extends string>(known: readonly T[], value: unknown, place: string): T {
  const found = known.find((each) => each === value)
  if (found !== undefined) return found
  throw new UsageError(`${place} must be one of ${known.join(', ')}.`)
}

function read<T>(value: unknown, place: string, parse: (text: string) => T): T {
  try {
    if (typeof value === 'string' && value !== '') return parse(value)
  } catch {
    // Told below, with the place.
  }
  throw new UsageError(`${place} is missing or cannot be read.`)
}
