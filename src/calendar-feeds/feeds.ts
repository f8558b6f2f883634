import { randomBytes } from 'node:crypto'
import { findBooking, lockBookingCustomer } from '../bookings/index.ts'
import { findClass } from '../classes/index.ts'
import { reachableSight } from '../customers/index.ts'
import { findEmployee } from '../employees/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { PartnerWork, UnitOfWork } from '../platform/units/work.ts'
import { type FeedSubject, readableWith } from './feed-rules.ts'
import { deleteFeed, type FeedRow, insertFeed, lockFeed } from './store.ts'

/** A feed and the one sight of its token. */
export interface CreatedFeed {
  readonly feed: FeedRow
  readonly token: string
}

const TOKEN_BYTES = 32
const nothing: FeedSubject = { classId: null, employeeId: null, bookingId: null }

/** A link to the dates of a class on show in the studio of the key. */
export async function createClassFeed(work: PartnerWork, classId: number, secrets: Secrets): Promise<CreatedFeed> {
  const gymClass = await findClass(work.db, work.caller.studio.id, classId)
  if (!gymClass) throw notFound('class', classId)
  return createFeed(work, { ...nothing, classId }, secrets)
}

/** A link to when an employee of the studio of the key teaches there and is taken. */
export async function createInstructorFeed(
  work: PartnerWork,
  employeeId: number,
  secrets: Secrets,
): Promise<CreatedFeed> {
  const employee = await findEmployee(work.db, work.caller.studio.id, employeeId)
  if (!employee) throw notFound('employee', employeeId)
  return createFeed(work, { ...nothing, employeeId }, secrets)
}

/**
 * A link to one booking in the studio of the key, of a kind that it may read. The customer is locked, so that a person
 * who is being erased gets no new link.
 */
export async function createBookingFeed(work: PartnerWork, bookingId: number, secrets: Secrets): Promise<CreatedFeed> {
  const { studio, scopes } = work.caller
  const booking = await findBooking(work.db, bookingId)
  const readable = readableWith(scopes)
  const isReadable = booking?.kind === 'CLASS' ? readable.classes : readable.appointments
  if (!booking || !isReadable || booking.studioId !== studio.id) throw notFound('booking', bookingId)
  const customer = await lockBookingCustomer(work.tx, booking.customerId, reachableSight(work))
  if (!customer) throw notFound('booking', bookingId)
  work.concern(booking.customerId)
  return createFeed(work, { ...nothing, bookingId }, secrets)
}

async function createFeed(work: PartnerWork, subject: FeedSubject, secrets: Secrets): Promise<CreatedFeed> {
  const { activation, studio } = work.caller
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const tokenHash = secrets.hash('feed-token', token)
  const feed = await insertFeed(work.tx, { activationId: activation.id, tokenHash, ...subject }, work.now)
  const named = Object.entries(subject).filter(([, id]) => id !== null)
  work.audit({
    action: 'calendarFeed.created',
    entityKind: 'calendarFeed',
    entityId: feed.id,
    studioId: studio.id,
    diff: Object.fromEntries(named.map(([name, id]) => [name, [null, id]])),
  })
  return { feed, token }
}

/** Ends a link at once. Partners end those of their own activation. */
export async function revokeOwnFeed(work: PartnerWork, feedId: number) {
  const { studio, activation } = work.caller
  const feed = await lockFeed(work.tx, feedId, studio.id)
  if (feed?.activationId !== activation.id) throw notFound('calendarFeed', feedId)
  await endFeed(work, feed)
}

/** The same for operators, who may end any. */
export async function revokeFeed(work: UnitOfWork, feedId: number) {
  const feed = await lockFeed(work.tx, feedId)
  if (!feed) throw notFound('calendarFeed', feedId)
  await endFeed(work, feed)
}

async function endFeed(work: UnitOfWork, { feedId, studioId }: { readonly feedId: number; readonly studioId: number }) {
  await deleteFeed(work.tx, feedId)
  work.audit({ action: 'calendarFeed.revoked', entityKind: 'calendarFeed', entityId: feedId, studioId })
}
