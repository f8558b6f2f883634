import {
  cancelationReasons,
  membershipOffers,
  membershipOfferTerms,
  membershipSwitchConfigs,
  membershipSwitchDestinations,
  membershipSwitchSources,
  membershipSwitchStudios,
  modulePaymentFrequencies,
  modules,
  offerPaymentChoices,
  offerPublications,
  paymentFrequencies,
} from '../../../src/membership-offers/tables.ts'
import { at, type Fill, FIRST_CONTRACT, FIRST_MEMBER, stamps } from './full-members.ts'

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

/** What members may do with their contract: cancel it, buy a module to it, switch from it to the offer. */
export async function insertFullChoices({ tx, studio: { studioId }, mark, firstId }: Fill) {
  const [moduleId, paymentFrequencyId, configId] = [
    firstId + at.module,
    firstId + at.moduleFrequency,
    firstId + at.membershipSwitch,
  ]
  const reason = { id: firstId + at.cancelationReason, studioId, name: `${mark}reason`, position: 0 }
  await tx.insert(cancelationReasons).values({ ...reason, ...stamps })
  const month = { termValue: 1, termUnit: 'MONTH' } as const
  const price = { type: 'RECURRING', price: '5', ...month } as const
  await tx.insert(paymentFrequencies).values({ id: paymentFrequencyId, ...price, ...stamps })
  const module = { id: moduleId, studioId, name: `${mark}module`, extensionType: 'NONE', onlineBookable: true } as const
  await tx.insert(modules).values({ ...module, ...month, ...stamps })
  await tx.insert(modulePaymentFrequencies).values({ moduleId, paymentFrequencyId, position: 0 })
  await tx.insert(membershipSwitchConfigs).values({ id: configId, name: `${mark}switch`, ...stamps })
  await tx.insert(membershipSwitchSources).values({ configId, rateId: firstId + at.rate })
  const offerId = firstId + at.membershipOffer
  await tx.insert(membershipSwitchDestinations).values({ configId, offerId, position: 0 })
  await tx.insert(membershipSwitchStudios).values({ configId, studioId })
}

/** What calls may name of it. */
export function findOfferIds(firstId: number) {
  return {
    membershipOfferId: firstId + at.membershipOffer,
    offerTermId: firstId + at.offerTerm,
    contractId: firstId + FIRST_CONTRACT,
    switchConfigId: firstId + at.membershipSwitch,
    switcherId: firstId + FIRST_MEMBER + 1,
    switchedContractId: firstId + FIRST_CONTRACT + 1,
  }
}
