import { type Static, Type } from 'typebox'
import { choice, flag, id, list, text } from '../../../platform/api/schema.ts'
import { membershipSwitchConfigs } from '../../tables.ts'
import { activeFlag, identity, words } from '../part-schemas.ts'

const some = { minItems: 1, maxItems: 100, uniqueItems: true }

/** A way from some rates to other offers, as staff write and read it. */
export const SwitchDocument = Type.Object({
  ...identity,
  name: words('of the switch'),
  bannerText: Type.Optional(text('what members read above it', { maxLength: 1000 })),
  startRule: choice(membershipSwitchConfigs.startRule.enumValues, 'when the new contract may start', {
    default: 'ANY_DAY',
  }),
  termHandling: choice(
    membershipSwitchConfigs.termHandling.enumValues,
    'the new term starts anew, or ends no earlier than the old one',
    { default: 'RESTART' },
  ),
  chargeStarterPackage: flag('the joining fee of the new offer is charged', { default: false }),
  carryAdditionalModules: flag('modules that were bought go along; else they end', { default: false }),
  active: activeFlag,
  sourceRateIds: list(id('A rate.'), 'the rates that members come from', some),
  destinationOfferIds: list(id('An offer.'), 'the offers that they may go to, in this order', some),
  studioIds: list(id('A studio.'), 'where it is possible', { ...some, maxItems: 1000 }),
})
export type SwitchDocument = Static<typeof SwitchDocument>
