import { dateIn, startOfDay } from '../platform/time/zoned-time.ts'

/** What a feed is of: exactly one of the three is set. */
export interface FeedSubject {
  readonly classId: number | null
  readonly employeeId: number | null
  readonly bookingId: number | null
}

export type FeedKind = 'CLASS' | 'INSTRUCTOR' | 'BOOKING'

export function feedKind({ classId, employeeId }: FeedSubject): FeedKind {
  if (classId !== null) return 'CLASS'
  return employeeId === null ? 'BOOKING' : 'INSTRUCTOR'
}

/** Which kinds of bookings and dates an integration may read. */
export interface Readable {
  readonly classes: boolean
  readonly appointments: boolean
}

/** A feed shows what the operations of the API would show to the same integration. */
export function readableWith(scopes: ReadonlySet<string>): Readable {
  return { classes: scopes.has('CLASSES_READ'), appointments: scopes.has('APPOINTMENTS_READ') }
}

export interface LinkFacts {
  readonly tenantStatus: string
  readonly studioStatus: string
  readonly activationStatus: string
}

/** A link ends with what its API key would end with, but for the key itself. */
export function isOpen({ tenantStatus, studioStatus, activationStatus }: LinkFacts): boolean {
  return tenantStatus === 'ACTIVE' && studioStatus !== 'CLOSED' && activationStatus === 'ACTIVE'
}

const DAYS_BACK = 30
const DAYS_AHEAD = 180

/** From the beginning of the day 30 days ago to the end of the day in 180 days, by the calendar of the studio. */
export function feedWindow(now: Temporal.Instant, zone: string) {
  const today = dateIn(now, zone)
  return {
    from: startOfDay(today.subtract({ days: DAYS_BACK }), zone),
    until: startOfDay(today.add({ days: DAYS_AHEAD + 1 }), zone),
  }
}
