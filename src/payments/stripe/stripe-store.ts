import { and, asc, eq, gt, isNull, lt, lte, min, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { payments, providerEvents, stripeAccounts, stripeIntents } from '../tables.ts'

export type StripeAccount = typeof stripeAccounts.$inferSelect
type NewAccount = Omit<typeof stripeAccounts.$inferInsert, 'tenantId' | 'createdAt' | 'updatedAt' | 'seenUntil'>

/** The account of a studio, whether it is used or not. */
export async function findAccount(db: Queryable, studioId: number): Promise<StripeAccount | undefined> {
  const [row] = await db.select().from(stripeAccounts).where(eq(stripeAccounts.studioId, studioId))
  return row
}

/** Stores the account of a studio in place of the one that it had. */
export async function saveAccount(tx: Tx, account: NewAccount, now: Temporal.Instant) {
  const { studioId: _, ...fields } = account
  await tx
    .insert(stripeAccounts)
    .values({ ...account, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [stripeAccounts.tenantId, stripeAccounts.studioId],
      set: { ...fields, seenUntil: null, updatedAt: now },
    })
}

/** What a call of Stripe may be for, before its tenant is known: each tenant has its own studio of that id. */
export function listAccountOwners(db: Queryable, studioId: number) {
  return db
    .select({
      tenantId: sql<number>`tenant_id`.mapWith(Number),
      webhookSecretEnc: sql<Buffer>`webhook_secret_enc`,
    })
    .from(sql`palestra_find_stripe_account(${studioId}::bigint)`)
}

/** When events of Stripe are to be read next. */
export async function findNextCheck(db: Queryable): Promise<Temporal.Instant | undefined> {
  const [row] = await db.select({ at: min(stripeAccounts.nextCheckAt) }).from(stripeAccounts)
  return row?.at ?? undefined
}

export async function listDueChecks(db: Queryable, now: Temporal.Instant) {
  const { studioId, seenUntil } = stripeAccounts
  return db
    .select({ studioId, seenUntil })
    .from(stripeAccounts)
    .where(lte(stripeAccounts.nextCheckAt, now))
    .orderBy(asc(studioId))
}

export async function planCheck(
  tx: Tx,
  studioId: number,
  next: Pick<StripeAccount, 'nextCheckAt' | 'seenUntil'>,
  now: Temporal.Instant,
) {
  await tx
    .update(stripeAccounts)
    .set({ ...next, updatedAt: now })
    .where(eq(stripeAccounts.studioId, studioId))
}

export type IntentRow = typeof stripeIntents.$inferSelect
type NewIntent = Pick<
  typeof stripeIntents.$inferInsert,
  'key' | 'studioId' | 'accountId' | 'kind' | 'amount' | 'currency'
>

/** Adds what is about to be begun at Stripe; false where it was begun before. */
export async function insertIntent(tx: Tx, intent: NewIntent, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx
    .insert(stripeIntents)
    .values({ ...intent, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: [stripeIntents.tenantId, stripeIntents.key] })
    .returning({ id: stripeIntents.id })
  return rows.length > 0
}

export async function findIntent(db: Queryable, key: string): Promise<IntentRow | undefined> {
  const [row] = await db.select().from(stripeIntents).where(eq(stripeIntents.key, key))
  return row
}

/** Finds what an event of Stripe is about; events of another studio's account are about nothing. */
export async function findIntentById(
  db: Queryable,
  studioId: number,
  intentId: string,
): Promise<IntentRow | undefined> {
  const [row] = await db
    .select()
    .from(stripeIntents)
    .where(and(eq(stripeIntents.studioId, studioId), eq(stripeIntents.intentId, intentId)))
  return row
}

/** Remembers how Stripe calls what was begun. */
export async function nameIntent(tx: Tx, key: string, intentId: string, now: Temporal.Instant) {
  await tx
    .update(stripeIntents)
    .set({ intentId, updatedAt: now, version: sql`${stripeIntents.version} + 1` })
    .where(and(eq(stripeIntents.key, key), isNull(stripeIntents.intentId)))
}

/** Has Stripe asked then for what has become of the money of a charge; null once that was done. */
export async function planFollowing(tx: Tx, key: string, followAt: Temporal.Instant | null, now: Temporal.Instant) {
  await tx
    .update(stripeIntents)
    .set({ followAt, updatedAt: now, version: sql`${stripeIntents.version} + 1` })
    .where(eq(stripeIntents.key, key))
}

const isBooked = and(eq(payments.tenantId, stripeIntents.tenantId), eq(payments.providerKey, stripeIntents.key))

/** When Stripe is to be asked next for a payment that is booked by now; `since` leaves out what nobody books any more. */
export async function findNextFollowing(db: Queryable, since: Temporal.Instant): Promise<Temporal.Instant | undefined> {
  const [row] = await db
    .select({ at: min(stripeIntents.followAt) })
    .from(stripeIntents)
    .innerJoin(payments, isBooked)
    .where(gt(stripeIntents.followAt, since))
  return row?.at ?? undefined
}

/** Keys of charges for which Stripe is to be asked now and whose payments are booked. */
export async function listFollowed(db: Queryable, since: Temporal.Instant, now: Temporal.Instant): Promise<string[]> {
  const rows = await db
    .select({ key: stripeIntents.key })
    .from(stripeIntents)
    .innerJoin(payments, isBooked)
    .where(and(gt(stripeIntents.followAt, since), lte(stripeIntents.followAt, now)))
    .orderBy(asc(stripeIntents.followAt))
  return rows.map(({ key }) => key)
}

/** Notes an event; false for one that has had its effect already. */
export async function insertEvent(
  tx: Tx,
  event: Pick<typeof providerEvents.$inferInsert, 'eventId' | 'type'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tx
    .insert(providerEvents)
    .values({ provider: 'STRIPE', ...event, createdAt: now })
    .onConflictDoNothing()
    .returning({ eventId: providerEvents.eventId })
  return rows.length > 0
}

export async function hasEvent(db: Queryable, eventId: string): Promise<boolean> {
  const rows = await db
    .select({ eventId: providerEvents.eventId })
    .from(providerEvents)
    .where(and(eq(providerEvents.provider, 'STRIPE'), eq(providerEvents.eventId, eventId)))
  return rows.length > 0
}

/** Forgets up to `limit` events that came before then; answers how many. */
export async function deleteOldEvents(tx: Tx, before: Temporal.Instant, limit: number): Promise<number> {
  const old = tx
    .select({ eventId: providerEvents.eventId })
    .from(providerEvents)
    .where(lt(providerEvents.createdAt, before))
    .limit(limit)
  const rows = await tx
    .delete(providerEvents)
    .where(and(lt(providerEvents.createdAt, before), sql`${providerEvents.eventId} in ${old}`))
    .returning({ eventId: providerEvents.eventId })
  return rows.length
}
