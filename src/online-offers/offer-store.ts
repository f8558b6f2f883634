import { asc, eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { onlineOffers } from './tables.ts'

type Fill = 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type OnlineOffer = typeof onlineOffers.$inferSelect
export type NewOffer = Omit<typeof onlineOffers.$inferInsert, Fill>
/** What staff may change of an offer; what was bought before keeps what it was bought with. */
export type OfferChanges = Partial<Omit<NewOffer, 'id' | 'studioId'>>

export async function insertOffer(tx: Tx, offer: NewOffer, now: Temporal.Instant): Promise<number> {
  const values = { ...offer, createdAt: now, updatedAt: now }
  const rows = await tx.insert(onlineOffers).values(values).returning({ id: onlineOffers.id })
  return returnedId(rows)
}

export async function lockOffer(tx: Tx, offerId: number): Promise<OnlineOffer | undefined> {
  const [row] = await tx.select().from(onlineOffers).where(eq(onlineOffers.id, offerId)).for('no key update')
  return row
}

export async function updateOfferRow(tx: Tx, offerId: number, changes: OfferChanges, now: Temporal.Instant) {
  await tx
    .update(onlineOffers)
    .set({ ...changes, updatedAt: now, version: sql`${onlineOffers.version} + 1` })
    .where(eq(onlineOffers.id, offerId))
}

export async function findOffer(db: Queryable, offerId: number): Promise<OnlineOffer | undefined> {
  const [row] = await db.select().from(onlineOffers).where(eq(onlineOffers.id, offerId))
  return row
}

/** Locks the offers of a studio, by their ids, and answers them in the order in which they are shown. */
export async function lockOffers(tx: Tx, studioId: number): Promise<OnlineOffer[]> {
  await tx
    .select({ id: onlineOffers.id })
    .from(onlineOffers)
    .where(eq(onlineOffers.studioId, studioId))
    .orderBy(asc(onlineOffers.id))
    .for('no key update')
  return listOffers(tx, studioId)
}

/** Offers of a studio in the order in which they are shown, inactive ones too. */
export function listOffers(db: Queryable, studioId: number): Promise<OnlineOffer[]> {
  return db
    .select()
    .from(onlineOffers)
    .where(eq(onlineOffers.studioId, studioId))
    .orderBy(asc(onlineOffers.position), asc(onlineOffers.id))
}
