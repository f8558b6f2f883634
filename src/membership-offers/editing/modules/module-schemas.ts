import { type Static, Type } from 'typebox'
import { choice, flag, id, list, text } from '../../../platform/api/schema.ts'
import { modules } from '../../tables.ts'
import {
  activeFlag,
  frequencyDocument,
  identity,
  length,
  rateCodeIdentifiers,
  serviceGrants,
  taxCode,
  words,
} from '../part-schemas.ts'

const optional = Type.Optional

/** A module with its prices, as staff write and read it. */
export const ModuleDocument = Type.Object({
  ...identity,
  studioId: optional(id('where it is sold; left out: in all studios')),
  name: words('of the module'),
  description: optional(text('what it is', { maxLength: 5000 })),
  taxCode,
  term: optional(length('the initial term; left out: as long as the contract')),
  extensionType: choice(
    modules.extensionType.enumValues,
    'what happens after the term; NEW: a module contract of its own',
  ),
  extensionTerm: optional(length('TERM_EXTENSION, NEW: each renewal')),
  cancelationPeriod: optional(length('notice in the initial term; left out: none')),
  extensionCancelationPeriod: optional(length('notice in renewals, where it differs')),
  trialTerm: optional(length('free time at the start')),
  trialDescription: optional(text('what the trial is', { maxLength: 1000 })),
  startRule: choice(modules.startRule.enumValues, 'when one that is bought later starts', { default: 'IMMEDIATE' }),
  billingAlignment: choice(modules.billingAlignment.enumValues, 'billed by itself, or with the contract', {
    default: 'OWN',
  }),
  onlineBookable: flag('members may buy it themselves', { default: false }),
  multipleAllowed: flag('may be bought again while one is running', { default: false }),
  active: activeFlag,
  rateCodes: rateCodeIdentifiers,
  services: serviceGrants,
  paymentFrequencies: list(
    Type.Object({
      id: optional(id('the payment frequency, by which it is bought; left out: a new one')),
      paymentFrequency: frequencyDocument('a price'),
    }),
    'prices among which members choose, in this order',
    { default: [], maxItems: 100 },
  ),
  rateIds: list(id('A rate.'), 'only members with these rates may buy it later; empty: all', {
    default: [],
    uniqueItems: true,
  }),
})
export type ModuleDocument = Static<typeof ModuleDocument>
