import { type Static, Type } from 'typebox'
import { choice, flag, id, int32, list, text } from '../../../platform/api/schema.ts'
import { idlePolicies } from '../../tables.ts'
import {
  activeFlag,
  amount,
  identity,
  percent,
  rateCodeIdentifiers,
  serviceGrants,
  taxCode,
  words,
} from '../part-schemas.ts'

const optional = Type.Optional

/** A rate with what it entitles to, as staff write and read it. */
export const RateDocument = Type.Object({
  ...identity,
  studioId: optional(id('where it is sold; left out: in all studios')),
  name: words('of the rate'),
  idlePolicyId: optional(id('how its members may pause; left out: not at all')),
  taxCode,
  active: activeFlag,
  rateCodes: rateCodeIdentifiers,
  services: serviceGrants,
  checkinEverywhere: flag('opens the doors of all studios', { default: false }),
  checkinStudioIds: list(id('A studio.'), 'else: of these studios', { default: [], uniqueItems: true }),
})
export type RateDocument = Static<typeof RateDocument>

/** How members may pause, as staff write and read it. Amounts are in the currency of the studio. */
export const IdlePolicyDocument = Type.Object({
  ...identity,
  enabled: flag('members may pause'),
  temporalUnit: choice(idlePolicies.temporalUnit.enumValues, 'in which units'),
  maxTerms: int32('how many units at most', { minimum: 1, maximum: 3650 }),
  limitWindow: choice(idlePolicies.limitWindow.enumValues, 'in which time', { default: 'CONTRACT_YEAR' }),
  freeTerms: int32('how many of them cost nothing', { default: 0, minimum: 0, maximum: 3650 }),
  leadDays: int32('how many days before its start it is asked for', { default: 0, minimum: 0, maximum: 3650 }),
  nextStartOnly: flag('only at the next possible start', { default: false }),
  startAlignment: choice(idlePolicies.startAlignment.enumValues, 'WEEK, MONTH: with which days it starts', {
    default: 'CALENDAR',
  }),
  feeType: choice(idlePolicies.feeType.enumValues, 'what it costs'),
  amount: optional(amount('ABSOLUTE: once')),
  amountPerUnit: optional(amount('TERM_BASED: for each unit that is not free')),
  percentage: optional(percent('RELATIVE: of the suspended fee')),
  recurringCharges: flag('is charged by unit, not in one sum', { default: false }),
  accessRefusal: flag('doors stay shut meanwhile', { default: false }),
  extendsContract: flag('moves the end of the contract', { default: true }),
  unlimitedAllowed: flag('may be without end', { default: false }),
  dayShortening: flag('may be ended on any day', { default: false }),
  suspendsModules: flag('modules are not charged meanwhile, either', { default: true }),
})
export type IdlePolicyDocument = Static<typeof IdlePolicyDocument>

/** What a member reads, confirms or signs, as staff write and read it. */
export const TextBlockDocument = Type.Object({
  ...identity,
  title: words('its heading'),
  text: text('what the member reads, plain or as simple HTML', { minLength: 1, maxLength: 50_000, verbatim: true }),
  hasSignature: flag('can be signed', { default: false }),
  confirmationRequired: flag('has to be confirmed; with hasSignature by signing', { default: false }),
  showCommunicationPrivacyOptions: flag('the choices about communication belong below it', { default: false }),
  attachmentType: choice(
    ['NONE', 'FILE', 'URL', 'CONTRACT_PDF_PREVIEW'],
    'what is attached; a file is given by a command of its own',
    { default: 'NONE' },
  ),
  url: optional(text('URL: where it leads', { format: 'url' })),
  urlTitle: optional(words('URL: the text of the link')),
})
export type TextBlockDocument = Static<typeof TextBlockDocument>
