import assert from 'node:assert/strict'

/** An entry as an app reads it: names of properties in capitals, texts without their escapes. */
export type ReadEvent = Readonly<Record<string, string>>

export interface ReadCalendar {
  readonly properties: Readonly<Record<string, string>>
  readonly events: readonly ReadEvent[]
}

/** What RFC 5545 calls a TEXT, of the properties that we use. */
const texts = new Set(['SUMMARY', 'DESCRIPTION', 'LOCATION', 'UID', 'NAME', 'X-WR-CALNAME'])
/** Each exactly once in every entry. */
const required = ['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY', 'STATUS', 'SEQUENCE', 'LAST-MODIFIED']
const states = ['CONFIRMED', 'TENTATIVE', 'CANCELLED']

/** Reads a calendar by the letter of RFC 5545, and refuses what breaks it. Written apart from whatever writes it. */
export function readICalendar(text: string): ReadCalendar {
  assert.ok(text.endsWith('\r\n'), 'every line is ended')
  assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/, 'lines end with CR LF')
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, `at most 75 octets: ${line}`)
  const lines = text
    .replaceAll(/\r\n[ \t]/g, '')
    .slice(0, -2)
    .split('\r\n')
    .map(readLine)
  const [first, ...rest] = lines
  assert.deepEqual([first?.name, first?.value], ['BEGIN', 'VCALENDAR'])
  const last = rest.pop()
  assert.deepEqual([last?.name, last?.value], ['END', 'VCALENDAR'])
  const calendar: Record<string, string> = {}
  const events: Record<string, string>[] = []
  let into = calendar
  for (const { name, value } of rest) {
    if (name === 'BEGIN') {
      assert.deepEqual([value, into], ['VEVENT', calendar], 'entries only, and none in another')
      events.push((into = {}))
    } else if (name === 'END') into = calendar
    else {
      assert.equal(into[name], undefined, `${name} once`)
      into[name] = texts.has(name) ? readText(value) : value
    }
  }
  assert.equal(calendar['VERSION'], '2.0')
  assert.ok(calendar['PRODID'])
  for (const event of events) checkEvent(event)
  assert.equal(new Set(events.map((event) => event['UID'])).size, events.length, 'no two entries have one UID')
  return { properties: calendar, events }
}

function readLine(line: string) {
  const [, name = '', value] = /^([A-Z][A-Z0-9-]*)(?:;[A-Z-]+=[^":;,]*)*:(.*)$/s.exec(line) ?? []
  assert.ok(value !== undefined, `a name and a value: ${line}`)
  assert.doesNotMatch(value, /[^\P{Cc}\t]/u, 'no control characters')
  return { name, value }
}

function readText(value: string): string {
  assert.match(value, /^(?:[^\\;,]|\\[\\;,nN])*$/, `escaped: ${value}`)
  return value.replaceAll(/\\(.)/g, (_, character: string) => (/n/i.test(character) ? '\n' : character))
}

function checkEvent(event: ReadEvent) {
  for (const name of required) assert.ok(event[name], `${name} in ${event['UID']}`)
  for (const name of ['DTSTAMP', 'DTSTART', 'DTEND', 'LAST-MODIFIED']) readMoment(event, name)
  assert.ok(states.includes(event['STATUS'] ?? ''))
  assert.match(event['SEQUENCE'] ?? '', /^\d+$/)
  assert.ok(Temporal.Instant.compare(readMoment(event, 'DTSTART'), readMoment(event, 'DTEND')) < 0)
}

/** A moment in UTC, the only form of date-time that needs no zone. */
export function readMoment(event: ReadEvent, name: string): Temporal.Instant {
  const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(event[name] ?? '') ?? []
  assert.ok(date && time, `${name} is a moment in UTC: ${event[name]}`)
  return Temporal.Instant.from(`${date}T${time}Z`)
}

/** `2026-03-29T03:30` on the wall clock of a zone. */
export function readLocalStart(event: ReadEvent, zone: string): string {
  return readMoment(event, 'DTSTART').toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
}

/** The one entry of a calendar that has one. */
export function onlyEvent({ events }: ReadCalendar): ReadEvent {
  assert.equal(events.length, 1)
  return events[0] as ReadEvent
}

/** The entry of this thing of the tenant `demo`, if the calendar has it. */
export function findEvent({ events }: ReadCalendar, thing: string): ReadEvent | undefined {
  return events.find((event) => event['UID'] === `${thing}@demo.palestra`)
}
