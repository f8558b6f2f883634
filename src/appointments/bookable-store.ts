import { and, asc, eq, getTableColumns, gt, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import { bookingRules } from '../bookings/tables.ts'
import { resources } from '../resources/tables.ts'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { bookableAppointments, requirementResources, requirements } from './tables.ts'

type Fill = 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewBookable = Omit<typeof bookableAppointments.$inferInsert, Fill | 'id'>
export type NewRequirement = Pick<typeof requirements.$inferInsert, 'studioId' | 'bookableId' | 'kind' | 'count'>
export type NewPoolMember = Omit<typeof requirementResources.$inferInsert, 'tenantId' | 'createdAt' | 'id'>

/** Who books: customers online, leads who try the gym, or staff on behalf of any customer. */
export type Audience = 'CUSTOMERS' | 'TRIALS' | 'STAFF'

const audience = sql`${sql.placeholder('audience')}::text`
/** Staff book whatever is active; others what is open online, meant for them and not outdated. */
const offered = and(
  bookableAppointments.active,
  or(
    sql`${audience} = 'STAFF'`,
    and(
      bookableAppointments.onlineBookable,
      or(bookableAppointments.forCustomers, sql`${audience} = 'TRIALS'`),
      or(isNull(bookableAppointments.validTo), gte(bookableAppointments.validTo, sql.placeholder('today'))),
    ),
  ),
)

const withRule = (db: Queryable) =>
  db
    .select({ ...getTableColumns(bookableAppointments), rule: bookingRules })
    .from(bookableAppointments)
    .innerJoin(
      bookingRules,
      and(eq(bookingRules.tenantId, bookableAppointments.tenantId), eq(bookingRules.id, bookableAppointments.ruleId)),
    )

const inStudio = and(
  eq(bookableAppointments.studioId, sql.placeholder('studioId')),
  eq(bookableAppointments.id, sql.placeholder('bookableId')),
)

const offeredBookable = prepared((db) =>
  withRule(db).where(and(inStudio, offered)).prepare('appointments_find_offered_bookable'),
)

export interface OfferQuery {
  readonly studioId: number
  readonly audience: Audience
  /** In the studio's zone. */
  readonly today: Temporal.PlainDate
}

/** A bookable that the audience may book today, with its rule. */
export async function findOfferedBookable(
  db: Queryable,
  bookableId: number,
  { studioId, audience, today }: OfferQuery,
): Promise<BookableRow | undefined> {
  const [row] = await offeredBookable(db).execute({ bookableId, studioId, audience, today: today.toString() })
  return row
}

const anyBookable = prepared((db) => withRule(db).where(inStudio).prepare('appointments_find_bookable'))

/** A bookable with its rule, archived or not, no matter who it is for. */
export async function findBookable(db: Queryable, studioId: number, bookableId: number) {
  const [row] = await anyBookable(db).execute({ studioId, bookableId })
  return row
}

export type BookableRow = NonNullable<Awaited<ReturnType<typeof findBookable>>>

const offeredBookables = prepared((db) =>
  db
    .select({
      id: bookableAppointments.id,
      title: bookableAppointments.title,
      category: bookableAppointments.category,
      description: bookableAppointments.description,
      imageId: bookableAppointments.imageId,
      durationMin: bookableAppointments.durationMin,
    })
    .from(bookableAppointments)
    .where(
      and(
        eq(bookableAppointments.studioId, sql.placeholder('studioId')),
        gt(bookableAppointments.id, sql.placeholder('after')),
        offered,
      ),
    )
    .orderBy(asc(bookableAppointments.id))
    .limit(sql.placeholder('limit'))
    .prepare('appointments_list_offered_bookables'),
)

/** Offered bookables with a greater id than `after`, in the order of their ids. */
export function listOfferedBookables(
  db: Queryable,
  { studioId, audience, today }: OfferQuery,
  page: { readonly after: number; readonly limit: number },
) {
  return offeredBookables(db).execute({ studioId, audience, today: today.toString(), ...page })
}

/** Staff who change a bookable wait here, and so does everybody who joins one of its groups. */
export async function lockBookable(tx: Tx, studioId: number, bookableId: number) {
  const [row] = await tx
    .select()
    .from(bookableAppointments)
    .where(and(eq(bookableAppointments.studioId, studioId), eq(bookableAppointments.id, bookableId)))
    .for('no key update')
  return row
}

export async function insertBookable(tx: Tx, bookable: NewBookable, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(bookableAppointments)
    .values({ ...bookable, createdAt: now, updatedAt: now })
    .returning({ id: bookableAppointments.id })
  return returnedId(rows)
}

export async function updateBookableRow(
  tx: Tx,
  bookableId: number,
  changes: Partial<NewBookable>,
  now: Temporal.Instant,
) {
  await tx
    .update(bookableAppointments)
    .set({ ...changes, updatedAt: now, version: sql`${bookableAppointments.version} + 1` })
    .where(eq(bookableAppointments.id, bookableId))
}

export async function insertRequirement(tx: Tx, line: NewRequirement, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(requirements)
    .values({ ...line, createdAt: now })
    .returning({ id: requirements.id })
  return returnedId(rows)
}

export async function insertPoolMembers(tx: Tx, members: readonly NewPoolMember[], now: Temporal.Instant) {
  if (members.length > 0)
    await tx.insert(requirementResources).values(members.map((one) => ({ ...one, createdAt: now })))
}

/** The kinds of those of the resources that the studio has. */
export function listResourceKinds(db: Queryable, studioId: number, resourceIds: readonly number[]) {
  return db
    .select({ id: resources.id, kind: resources.kind })
    .from(resources)
    .where(and(eq(resources.studioId, studioId), inArray(resources.id, [...resourceIds])))
}

export async function deletePoolMembers(tx: Tx, bookableId: number) {
  await tx.delete(requirementResources).where(eq(requirementResources.bookableId, bookableId))
}

export async function deleteRequirements(tx: Tx, bookableId: number) {
  await tx.delete(requirements).where(eq(requirements.bookableId, bookableId))
}
