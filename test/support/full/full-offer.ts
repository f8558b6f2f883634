import {
  membershipOffers,
  membershipOfferTerms,
  offerPaymentChoices,
  offerPublications,
  paymentFrequencies,
} from '../../../src/membership-offers/tables.ts'
import { at, type Fill, stamps } from './full-members.ts'

/** A membership of twelve months that partners may sell, paid in cash. */
export async function insertFullOffer({ tx, studio: { studioId }, mark, firstId }: Fill) {
  const [offerId, termId, paymentFrequencyId] = [
    firstId + at.membershipOffer,
    firstId + at.offerTerm,
    firstId + at.frequency,
  ]
  await tx.insert(paymentFrequencies).values({
    id: paymentFrequencyId,
    type: 'RECURRING',
    price: '29.9',
    termValue: 1,
    termUnit: 'MONTH',
    ...stamps,
  })
  await tx
    .insert(membershipOffers)
    .values({ id: offerId, rateId: firstId + at.rate, name: `${mark}offer`, description: `${mark}text`, ...stamps })
  await tx.insert(membershipOfferTerms).values({
    id: termId,
    offerId,
    position: 0,
    paymentFrequencyId,
    termValue: 12,
    termUnit: 'MONTH',
    extensionType: 'NONE',
    ...stamps,
  })
  await tx.insert(offerPublications).values({ studioId, offerId, channel: 'OPEN_API', position: 1 })
  await tx.insert(offerPaymentChoices).values({ offerId, choice: 'CASH' })
}

/** What calls may name of it. */
export function findOfferIds(firstId: number) {
  return { membershipOfferId: firstId + at.membershipOffer, offerTermId: firstId + at.offerTerm }
}
