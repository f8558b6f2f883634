import { chooseLanguage, formatSentence, type TextOverrides } from '../platform/errors/localisation.ts'
import type { Queryable } from '../platform/database/database.ts'
import { writeCalendar } from './calendar-text.ts'
import type { CalendarEvent } from './content-facts.ts'
import { findBookingContent } from './booking-content-store.ts'
import { findClassContent } from './slot-content-store.ts'
import { findInstructorContent } from './instructor-content-store.ts'
import { eventOfAppointment, eventOfBooking, eventOfSlot } from './event-rules.ts'
import { feedWindow, readableWith } from './feed-rules.ts'
import type { FeedStudio, FoundFeed } from './store.ts'

interface Content {
  readonly title: string
  readonly events: readonly CalendarEvent[]
}

/** The calendar behind a link as it is at `now`; undefined when there is nothing that its integration may read any more. */
export async function readCalendar(
  db: Queryable,
  feed: FoundFeed,
  now: Temporal.Instant,
  textsOfTenant: () => TextOverrides | Promise<TextOverrides>,
): Promise<string | undefined> {
  const content = await findContent(db, feed, now)
  if (!content) return undefined
  const language = chooseLanguage(undefined, feed.studio.languageTag, feed.defaultLanguage)
  const overrides = await textsOfTenant()
  const say: Say = (key, ...values) =>
    formatSentence(
      key,
      language,
      values.map((value) => ({ type: 'STRING', value })),
      { overrides },
    )
  return writeCalendar({
    name: `${content.title} · ${feed.studio.name}`,
    events: content.events.map((event) => ({
      ...event,
      uid: `${event.uid}@${feed.tenantSlug}.palestra`,
      summary: event.title ?? say('pagetext.calendar.busy'),
      description: formatDescription(event, say),
      location: event.venue ? formatLocation(feed.studio, event.venue.room) : null,
    })),
  })
}

async function findContent(db: Queryable, feed: FoundFeed, now: Temporal.Instant): Promise<Content | undefined> {
  const { classId, employeeId, bookingId } = feed
  if (classId !== null) return contentOfClass(db, feed, classId, now)
  if (employeeId !== null) return contentOfInstructor(db, feed, employeeId, now)
  return bookingId === null ? undefined : contentOfBooking(db, feed, bookingId, now)
}

async function contentOfClass(db: Queryable, { studio, scopes }: FoundFeed, classId: number, now: Temporal.Instant) {
  if (!readableWith(scopes).classes) return undefined
  const found = await findClassContent(db, { studioId: studio.id, classId }, feedWindow(now, studio.zone))
  return found && { title: found.title, events: found.slots.map((slot) => eventOfSlot(slot, 'CLASS', now)) }
}

async function contentOfInstructor(
  db: Queryable,
  { studio, scopes }: FoundFeed,
  employeeId: number,
  now: Temporal.Instant,
) {
  const readable = readableWith(scopes)
  if (!readable.classes && !readable.appointments) return undefined
  const found = await findInstructorContent(db, { studioId: studio.id, employeeId }, feedWindow(now, studio.zone))
  if (!found) return undefined
  const slots = readable.classes ? found.slots.map((slot) => eventOfSlot(slot, 'INSTRUCTOR', now)) : []
  const taken = readable.appointments ? found.appointments.flatMap((each) => eventOfAppointment(each, now) ?? []) : []
  return { title: found.name, events: [...slots, ...taken] }
}

async function contentOfBooking(db: Queryable, feed: FoundFeed, bookingId: number, now: Temporal.Instant) {
  const { studio, scopes, visibleStudioIds, integrationId } = feed
  const readable = readableWith(scopes)
  const kinds = [
    readable.classes ? ['CLASS' as const] : [],
    readable.appointments ? ['APPOINTMENT' as const] : [],
  ].flat()
  const sight = { studioIds: visibleStudioIds, integrationId }
  const booked = await findBookingContent(db, { studioId: studio.id, bookingId, kinds, sight })
  return booked && { title: booked.title, events: [eventOfBooking(booked, now)] }
}

type Say = (key: string, ...values: readonly string[]) => string

function formatDescription({ doubt, instructors, description }: CalendarEvent, say: Say): string | null {
  const doubts = { waiting: 'pagetext.calendar.waiting', pending: 'pagetext.calendar.pending' } as const
  const lines = [
    doubt === null ? '' : say(doubts[doubt]),
    instructors.length === 0 ? '' : say('pagetext.calendar.with', instructors.join(', ')),
    description ?? '',
  ].filter((line) => line !== '')
  return lines.length === 0 ? null : lines.join('\n')
}

/** As one would write it on an envelope, in one line, so that maps find it. */
function formatLocation({ name, street, houseNumber, zip, city }: FeedStudio, room: string | null): string {
  const joined = (...parts: (string | null)[]) => parts.filter((part) => part !== null && part !== '').join(' ')
  return [room ?? '', name, joined(street, houseNumber), joined(zip, city)].filter((part) => part !== '').join(', ')
}
