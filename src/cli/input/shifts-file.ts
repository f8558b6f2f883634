import { days, fields, list, oneOf, parseJson, read } from './json-input.ts'

/**
 * `[{"weekday": "MONDAY", "timeFrom": "09:00", "timeTo": "17:00", "validFrom": "2026-09-01"}]`: local times; the dates,
 * inclusive, may be left out.
 */
export function parseShifts(text: string) {
  return list(parseJson(text), 'the file').map((value, at) => {
    const place = `[${at}]`
    const { weekday, timeFrom, timeTo, validFrom, validTo } = fields(value, place)
    const dateOf = (date: unknown, name: string) =>
      date === undefined ? null : read(date, `${place}.${name}`, Temporal.PlainDate.from)
    return {
      weekday: oneOf(days, weekday, `${place}.weekday`),
      timeFrom: read(timeFrom, `${place}.timeFrom`, Temporal.PlainTime.from),
      timeTo: read(timeTo, `${place}.timeTo`, Temporal.PlainTime.from),
      validFrom: dateOf(validFrom, 'validFrom'),
      validTo: dateOf(validTo, 'validTo'),
    }
  })
}
