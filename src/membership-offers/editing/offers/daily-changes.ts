import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '../../../platform/database/database.ts'
import { notFound } from '../../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../../platform/units/work.ts'
import { membershipOffers, membershipOfferTerms } from '../../tables.ts'
import { describeOffer } from './offer-documents.ts'
import { saveOffer } from './offers-by-staff.ts'

/** Shows an offer to the partners of a studio at a position, or moves it there. */
export async function publishOffer(
  work: UnitOfWork,
  offerId: number,
  { studioId, position }: { readonly studioId: number; readonly position: number },
) {
  const offer = await describeOffer(work.tx, offerId)
  const others = offer.publications.filter((publication) => publication.studioId !== studioId)
  await saveOffer(work, { ...offer, publications: [...others, { studioId, channel: 'OPEN_API', position }] })
}

/** Shows an offer in a studio no more; one that is not shown there stays so. */
export async function withdrawOffer(work: UnitOfWork, offerId: number, studioId: number) {
  const offer = await describeOffer(work.tx, offerId)
  await saveOffer(work, {
    ...offer,
    publications: offer.publications.filter((publication) => publication.studioId !== studioId),
  })
}

/** Whether an offer can be signed at all. */
export async function setOfferActive(work: UnitOfWork, offerId: number, active: boolean) {
  await saveOffer(work, { ...(await describeOffer(work.tx, offerId)), active })
}

/** Whether a term can be signed. */
export async function setTermActive(work: UnitOfWork, termId: number, active: boolean) {
  const offer = await describeOffer(work.tx, await findOfferOfTerm(work.tx, termId))
  const terms = offer.terms.map((term) => (term.id === termId ? { ...term, active } : term))
  await saveOffer(work, { ...offer, terms })
}

async function findOfferOfTerm(db: Queryable, termId: number): Promise<number> {
  const { id, offerId } = membershipOfferTerms
  const [row] = await db.select({ offerId }).from(membershipOfferTerms).where(eq(id, termId))
  if (!row) throw notFound('membershipOfferTerm', termId)
  return row.offerId
}

/** All offers with their terms, by name. */
export async function listOffersForStaff(db: Queryable) {
  const offers = await db.select().from(membershipOffers).orderBy(asc(membershipOffers.name), asc(membershipOffers.id))
  const terms = await db.select().from(membershipOfferTerms).orderBy(asc(membershipOfferTerms.position))
  return offers.map(({ id, name, rateId, active, imageKey }) => ({
    id,
    name,
    rateId,
    active,
    hasImage: imageKey !== null,
    terms: terms
      .filter(({ offerId }) => offerId === id)
      .map((term) => ({ id: term.id, term: { value: term.termValue, unit: term.termUnit }, active: term.active })),
  }))
}
