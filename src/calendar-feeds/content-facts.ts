import type { BookingStatus } from '../bookings/booking-facts.ts'

/** What every date in a calendar has. */
interface DateFacts {
  readonly id: number
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  /** Grows whenever staff change the date. */
  readonly version: number
  /** When it, or what is shown of it, was changed last. */
  readonly changedAt: Temporal.Instant
}

export interface SlotFacts extends DateFacts {
  readonly status: 'PLANNED' | 'CANCELED'
  readonly title: string
  readonly description: string | null
  readonly room: string | null
  readonly isStream: boolean
  /** Whether the class is on show; an integration reads nothing of the others. */
  readonly isShown: boolean
  readonly instructors: readonly string[]
}

interface BookingState {
  readonly status: BookingStatus
  readonly confirmDeadline: Temporal.Instant | null
  readonly start: Temporal.Instant
}

/** An appointment as its instructor's time: nothing of it but when. */
export interface TakenFacts extends DateFacts {
  /** Those that are not canceled, as stored. */
  readonly bookings: readonly BookingState[]
}

export interface BookedFacts extends DateFacts, BookingState {
  readonly dateStatus: 'PLANNED' | 'CANCELED'
  readonly title: string
  readonly description: string | null
  readonly room: string | null
  readonly isStream: boolean
  readonly instructors: readonly string[]
}

/** One entry of a calendar. */
export interface CalendarEvent {
  /** Names the entry for as long as there are calendars that have it. */
  readonly uid: string
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'
  readonly sequence: number
  readonly changedAt: Temporal.Instant
  /** Null = taken, and nobody needs to know by what. */
  readonly title: string | null
  /** What is not certain yet. */
  readonly doubt: 'waiting' | 'pending' | null
  readonly instructors: readonly string[]
  readonly description: string | null
  /** Null = nowhere in particular, as a stream. */
  readonly venue: { readonly room: string | null } | null
  /** Whether it takes the time of the person whose calendar this is. */
  readonly takesTime: boolean
}
