import { and, asc, eq, exists, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import { membershipOffers, membershipOfferTerms, offerPublications } from '../tables.ts'
import { isOffered } from './offer-store.ts'

/** Those of the studios that are not closed and sell an offer on their own today, by ascending id. */
export function listSellingStudios(db: Queryable, studioIds: readonly number[], now: Temporal.Instant) {
  const today = sql`(${now.toString()}::timestamptz at time zone ${studios.timeZone})::date`
  const sold = db
    .select({ id: membershipOffers.id })
    .from(offerPublications)
    .innerJoin(membershipOffers, eq(membershipOffers.id, offerPublications.offerId))
    .innerJoin(membershipOfferTerms, eq(membershipOfferTerms.offerId, membershipOffers.id))
    .where(
      and(
        eq(offerPublications.studioId, studios.id),
        eq(offerPublications.channel, 'OPEN_API'),
        isOffered(today),
        eq(membershipOfferTerms.active, true),
      ),
    )
  return db
    .select({
      id: studios.id,
      name: studios.name,
      description: studios.description,
      countryCode: studios.countryCode,
      openingDate: studios.openingDate,
      closingDate: studios.closingDate,
    })
    .from(studios)
    .where(
      and(
        inArray(studios.id, [...studioIds]),
        eq(studios.status, 'ACTIVE'),
        or(isNull(studios.closingDate), gte(studios.closingDate, today)),
        exists(sold),
      ),
    )
    .orderBy(asc(studios.id))
}
