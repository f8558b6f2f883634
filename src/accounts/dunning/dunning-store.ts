import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { customers } from '../../customers/customer-table.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import type { AccountKey } from '../account-store.ts'
import { readMinor } from '../amounts.ts'
import { customerAccounts, debtClaims, dunningLevels, dunningNotices } from '../tables.ts'
import type { LevelRule, OverdueClaim } from './dunning-rules.ts'

type Row = typeof dunningLevels.$inferSelect

/** A level with its amounts in minor units. */
export type Level = Omit<Row, 'minOpen' | 'fee'> & LevelRule & { readonly fee: bigint }

/** The levels of a studio, the first one first. */
export async function listLevels(db: Queryable, studioId: number): Promise<Level[]> {
  const rows = await db
    .select()
    .from(dunningLevels)
    .where(eq(dunningLevels.studioId, studioId))
    .orderBy(asc(dunningLevels.no))
  return rows.map((row) => ({
    ...row,
    minOpen: readMinor(row.minOpen, row.currency),
    fee: readMinor(row.fee, row.currency),
  }))
}

export type LevelTerms = Pick<
  typeof dunningLevels.$inferInsert,
  'name' | 'daysOverdue' | 'minDaysSincePrevious' | 'minOpen' | 'fee' | 'restrictAccess' | 'active'
>
type LevelKey = Pick<typeof dunningLevels.$inferInsert, 'studioId' | 'no' | 'currency'>

/** Adds levels; those that are there stay as they are. */
export async function insertLevels(tx: Tx, levels: readonly (LevelKey & LevelTerms)[], now: Temporal.Instant) {
  await tx
    .insert(dunningLevels)
    .values(levels.map((level) => ({ ...level, createdAt: now, updatedAt: now })))
    .onConflictDoNothing()
}

export async function updateLevel(tx: Tx, levelId: number, terms: Partial<LevelTerms>, now: Temporal.Instant) {
  await tx
    .update(dunningLevels)
    .set({ ...terms, updatedAt: now, version: sql`${dunningLevels.version} + 1` })
    .where(eq(dunningLevels.id, levelId))
}

const since = sql<string>`greatest(${debtClaims.dueDate}, ${debtClaims.dunningClockFrom})`
const isDunned = sql`${debtClaims.state} = 'POSTED' and ${debtClaims.openAmount} > 0
  and ${debtClaims.collectionState} = 'NONE' and not ${debtClaims.inInstallmentPlan}
  and ${debtClaims.inFlightItemId} is null`

/** Claims of an account that may be reminded of, the one that is due longest first. */
export async function listReminded(db: Queryable, { customerId, entityId }: AccountKey): Promise<OverdueClaim[]> {
  const rows = await db
    .select({
      id: debtClaims.id,
      open: debtClaims.openAmount,
      currency: debtClaims.currency,
      since: sql<string>`${since}::text`,
    })
    .from(debtClaims)
    .where(and(eq(debtClaims.customerId, customerId), eq(debtClaims.entityId, entityId), isDunned))
    .orderBy(since, asc(debtClaims.id))
  return rows.map(({ id, open, currency, since: day }) => ({
    id,
    open: readMinor(open, currency),
    since: Temporal.PlainDate.from(day),
  }))
}

export interface Page {
  readonly studioId: number
  /** Local date of the studio. */
  readonly today: Temporal.PlainDate
  /** Customers behind this id. */
  readonly after: number
  readonly limit: number
}

/** Customers of a studio with something overdue or with a level, by ascending id. */
export async function listCandidates(db: Queryable, { studioId, today, after, limit }: Page): Promise<number[]> {
  const rows = await db
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.studioId, studioId),
        sql`${customers.id} > ${after}`,
        inArray(
          customers.id,
          sql`(select ${debtClaims.customerId} from ${debtClaims} where ${isDunned} and ${since} < ${today.toString()}::date
            union select ${customerAccounts.customerId} from ${customerAccounts}
            where ${customerAccounts.dunningLevelId} is not null)`,
        ),
      ),
    )
    .orderBy(asc(customers.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** What a studio is owed too late, by customer. */
export function listOverdue(db: Queryable, { studioId, today, after, limit }: Page) {
  return db
    .select({
      customerId: debtClaims.customerId,
      overdue: sql<string>`sum(${debtClaims.openAmount})::text`,
      currency: debtClaims.currency,
      since: sql<string>`min(${since})::text`,
      level: sql<string | null>`max(${dunningLevels.name})`,
    })
    .from(debtClaims)
    .innerJoin(customers, and(eq(customers.tenantId, debtClaims.tenantId), eq(customers.id, debtClaims.customerId)))
    .innerJoin(
      customerAccounts,
      and(
        eq(customerAccounts.tenantId, debtClaims.tenantId),
        eq(customerAccounts.customerId, debtClaims.customerId),
        eq(customerAccounts.entityId, debtClaims.entityId),
      ),
    )
    .leftJoin(
      dunningLevels,
      and(eq(dunningLevels.tenantId, customerAccounts.tenantId), eq(dunningLevels.id, customerAccounts.dunningLevelId)),
    )
    .where(
      and(
        eq(customers.studioId, studioId),
        isDunned,
        sql`${since} < ${today.toString()}::date`,
        sql`${debtClaims.customerId} > ${after}`,
      ),
    )
    .groupBy(debtClaims.customerId, debtClaims.currency)
    .orderBy(asc(debtClaims.customerId))
    .limit(limit)
}

const isAccount = ({ customerId, entityId }: AccountKey) =>
  and(eq(customerAccounts.customerId, customerId), eq(customerAccounts.entityId, entityId))

/** How far the reminders of an account are; the number of the level is 0 without one. */
export async function findDunning(db: Queryable, key: AccountKey) {
  const [row] = await db
    .select({
      no: sql<number>`coalesce(${dunningLevels.no}, 0)`,
      cycle: customerAccounts.dunningCycle,
      dunnedOn: customerAccounts.dunnedOn,
      openCases: customerAccounts.openCases,
      collectionHold: customerAccounts.collectionHold,
    })
    .from(customerAccounts)
    .leftJoin(
      dunningLevels,
      and(eq(dunningLevels.tenantId, customerAccounts.tenantId), eq(dunningLevels.id, customerAccounts.dunningLevelId)),
    )
    .where(isAccount(key))
  return row
}

export async function saveLevel(
  tx: Tx,
  key: AccountKey,
  { levelId, dunnedOn }: { readonly levelId: number; readonly dunnedOn: Temporal.PlainDate },
  now: Temporal.Instant,
) {
  await tx
    .update(customerAccounts)
    .set({ dunningLevelId: levelId, dunnedOn, updatedAt: now, version: sql`${customerAccounts.version} + 1` })
    .where(isAccount(key))
}

/** Takes the level away; the next reminder is the first one of another cycle. */
export async function clearLevel(tx: Tx, key: AccountKey, now: Temporal.Instant) {
  await tx
    .update(customerAccounts)
    .set({
      dunningLevelId: null,
      dunnedOn: null,
      dunningCycle: sql`${customerAccounts.dunningCycle} + 1`,
      updatedAt: now,
      version: sql`${customerAccounts.version} + 1`,
    })
    .where(isAccount(key))
}

type NewNotice = Omit<typeof dunningNotices.$inferInsert, 'id' | 'tenantId' | 'createdAt'>

export async function insertNotice(tx: Tx, notice: NewNotice, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(dunningNotices)
    .values({ ...notice, createdAt: now })
    .returning({ id: dunningNotices.id })
  return returnedId(rows)
}

export async function saveFeeClaim(tx: Tx, noticeId: number, feeClaimId: number) {
  await tx.update(dunningNotices).set({ feeClaimId }).where(eq(dunningNotices.id, noticeId))
}

/** The reminders of a customer, the latest first. */
export function listNotices(db: Queryable, customerId: number) {
  const { id, dunnedOn, overdueAmount, feeClaimId } = dunningNotices
  return db
    .select({ id, dunnedOn, overdueAmount, currency: dunningNotices.currency, feeClaimId, level: dunningLevels.name })
    .from(dunningNotices)
    .innerJoin(
      dunningLevels,
      and(eq(dunningLevels.tenantId, dunningNotices.tenantId), eq(dunningLevels.id, dunningNotices.levelId)),
    )
    .where(eq(dunningNotices.customerId, customerId))
    .orderBy(desc(id))
}
