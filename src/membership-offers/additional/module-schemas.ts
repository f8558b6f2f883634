import { type Static, Type } from 'typebox'
import { choice, described, id, list, named, text } from '../../platform/api/schema.ts'
import { Term } from '../../platform/api/values.ts'
import { MembershipOfferRateCode } from '../api-schemas.ts'
import { frequencyFields } from '../frequency-schemas.ts'

const optional = Type.Optional

export const ContractCancelationReason = named(
  'ContractCancelationReason',
  Type.Object({
    cancelationReasonId: id('The reason: cancel with this id.', { examples: [1000008501] }),
    cancelationReasonName: text('As members read it.', { examples: ['Moving away'] }),
  }),
)

const PaymentFrequency = named(
  'AdditionalModulePaymentFrequency',
  Type.Object({
    id: optional(id('The payment frequency: buy with this id.', { examples: [1000006904] })),
    ...frequencyFields('AdditionalModule'),
  }),
)

const TermInformation = named(
  'TermInformation',
  Type.Object({
    term: described(Term, 'Length of the initial term.'),
    extension: optional(
      described(
        named(
          'AdditionalModuleExtension',
          Type.Object({
            extensionType: choice(
              ['TERM_EXTENSION', 'NEW'],
              'Whether the module contract goes on, or another one follows it.',
            ),
            termExtension: optional(described(Term, 'Length of every renewal.')),
            extensionCancelationPeriod: optional(described(Term, 'Period of notice in renewals.')),
          }),
        ),
        'What happens after the initial term; absent: the module ends.',
      ),
    ),
    cancelationPeriod: optional(described(Term, 'Period of notice in the initial term.')),
  }),
)

export const AdditionalModule = named(
  'AdditionalModule',
  Type.Object({
    id: id('The module: buy it by this id.', { examples: [1000000051] }),
    name: text('Name of the module.', { examples: ['Drinks'] }),
    description: optional(text('What it is.')),
    imageUrl: text('A picture; the link is valid for 5 hours. A drawn one stands in where the studio has none.'),
    paymentFrequencies: list(PaymentFrequency, 'The prices to choose from, in the order of the studio.'),
    termInformation: described(TermInformation, 'How long the module lasts.'),
    trialPeriodConfig: optional(
      described(
        named(
          'AdditionalModuleTrialPeriodConfig',
          Type.Object({
            term: described(Term, 'Free time at the start.'),
            description: optional(text('What the trial is.')),
          }),
        ),
        'Free time at the start; absent: none.',
      ),
    ),
    rateCodes: optional(list(MembershipOfferRateCode, 'Codes of the module.')),
  }),
)
export type AdditionalModule = Static<typeof AdditionalModule>
