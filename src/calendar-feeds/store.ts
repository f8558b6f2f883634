import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { bookings } from '../bookings/tables.ts'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { activations } from '../integrations/tables.ts'
import { type FeedSubject, isOpen, type LinkFacts } from './feed-rules.ts'
import { calendarFeeds } from './tables.ts'

export interface FeedStudio {
  readonly id: number
  readonly name: string
  readonly zone: string
  readonly languageTag: string
  readonly street: string | null
  readonly houseNumber: string | null
  readonly zip: string | null
  readonly city: string | null
}

/** A link as its token finds it, before anything of its tenant was read. */
export interface FoundFeed extends FeedSubject {
  readonly feedId: number
  readonly tenantId: number
  readonly tenantSlug: string
  readonly defaultLanguage: string
  readonly scopes: ReadonlySet<string>
  readonly integrationId: number
  /** Closed links are known, and show nothing. */
  readonly isOpen: boolean
  /** Studios whose customers the integration sees. */
  readonly visibleStudioIds: readonly number[]
  readonly studio: FeedStudio
}

const feedOfToken = prepared((db) =>
  db
    .select({
      feedId: sql<number>`feed_id`,
      classId: sql<number | null>`class_id`,
      employeeId: sql<number | null>`employee_id`,
      bookingId: sql<number | null>`booking_id`,
      tenantId: sql<number>`tenant_id`,
      tenantSlug: sql<string>`tenant_slug`,
      defaultLanguage: sql<string>`default_language`,
      scopes: sql<string[]>`scopes`,
      integrationId: sql<number>`integration_id`,
      visibleStudioIds: sql<number[]>`visible_studio_ids`,
      studioId: sql<number>`studio_id`,
      name: sql<string>`studio_name`,
      zone: sql<string>`time_zone`,
      languageTag: sql<string>`language_tag`,
      street: sql<string | null>`street`,
      houseNumber: sql<string | null>`house_number`,
      zip: sql<string | null>`zip`,
      city: sql<string | null>`city`,
      facts: sql<LinkFacts>`json_build_object('tenantStatus', tenant_status, 'studioStatus', studio_status,
        'activationStatus', activation_status)`,
    })
    .from(sql`palestra_find_calendar_feed(${sql.placeholder('tokenHash')})`)
    .prepare('calendar_feeds_find_by_token'),
)

/** The feed of a token by its hash, whatever its state. */
export async function findFeedByToken(db: Queryable, tokenHash: Buffer): Promise<FoundFeed | undefined> {
  const [row] = await feedOfToken(db).execute({ tokenHash })
  if (!row) return undefined
  const { studioId: id, name, zone, languageTag, street, houseNumber, zip, city, scopes, facts, ...feed } = row
  return {
    ...feed,
    isOpen: isOpen(facts),
    scopes: new Set(scopes),
    studio: { id, name, zone, languageTag, street, houseNumber, zip, city },
  }
}

export type FeedRow = FeedSubject & { readonly id: number; readonly createdAt: Temporal.Instant }
export type NewFeed = Pick<typeof calendarFeeds.$inferInsert, 'activationId' | 'tokenHash' | keyof FeedSubject>

export async function insertFeed(tx: Tx, feed: NewFeed, now: Temporal.Instant): Promise<FeedRow> {
  const [row] = await tx
    .insert(calendarFeeds)
    .values({ ...feed, createdAt: now })
    .returning(columns)
  return row as FeedRow
}

const columns = {
  id: calendarFeeds.id,
  createdAt: calendarFeeds.createdAt,
  classId: calendarFeeds.classId,
  employeeId: calendarFeeds.employeeId,
  bookingId: calendarFeeds.bookingId,
}

/** The feeds of an activation after the given id. */
export function listFeeds(
  db: Queryable,
  activationId: number,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<FeedRow[]> {
  return db
    .select(columns)
    .from(calendarFeeds)
    .where(and(eq(calendarFeeds.activationId, activationId), gt(calendarFeeds.id, after)))
    .orderBy(asc(calendarFeeds.id))
    .limit(limit)
}

/** All feeds of the tenant, or of one studio, with whose they are. */
export function listFeedsOfTenant(db: Queryable, studioId: number | undefined) {
  return db
    .select({ ...columns, studioId: activations.studioId, integrationId: activations.integrationId })
    .from(calendarFeeds)
    .innerJoin(
      activations,
      and(eq(activations.tenantId, calendarFeeds.tenantId), eq(activations.id, calendarFeeds.activationId)),
    )
    .where(studioId === undefined ? undefined : eq(activations.studioId, studioId))
    .orderBy(asc(calendarFeeds.id))
}

/** One feed, of this studio if one is named; another unit that revokes it waits. */
export async function lockFeed(tx: Tx, feedId: number, studioId?: number) {
  const [row] = await tx
    .select({ feedId: calendarFeeds.id, activationId: calendarFeeds.activationId, studioId: activations.studioId })
    .from(calendarFeeds)
    .innerJoin(
      activations,
      and(eq(activations.tenantId, calendarFeeds.tenantId), eq(activations.id, calendarFeeds.activationId)),
    )
    .where(and(eq(calendarFeeds.id, feedId), studioId === undefined ? undefined : eq(activations.studioId, studioId)))
    .for('update', { of: calendarFeeds })
  return row
}

export async function deleteFeed(tx: Tx, feedId: number) {
  await tx.delete(calendarFeeds).where(eq(calendarFeeds.id, feedId))
}

/** Ends the links to all bookings of a customer, in whatever studio. */
export async function deleteFeedsOfCustomer(tx: Tx, customerId: number) {
  const own = tx.select({ id: bookings.id }).from(bookings).where(eq(bookings.customerId, customerId))
  await tx.delete(calendarFeeds).where(inArray(calendarFeeds.bookingId, own))
}

/** The secret of the installation has changed: the link is known by the newest from now on. */
export async function renewTokenHash(tx: Tx, feedId: number, tokenHash: Buffer) {
  await tx.update(calendarFeeds).set({ tokenHash }).where(eq(calendarFeeds.id, feedId))
}
