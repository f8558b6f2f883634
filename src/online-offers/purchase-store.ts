import { and, asc, count, desc, eq, gt, gte, isNull, lte, or } from 'drizzle-orm'
import type { Queryable } from '../platform/database/database.ts'
import { studios } from '../studios/tables.ts'
import type { OnlineOffer } from './offer-store.ts'
import { onlineOfferPurchases as passes, onlineOffers } from './tables.ts'

export interface SaleQuestion {
  readonly studioId: number
  /** Local date of the studio. */
  readonly today: Temporal.PlainDate
}

/** What a studio sells on a day, in its order; at most `limit` after the first `skipped`. */
export function listOnSale(
  db: Queryable,
  { studioId, today }: SaleQuestion,
  { skipped, limit }: { readonly skipped: number; readonly limit: number },
): Promise<OnlineOffer[]> {
  return db
    .select()
    .from(onlineOffers)
    .where(
      and(
        eq(onlineOffers.studioId, studioId),
        eq(onlineOffers.active, true),
        or(isNull(onlineOffers.saleFrom), lte(onlineOffers.saleFrom, today)),
        or(isNull(onlineOffers.saleTo), gte(onlineOffers.saleTo, today)),
      ),
    )
    .orderBy(asc(onlineOffers.position), asc(onlineOffers.id))
    .limit(limit)
    .offset(skipped)
}

/** How many passes of an offer a customer has that count today or will. */
export async function countUnexpired(
  db: Queryable,
  {
    customerId,
    onlineOfferId,
    today,
    now,
  }: {
    readonly customerId: number
    readonly onlineOfferId: number
    readonly today: Temporal.PlainDate
    readonly now: Temporal.Instant
  },
): Promise<number> {
  const [row] = await db
    .select({ passes: count() })
    .from(passes)
    .where(
      and(
        eq(passes.customerId, customerId),
        eq(passes.onlineOfferId, onlineOfferId),
        gte(passes.validTo, today),
        or(isNull(passes.usableUntil), gt(passes.usableUntil, now)),
      ),
    )
  return row?.passes ?? 0
}

/** The columns of a purchase, joined with its studio. */
export const purchaseColumns = {
  id: passes.id,
  onlineOfferId: passes.onlineOfferId,
  name: passes.name,
  price: passes.price,
  currency: studios.currency,
  purchaseDate: passes.purchaseDate,
  validFrom: passes.validFrom,
  validTo: passes.validTo,
  quantity: passes.quantity,
  remaining: passes.remaining,
}

const selectPurchases = (db: Queryable) =>
  db.select(purchaseColumns).from(passes).innerJoin(studios, eq(studios.id, passes.studioId))

export type Purchase = Awaited<ReturnType<typeof selectPurchases>>[number]

/** All passes of a customer in every studio, newest first. */
export function listPurchases(db: Queryable, customerId: number): Promise<Purchase[]> {
  return selectPurchases(db).where(eq(passes.customerId, customerId)).orderBy(desc(passes.purchasedAt), desc(passes.id))
}

/** One pass that exists. */
export async function findPurchase(db: Queryable, passId: number): Promise<Purchase> {
  const [row] = await selectPurchases(db).where(eq(passes.id, passId))
  if (!row) throw new Error(`There is no pass ${passId}.`)
  return row
}
