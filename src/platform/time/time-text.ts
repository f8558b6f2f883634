const dayMs = 86_400_000
const twoDigits: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))

export function pad2(n: number): string {
  return twoDigits[n] as string
}

export function pad3(n: number): string {
  return n < 10 ? `00${n}` : n < 100 ? `0${n}` : String(n)
}

/** Whether local milliseconds since 1970 fall into the years 0000 to 9999, which is what four digits can print. */
export function isPrintable(localMs: number): boolean {
  return localMs >= -62_167_219_200_000 && localMs < 253_402_300_800_000
}

let lastDay = Number.NaN
let lastDayText = ''

/**
 * `YYYY-MM-DD` of local milliseconds since 1970. Plain arithmetic on the proleptic Gregorian calendar (Hinnant's
 * days-to-civil); neighbouring rows mostly share the day, so the last one is kept.
 */
export function dateText(localMs: number): string {
  const day = Math.floor(localMs / dayMs)
  if (day === lastDay) return lastDayText
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  lastDay = day
  lastDayText = `${pad2(Math.floor(year / 100))}${pad2(year % 100)}-${pad2(month)}-${pad2(dayOfMonth)}`
  return lastDayText
}

/** Days since 1970 of a date, by the same calendar as `dateText` and against its direction. */
export function dayNumber(year: number, month: number, day: number): number {
  const yearFromMarch = month <= 2 ? year - 1 : year
  const era = Math.floor(yearFromMarch / 400)
  const yearOfEra = yearFromMarch - era * 400
  const dayOfYear = Math.floor((153 * (month <= 2 ? month + 9 : month - 3) + 2) / 5) + day - 1
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468
}

/** `HH:mm:ss` of local milliseconds since 1970. */
export function clockText(localMs: number): string {
  const ofDay = localMs - Math.floor(localMs / dayMs) * dayMs
  const seconds = Math.floor(ofDay / 1000)
  return `${pad2(Math.floor(seconds / 3600))}:${pad2(Math.floor(seconds / 60) % 60)}:${pad2(seconds % 60)}`
}
