import { leads } from '../../leads/tables.ts'
import { trialOfferAssignments, trialOfferConfigs } from '../../trial-offers/tables.ts'
import { berlin } from '../house/chain.ts'
import { tim, tina } from '../people/people.ts'
import { type Planting, plant } from '../planting.ts'

/** Config ids: one for everybody, and one only for those who come for it. */
export const trialWeek = 1
export const openDay = 2
/** How many days before it a trial of the week must be confirmed. */
export const confirmationDays = 2

const firstLead = 541

export interface TrialOffer {
  readonly configId: number
  readonly classId?: number
  readonly bookableId?: number
}

/** Two trial offers with what they offer, and two prospects who came for the first one. */
export async function plantTrialOffers(planting: Planting, offers: readonly TrialOffer[]) {
  const studioId = berlin
  await plant(planting, trialOfferConfigs, [
    {
      id: trialWeek,
      leadDataConfigId: trialWeek,
      studioId,
      name: 'Trial week',
      contingent: 2,
      preventMultipleTermValue: 2,
      preventMultipleTermUnit: 'WEEK',
      telephoneMode: 'MANDATORY',
      confirmationTermValue: confirmationDays,
      confirmationTermUnit: 'DAY',
    },
    { id: openDay, leadDataConfigId: openDay, studioId, name: 'Open day', contingent: 1, allowBookingForLeads: false },
  ])
  await plant(
    planting,
    trialOfferAssignments,
    offers.map((offer) => ({ studioId, ...offer })),
  )
  await plant(
    planting,
    leads,
    [tim, tina].map((customerId, n) => ({
      id: firstLead + n,
      studioId,
      customerId,
      source: 'TRIAL_OFFER' as const,
      trialOfferConfigId: trialWeek,
    })),
  )
}
