import { type Static, Type } from 'typebox'
import { choice, date, described, flag, id, list, named, text } from '../../platform/api/schema.ts'
import { Money, Term } from '../../platform/api/values.ts'
import { purchaseRefusals } from './purchase-rules.ts'

const optional = Type.Optional

/** What a member wants to buy. */
export const AdditionalModuleContractRequest = named(
  'AdditionalModuleContractRequest',
  Type.Object({
    additionalModuleId: id('The module.', { examples: [1000000051] }),
    paymentFrequencyId: id('One of the payment frequencies of the module.', { examples: [1000006904] }),
    bookTrialPeriod: flag('Whether the module begins with its free trial.'),
  }),
)

export const AdditionalModuleContractValidationStatus = named(
  'AdditionalModuleContractValidationStatus',
  Type.Object({
    validationStatus: choice(
      [...purchaseRefusals, 'ADDITIONAL_MODULE_PURCHASABLE'],
      'Why the module cannot be bought, or that it can. The first rule that fails is the answer.',
      { examples: ['ADDITIONAL_MODULE_PURCHASABLE'] },
    ),
  }),
)

export const AdditionalModuleContract = named(
  'AdditionalModuleContract',
  Type.Object({ id: optional(id('The new module contract.', { examples: [1500] })) }),
)

const TrialPeriod = named(
  'AdditionalModuleContractTrialPeriod',
  Type.Object({
    term: optional(described(Term, 'How long the trial lasts.')),
    startDate: optional(date('First day of the trial.')),
  }),
)

export const AdditionalModuleContractExtended = named(
  'AdditionalModuleContractExtended',
  Type.Object({
    name: text('Name of the module as it was sold.', { examples: ['Drinks'] }),
    price: described(Money, 'The price of one payment today, without vouchers.'),
    startDate: date('First day, a trial included.'),
    endDate: optional(date('Last day that is committed today; absent while it runs along with its contract.')),
    cancelationDate: optional(date('Last day of a cancelation, also of one that waits for the staff.')),
    lastPossibleCancelationDate: optional(date('Last day on which it can be canceled to the end that is shown.')),
    cancelationReason: optional(text('Why it is canceled.', { examples: ['Illness'] })),
    contractCancelationStatus: optional(
      choice(
        ['CANCELED', 'PENDING_VERIFICATION', 'PENDING_WITHDRAWAL_VERIFICATION'],
        'Absent while nobody has canceled it or wants to.',
      ),
    ),
    contractCancelationCanBeWithdrawn: flag('Whether the member can take the cancelation back.'),
    trialPeriod: optional(described(TrialPeriod, 'The free trial with which it began.')),
    availableCancelationDates: optional(
      list(
        date('A last day.'),
        'The last days to which it can be canceled today; during a trial the end of that first.',
      ),
    ),
    rateCodes: optional(
      list(
        Type.Object({
          name: optional(text('Name of the code.', { examples: ['Standard Rate'] })),
          identifier: optional(text('The code.', { examples: ['RC12345'] })),
        }),
        'Codes of the module.',
      ),
    ),
  }),
)
export type AdditionalModuleContractExtended = Static<typeof AdditionalModuleContractExtended>
