import { clockText, dateText, dayNumber, isPrintable, pad2, pad3 } from './time-text.ts'

/** The forms of a date-time in answers: as the original API shows them, or plain RFC 3339 (`Prefer: datetime=rfc3339`). */
export type DateTimeForm = 'CONTRACT' | 'RFC3339'

/** Units of a period that is counted on the calendar. */
export type CalendarUnit = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR'

/** Prints moments for answers; each method is one of the forms that the API uses. */
export interface Printer {
  /** `2026-06-15T10:00:00.000+02:00[Europe/Berlin]`; RFC 3339 leaves the bracket out. */
  dateTime(at: Temporal.Instant, zone: string): string
  /** `2026-06-15T10:00:00+02:00` */
  plainOffset(at: Temporal.Instant, zone: string): string
  /** `2026-06-15T08:00:00Z` */
  utc(at: Temporal.Instant): string
  /** `2026-06-15T08:00:00.000000Z` */
  utcMicros(at: Temporal.Instant): string
  /** `2026-06-15T10:00:00`; RFC 3339 adds the offset of the zone. */
  local(at: Temporal.PlainDateTime, zone: string): string
}

/** A stretch of time during which a zone keeps one offset; `untilMs` is exclusive. */
interface OffsetSpan {
  readonly fromMs: number
  readonly untilMs: number
  readonly offsetMs: number
  readonly offset: string
  readonly bracketed: string
}

const spansByZone = new Map<string, OffsetSpan[]>()

/** Offsets are written in whole minutes, as Temporal does; only zones before 1972 have finer ones. */
function offsetText(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000)
  if (minutes === 0) return 'Z'
  return `${offsetMs < 0 ? '-' : '+'}${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}`
}

function readSpan(ms: number, zone: string): OffsetSpan {
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)
  // "previous" is strictly before, so that a moment which is itself a transition must be looked up from just after it.
  const previous = zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
  const next = zoned.getTimeZoneTransition('next')
  const offsetMs = zoned.offsetNanoseconds / 1e6
  const offset = offsetText(offsetMs)
  return {
    fromMs: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    untilMs: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs,
    offset,
    bracketed: `${offset}[${zoned.timeZoneId}]`,
  }
}

/** Asking Temporal costs microseconds and a slice prints 400 moments: each stretch is asked for once per process. */
function spanAt(ms: number, zone: string): OffsetSpan {
  let spans = spansByZone.get(zone)
  if (spans === undefined) {
    spans = [readSpan(ms, zone)]
    spansByZone.set(zone, spans)
  }
  for (const span of spans) if (span.fromMs <= ms && ms < span.untilMs) return span
  const span = readSpan(ms, zone)
  spans.push(span)
  return span
}

function withMillis(at: Temporal.Instant, zone: string, suffix: 'offset' | 'bracketed'): string {
  const ms = at.epochMilliseconds
  const span = spanAt(ms, zone)
  const localMs = ms + span.offsetMs
  if (!isPrintable(localMs)) throw new RangeError(`year out of range: ${at.toString()}`)
  const secondMs = ((localMs % 1000) + 1000) % 1000
  return `${dateText(localMs)}T${clockText(localMs)}.${pad3(secondMs)}${span[suffix]}`
}

function withSeconds(at: Temporal.Instant, zone: string): string {
  const ms = at.epochMilliseconds
  const span = spanAt(ms, zone)
  const localMs = ms + span.offsetMs
  if (!isPrintable(localMs)) throw new RangeError(`year out of range: ${at.toString()}`)
  return `${dateText(localMs)}T${clockText(localMs)}${span.offset}`
}

function getPrinter(form: DateTimeForm): Printer {
  const suffix = form === 'CONTRACT' ? 'bracketed' : 'offset'
  return {
    dateTime: (at, zone) => withMillis(at, zone, suffix),
    plainOffset: withSeconds,
    utc: (at) => withSeconds(at, 'UTC'),
    utcMicros: (at) => at.toString({ fractionalSecondDigits: 6 }),
    local: (at, zone) =>
      form === 'CONTRACT'
        ? at.toString({ smallestUnit: 'second' })
        : withSeconds(at.toZonedDateTime(zone).toInstant(), zone),
  }
}

const printers: Readonly<Record<DateTimeForm, Printer>> = {
  CONTRACT: getPrinter('CONTRACT'),
  RFC3339: getPrinter('RFC3339'),
}

/** The printer for the form that the caller asked for. */
export function printer(form: DateTimeForm): Printer {
  return printers[form]
}

/** More than any offset, and more than any change of one. */
const dayMs = 86_400_000

/** The moment of a local time more than a day away from any change of the clocks, where the offset alone determines it. */
function momentFarFromChange(localMs: number, zone: string): Temporal.Instant | undefined {
  if (!isPrintable(localMs)) return undefined
  const { fromMs, untilMs, offsetMs } = spanAt(localMs, zone)
  const isFar = fromMs + dayMs < localMs && localMs < untilMs - dayMs
  return isFar ? Temporal.Instant.fromEpochMilliseconds(localMs - offsetMs) : undefined
}

/** The moment of a wall time: one inside a spring gap moves forward by the gap, an ambiguous one is the earlier. */
export function instantAt(date: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): Temporal.Instant {
  const isWhole = time.microsecond === 0 && time.nanosecond === 0
  const far = isWhole ? momentFarFromChange(startMs(date) + timeOfDayMs(time), zone) : undefined
  return far ?? date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant()
}

function startMs({ year, month, day }: Temporal.PlainDate): number {
  return dayNumber(year, month, day) * dayMs
}

function timeOfDayMs({ hour, minute, second, millisecond }: Temporal.PlainTime): number {
  return ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
}

/** The stretches of `[fromMs, untilMs)` between changes of the clocks, each with its offset from UTC in milliseconds. */
export function offsetStretches(fromMs: number, untilMs: number, zone: string) {
  const stretches: { readonly from: number; readonly until: number; readonly offsetMs: number }[] = []
  for (let from = fromMs; from < untilMs; ) {
    const span = spanAt(from, zone)
    const until = Math.min(span.untilMs, untilMs)
    stretches.push({ from, until, offsetMs: span.offsetMs })
    from = until
  }
  return stretches
}

/** The first moment of a local date. */
export function startOfDay(date: Temporal.PlainDate, zone: string): Temporal.Instant {
  return momentFarFromChange(startMs(date), zone) ?? date.toZonedDateTime(zone).toInstant()
}

/**
 * The last millisecond of a local date. It is counted back from the next date: clocks that go back at midnight show the
 * last hour of a date twice, and 23:59 by the wall clock would be the first pass.
 */
export function lastMillisecond(date: Temporal.PlainDate, zone: string): Temporal.Instant {
  return startOfDay(date.add({ days: 1 }), zone).subtract({ milliseconds: 1 })
}

/** The local date of a moment. Every request asks for today somewhere, so it is spared the look into the zone. */
export function dateIn(at: Temporal.Instant, zone: string): Temporal.PlainDate {
  const ms = at.epochMilliseconds
  const localMs = ms + spanAt(ms, zone).offsetMs
  return isPrintable(localMs) ? Temporal.PlainDate.from(dateText(localMs)) : at.toZonedDateTimeISO(zone).toPlainDate()
}

/** The day of `anchor`, n months on, clipped to the end of the month; never chain it, always count from the anchor. */
export function addMonths(anchor: Temporal.PlainDate, n: number): Temporal.PlainDate {
  return anchor.add({ months: n }, { overflow: 'constrain' })
}

/** `date` moved by n calendar units (negative: back); months and years clip to the end of the month. */
export function addTerm(date: Temporal.PlainDate, n: number, unit: CalendarUnit): Temporal.PlainDate {
  switch (unit) {
    case 'DAY':
      return date.add({ days: n })
    case 'WEEK':
      return date.add({ weeks: n })
    case 'MONTH':
      return addMonths(date, n)
    case 'YEAR':
      return addMonths(date, 12 * n)
  }
}

const datePattern = /^(?:19|2[01])\d\d-\d\d-\d\d$/
const dateTimePattern =
  /^((?:19|2[01])\d\d-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))(?:\[([A-Za-z][A-Za-z0-9_+/-]{0,63})\])?$/

/** Whether `zone` names a time zone of the IANA database. */
export function isZone(zone: string): boolean {
  if (spansByZone.has(zone)) return true
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(zone)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/**
 * Reads a date-time of a request: the offset is required and alone fixes the moment. The bracket must only name a
 * known zone, because real clients send the winter offset in summer. Undefined when the text is not one.
 */
export function parseDateTime(text: string): Temporal.Instant | undefined {
  const match = dateTimePattern.exec(text)
  if (match === null) return undefined
  const [, moment, zone] = match
  if (zone !== undefined && !isZone(zone)) return undefined
  try {
    return Temporal.Instant.from(moment as string)
  } catch {
    return undefined
  }
}

/** Reads a calendar date `YYYY-MM-DD` of the years 1900 to 2199; undefined when there is no such day. */
export function parseDate(text: string): Temporal.PlainDate | undefined {
  if (!datePattern.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return undefined
  }
}

/** The day of a field that may be left out, whose declaration lets only real days through. */
export function readDay(text: string | undefined): Temporal.PlainDate | undefined {
  return text === undefined ? undefined : Temporal.PlainDate.from(text)
}
