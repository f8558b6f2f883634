import { and, eq, gt, isNull, ne, or, sql } from 'drizzle-orm'
import { customers } from '../customers/customer-table.ts'
import { preparedWrite, type Queryable, type Tx } from '../platform/database/database.ts'
import { ready } from '../platform/database/in-order.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { studios } from '../studios/tables.ts'
import { checkIns } from './tables.ts'

export type Visit = typeof checkIns.$inferSelect
export type InSource = Visit['inSource']
export type OutSource = NonNullable<Visit['outSource']>
export type NewVisit = Omit<typeof checkIns.$inferInsert, 'tenantId' | 'createdAt' | 'checkedOutAt' | 'outSource'>

const capacityLock = preparedWrite((tx) =>
  tx
    .select({ id: studios.id })
    .from(studios)
    .where(
      and(
        eq(studios.id, sql.placeholder('studioId')),
        sql`coalesce(${sql.placeholder('enforced')}::boolean, ${studios.enforceCapacity})`,
      ),
    )
    .for('no key update')
    .prepare('checkins_lock_capacity'),
)

/** Entrances of a studio queue up here where its capacity is enforced; null = as the studio itself says. */
export const readyCapacityLock = (studioId: number, enforced: boolean | null) =>
  ready(capacityLock, { studioId, enforced })

const visitorLock = preparedWrite((tx) =>
  tx
    .select({ id: customers.id })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId')))
    .for('no key update')
    .prepare('checkins_lock_visitor'),
)

/** Visits of one customer queue up here, in whatever studio they are. */
export const readyVisitorLock = (customerId: number) => ready(visitorLock, { customerId })

/** As {@link readyVisitorLock}, sent now. */
export const lockVisitor = (tx: Tx, customerId: number) => readyVisitorLock(customerId).send(tx)

const lockOpenVisit = preparedWrite((tx) =>
  tx
    .select()
    .from(checkIns)
    .where(and(eq(checkIns.customerId, sql.placeholder('customerId')), isNull(checkIns.checkedOutAt)))
    .prepare('checkins_find_open_visit'),
)

/** The visit of a customer that has not ended, wherever it is. */
export async function findOpenVisit(tx: Tx, customerId: number): Promise<Visit | undefined> {
  const [row] = await lockOpenVisit(tx).execute({ customerId })
  return row
}

const visitInsert = preparedWrite((tx) =>
  tx
    .insert(checkIns)
    .values({
      customerId: sql.placeholder('customerId'),
      studioId: sql.placeholder('studioId'),
      checkedInAt: sql.placeholder('checkedInAt'),
      inSource: sql.placeholder('inSource'),
      deviceId: sql.placeholder('deviceId'),
      accessMediumId: sql.placeholder('accessMediumId'),
      passId: sql.placeholder('passId'),
      contractId: sql.placeholder('contractId'),
      createdAt: sql.placeholder('now'),
    })
    .returning({ id: checkIns.id })
    .prepare('checkins_insert_visit'),
)

export async function insertVisit(tx: Tx, visit: NewVisit, now: Temporal.Instant): Promise<number> {
  const none = { deviceId: null, accessMediumId: null, passId: null, contractId: null }
  const rows = await visitInsert(tx).execute({ ...none, ...visit, now })
  return returnedId(rows)
}

const visitEnd = preparedWrite((tx) =>
  tx
    .update(checkIns)
    .set({
      checkedOutAt: sql`${sql.placeholder('checkedOutAt')}::timestamptz`,
      outSource: sql`${sql.placeholder('outSource')}`,
    })
    .where(and(eq(checkIns.id, sql.placeholder('visitId')), isNull(checkIns.checkedOutAt)))
    .returning({ id: checkIns.id })
    .prepare('checkins_end_visit'),
)

/** Ends a visit; false when another unit, the automatic check-out for instance, was first. */
export async function endVisit(
  tx: Tx,
  visitId: number,
  end: { readonly checkedOutAt: Temporal.Instant; readonly outSource: OutSource },
): Promise<boolean> {
  const { checkedOutAt, outSource } = end
  const rows = await visitEnd(tx).execute({ visitId, checkedOutAt: checkedOutAt.toString(), outSource })
  return rows.length > 0
}

export async function findVisit(db: Queryable, visitId: number): Promise<Visit | undefined> {
  const [row] = await db.select().from(checkIns).where(eq(checkIns.id, visitId))
  return row
}

/** Whether a customer was somewhere after `at`; the visit that has not ended counts from its beginning only. */
export async function hasVisitAfter(tx: Tx, customerId: number, at: Temporal.Instant): Promise<boolean> {
  const rows = await tx
    .select({ id: checkIns.id })
    .from(checkIns)
    .where(and(eq(checkIns.customerId, customerId), or(gt(checkIns.checkedInAt, at), gt(checkIns.checkedOutAt, at))))
    .limit(1)
  return rows.length > 0
}

/** Locks a visit; the customer comes first. */
export async function lockVisit(tx: Tx, visitId: number): Promise<Visit | undefined> {
  const [row] = await tx.select().from(checkIns).where(eq(checkIns.id, visitId)).for('update')
  return row
}

/** Whether another visit of the customer shares time with the span; without an end it goes on. */
export async function hasOverlap(
  tx: Tx,
  visit: Pick<Visit, 'id' | 'customerId'>,
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant | null },
): Promise<boolean> {
  const rows = await tx
    .select({ id: checkIns.id })
    .from(checkIns)
    .where(
      and(
        eq(checkIns.customerId, visit.customerId),
        ne(checkIns.id, visit.id),
        until === null ? undefined : sql`${checkIns.checkedInAt} < ${until.toString()}::timestamptz`,
        or(isNull(checkIns.checkedOutAt), gt(checkIns.checkedOutAt, from)),
      ),
    )
    .limit(1)
  return rows.length > 0
}

export async function updateTimes(tx: Tx, visitId: number, times: Pick<Visit, 'checkedInAt' | 'checkedOutAt'>) {
  await tx.update(checkIns).set(times).where(eq(checkIns.id, visitId))
}
