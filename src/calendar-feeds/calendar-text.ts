import { escape, ICalCalendar, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import type { CalendarEvent } from './content-facts.ts'

/** An entry in the words in which it is shown. */
export interface WrittenEvent extends CalendarEvent {
  readonly summary: string
  readonly location: string | null
}

/** What we wish of calendar apps; most ask when they like. */
const REFRESH_SECONDS = 3600
const { OPAQUE, TRANSPARENT } = ICalEventTransparency

/**
 * A calendar as RFC 5545 text. Moments are written in UTC: each date is an entry of its own, so nothing has to recur on a
 * wall clock, no rules of zones are needed, and a change of clocks cannot be misread. It is no message of a scheduling
 * (RFC 5546) and names no method; so its time stamps are those of the last change, and equal calendars are equal bytes.
 */
export function writeCalendar({ name, events }: { readonly name: string; readonly events: readonly WrittenEvent[] }) {
  const calendar = new ICalCalendar({
    prodId: '//Palestra//Calendar feeds//EN',
    // The library escapes the texts of entries, but not this one.
    name: escape(printable(name), false),
    ttl: REFRESH_SECONDS,
  })
  for (const event of events) {
    calendar.createEvent({
      id: event.uid,
      sequence: event.sequence,
      // As text, which is read as UTC wherever the process runs; moments of Temporal cost the library three times as much.
      stamp: String(event.changedAt),
      lastModified: String(event.changedAt),
      start: String(event.start),
      end: String(event.end),
      summary: printable(event.summary),
      status: ICalEventStatus[event.status],
      transparency: event.takesTime ? OPAQUE : TRANSPARENT,
      ...(event.description === null ? {} : { description: printable(event.description) }),
      ...(event.location === null ? {} : { location: printable(event.location) }),
    })
  }
  // The library leaves the last line open.
  return `${calendar.toString()}\r\n`
}

/** Without what no text of a calendar may hold: control characters but line breaks and tabs. */
function printable(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\t\n\r]/gu, '')
}
