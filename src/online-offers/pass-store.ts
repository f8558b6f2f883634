import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm'
import { customers } from '../customers/customer-table.ts'
import { prepared, preparedWrite, type Queryable, type Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { studios } from '../studios/tables.ts'
import { onlineOfferPurchases as passes } from './tables.ts'

export type Pass = typeof passes.$inferSelect
export type NewPass = Omit<typeof passes.$inferInsert, 'tenantId' | 'createdAt' | 'updatedAt' | 'version'>

/** Whose pass, where and when; `today` is the local date of that studio at `now`. */
export interface PassQuestion {
  readonly customerId: SQL
  readonly studioId: SQL
  readonly now: SQL
  readonly today: SQL
}

/** The id of the pass that a check-in would use, or null: what expires first, then the oldest. For other statements. */
export function usablePass({ customerId, studioId, now, today }: PassQuestion): SQL<number | null> {
  return sql<number | null>`(select p.id from online_offer_purchases p
    where p.customer_id = ${customerId} and p.valid_to >= ${today} and p.valid_from <= ${today}
      and p.studio_id = ${studioId} and p.remaining > 0 and (p.usable_until is null or p.usable_until > ${now})
    order by p.valid_to, p.id limit 1)`
}

const now = sql`${sql.placeholder('now')}::timestamptz`
const selectUsable = prepared((db) =>
  db
    .select({
      passId: usablePass({
        customerId: sql`${sql.placeholder('customerId')}::bigint`,
        studioId: sql.raw('"studios"."id"'),
        now,
        today: sql`(${now} at time zone ${sql.raw('"studios"."time_zone"')})::date`,
      }),
    })
    .from(studios)
    .where(eq(studios.id, sql.placeholder('studioId')))
    .prepare('online_offers_find_usable_pass'),
)

/** The pass with which a customer may enter a studio at `now`. */
export async function findUsablePass(
  db: Queryable,
  at: { readonly customerId: number; readonly studioId: number; readonly now: Temporal.Instant },
): Promise<number | undefined> {
  const { customerId, studioId, now } = at
  const [row] = await selectUsable(db).execute({ customerId, studioId, now: now.toString() })
  return row?.passId ?? undefined
}

const recordPassVisit = preparedWrite((tx) =>
  tx
    .update(passes)
    .set({
      remaining: sql`${passes.remaining} - 1`,
      usableUntil: sql`coalesce(${passes.usableUntil}, ${now} + make_interval(mins => ${passes.useMinutes}))`,
      updatedAt: sql`${now}`,
      version: sql`${passes.version} + 1`,
    })
    .where(and(eq(passes.id, sql.placeholder('passId')), gt(passes.remaining, 0)))
    .returning({ remaining: passes.remaining, studioId: passes.studioId })
    .prepare('online_offers_take_visit'),
)

/** Lowers a pass by one visit; undefined when it has none left. */
export async function takeVisit(tx: Tx, passId: number, now: Temporal.Instant) {
  const [row] = await recordPassVisit(tx).execute({ passId, now: now.toString() })
  return row
}

export async function insertPass(tx: Tx, pass: NewPass, now: Temporal.Instant): Promise<number> {
  const values = { ...pass, createdAt: now, updatedAt: now }
  const rows = await tx.insert(passes).values(values).returning({ id: passes.id })
  return returnedId(rows)
}

export async function lockPass(tx: Tx, passId: number): Promise<Pass | undefined> {
  const [row] = await tx.select().from(passes).where(eq(passes.id, passId)).for('update')
  return row
}

export async function updateRemaining(tx: Tx, passId: number, remaining: number, now: Temporal.Instant) {
  await tx
    .update(passes)
    .set({ remaining, updatedAt: now, version: sql`${passes.version} + 1` })
    .where(eq(passes.id, passId))
}

/** Notes which payment has paid for a pass. */
export async function setPayment(tx: Tx, passId: number, paymentId: number, now: Temporal.Instant) {
  await tx.update(passes).set({ paymentId, updatedAt: now }).where(eq(passes.id, passId))
}

/** All passes of a customer in the order of their ids, used up and expired ones too. */
export function listPasses(db: Queryable, customerId: number): Promise<Pass[]> {
  return db.select().from(passes).where(eq(passes.customerId, customerId)).orderBy(asc(passes.id))
}

/** Another unit that gives a customer a pass waits until this one ends; false when there is no such living customer. */
export async function lockPassHolder(tx: Tx, customerId: number): Promise<boolean> {
  const rows = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.id, customerId), sql`${customers.erasedAt} is null and not ${customers.system}`))
    .for('no key update')
  return rows.length > 0
}
