import {
  membershipSwitchConfigs,
  membershipSwitchDestinations,
  membershipSwitchSources,
  membershipSwitchStudios,
} from '../../membership-offers/tables.ts'
import { plant, type Planting } from '../planting.ts'
import { rateIds } from './catalogue.ts'
import { berlin } from './chain.ts'
import { offer } from './offers.ts'

/** Ids of the ways from one membership to another. */
export const membershipSwitch = { upgrade: 8401, change: 8402 } as const

/** How members of Berlin change their membership. */
export async function plantSwitches(planting: Planting) {
  const { upgrade, change } = membershipSwitch
  const { basic, flex, student, premium } = rateIds
  await plant(planting, membershipSwitchConfigs, [
    {
      id: upgrade,
      name: 'Upgrade to Premium',
      bannerText: 'Courses and a trainer, from tomorrow on',
      carryAdditionalModules: true,
    },
    {
      id: change,
      name: 'Change Membership',
      startRule: 'NEXT_BILLING_PERIOD',
      termHandling: 'KEEP_MIN_END',
    },
  ])
  await plant(planting, membershipSwitchSources, [
    ...[basic, flex, student].map(({ id: rateId }) => ({ configId: upgrade, rateId })),
    ...[basic, flex, premium].map(({ id: rateId }) => ({ configId: change, rateId })),
  ])
  await plant(planting, membershipSwitchDestinations, [
    { configId: upgrade, offerId: offer.premium, position: 0 },
    ...[offer.basic, offer.flex, offer.yearPrepaid].map((offerId, position) => ({
      configId: change,
      offerId,
      position,
    })),
  ])
  await plant(
    planting,
    membershipSwitchStudios,
    [upgrade, change].map((configId) => ({ configId, studioId: berlin })),
  )
}
