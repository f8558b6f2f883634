import type { OpeningHoursSave } from '../../studios/index.ts'
import { days, fields, list, parseChoice, parseJson, read } from './json-input.ts'
import { parseEndDateTime, parseEndTime } from './local-times.ts'

/**
 * `{"hours": [{"kind": "PUBLIC", "dayFrom": "MONDAY", "dayTo": "FRIDAY", "timeFrom": "06:00", "timeTo": "22:00"}],
 * "closings": [{"reason": "Holiday", "from": "2026-12-24T00:00", "to": "2026-12-27T00:00"}],
 * "categories": [{"name": "Off peak", "times": [{"day": "MONDAY", "timeFrom": "09:00", "timeTo": "15:00"}]}]}`:
 * local times; 24:00 is the end of the day; a part that is left out stays as it is.
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

function readHours(value: unknown, at: number) {
  const { kind, dayFrom, dayTo, timeFrom, timeTo } = fields(value, `hours[${at}]`)
  const path = `hours[${at}]`
  return {
    kind: parseChoice(['INTERNAL', 'PUBLIC'] as const, kind ?? 'PUBLIC', `${path}.kind`),
    dayFrom: parseChoice(days, dayFrom, `${path}.dayFrom`),
    dayTo: parseChoice(days, dayTo ?? dayFrom, `${path}.dayTo`),
    timeFrom: read(timeFrom, `${path}.timeFrom`, Temporal.PlainTime.from),
    timeTo: read(timeTo, `${path}.timeTo`, parseEndTime),
  }
}

function readClosing(value: unknown, at: number) {
  const { reason, from, to } = fields(value, `closings[${at}]`)
  return {
    reason: read(reason, `closings[${at}].reason`, (text) => text),
    fromLocal: read(from, `closings[${at}].from`, Temporal.PlainDateTime.from),
    toLocal: read(to, `closings[${at}].to`, parseEndDateTime),
  }
}

function readCategory(value: unknown, at: number) {
  const { id, name, times } = fields(value, `categories[${at}]`)
  return {
    ...(typeof id === 'number' ? { id } : {}),
    name: read(name, `categories[${at}].name`, (text) => text),
    times: list(times, `categories[${at}].times`).map((time, index) => {
      const path = `categories[${at}].times[${index}]`
      const { day, timeFrom, timeTo } = fields(time, path)
      return {
        day: parseChoice(days, day, `${path}.day`),
        timeFrom: read(timeFrom, `${path}.timeFrom`, Temporal.PlainTime.from),
        timeTo: read(timeTo, `${path}.timeTo`, parseEndTime),
      }
    }),
  }
}
