import { days, fields, list, parseChoice, parseJson, read } from './json-input.ts'
import { parseEndTime } from './local-times.ts'

/**
 * `[{"weekday": "MONDAY", "timeFrom": "09:00", "timeTo": "17:00", "validFrom": "2026-09-01"}]`: local times, of which
 * 24:00 is the end of the day; the dates, inclusive, may be left out.
 */
export function parseShifts(text: string) {
  return list(parseJson(text), 'the file').map((value, at) => {
    const path = `[${at}]`
    const { weekday, timeFrom, timeTo, validFrom, validTo } = fields(value, path)
    const parseShiftDate = (date: unknown, name: string) =>
      date === undefined ? null : read(date, `${path}.${name}`, Temporal.PlainDate.from)
    return {
      weekday: parseChoice(days, weekday, `${path}.weekday`),
      timeFrom: read(timeFrom, `${path}.timeFrom`, Temporal.PlainTime.from),
      timeTo: read(timeTo, `${path}.timeTo`, parseEndTime),
      validFrom: parseShiftDate(validFrom, 'validFrom'),
      validTo: parseShiftDate(validTo, 'validTo'),
    }
  })
}
