import { Type } from 'typebox'
import { choice, date, described, flag, id, int32, list, named, text } from '../../platform/api/schema.ts'
import { Money, Term } from '../../platform/api/values.ts'
import { FeeCalculationConfig, IdleReason, idleUnits } from '../idle-config/idle-config-schemas.ts'
import { idleStatuses } from './statuses.ts'

const optional = Type.Optional

const wishFields = {
  startDate: date('First day.', '2026-07-01'),
  temporalUnit: optional(choice(idleUnits, 'The unit of `termValue`: that of the configuration.')),
  termValue: optional(int32('How many units it lasts.', { examples: [1] })),
  unlimited: optional(flag('Until it is ended; unit and number are then ignored.')),
}
const reasonId = id('Why: a reason of the configuration.', { examples: [1000000091] })

export const IdlePeriodValidationRequest = named('IdlePeriodValidationRequest', Type.Object(wishFields))
export const IdlePeriodRequest = named('IdlePeriodRequest', Type.Object({ ...wishFields, reasonId }))

const status = choice(idleStatuses, 'Whether it can be done, or the first rule that is broken.')
export const IdlePeriodValidationStatusResult = named(
  'IdlePeriodValidationStatusResult',
  Type.Object({ validationStatus: status }),
)

const IdleFee = Type.Object(
  {
    idlePeriodFeeCalculationType: choice(['NONE', 'ABSOLUTE', 'RELATIVE', 'TERM_BASED'], 'How it is worked out.'),
    idlePeriodTotalAmount: described(Money, 'All of it; without an end, of the units that have begun.'),
    idlePeriodFeeCalculationAmount: optional(described(Money, 'The fee that is charged once, or for each unit.')),
    idlePeriodFeeCalculationTerm: described(Term, 'The units that are charged.'),
    idlePeriodFeeCalculationPercentage: optional(
      Type.Number({ description: 'Percent of the suspended membership fee.', examples: [10] }),
    ),
  },
  { description: 'What it costs.' },
)

export const IdlePeriod = named(
  'IdlePeriod',
  Type.Object({
    id: id('The idle period.', { examples: [1000000310] }),
    startDate: date('First day.', '2026-07-01'),
    endDate: date('Last day; of one without end that of the contract.', '2026-07-31'),
    unlimited: flag('Whether it goes on until it is ended.'),
    documentUrl: optional(text('Link to what was sent with it; works for 15 minutes without a key.')),
    state: choice(['PENDING_VERIFICATION', 'ACCEPTED'], 'Whether it, or a change of it, waits for the staff.'),
    idlePeriodFeeCalculationConfig: FeeCalculationConfig,
    idlePeriodFee: IdleFee,
    idlePeriodReason: described(IdleReason, 'Why.'),
    reason: text('The name of the reason.', { examples: ['Vacation'] }),
    fee: described(Money, 'What it costs in all.'),
  }),
)

export const IdlePeriodLists = named(
  'IdlePeriodLists',
  Type.Object({
    pastIdlePeriods: list(IdlePeriod, 'Those that are over, the latest first.'),
    currentAndUpcomingIdlePeriods: list(IdlePeriod, 'The others, by their first day.'),
  }),
)

export const RemainingIdlePeriods = Type.Object({
  remainingMaxTerms: described(Term, 'How many units the contract may still pause.'),
  remainingFreeTerms: described(Term, 'How many of them cost nothing.'),
})

const updateFields = {
  ...wishFields,
  reasonId,
  endDate: optional(date('New last day, to shorten it; without a length.')),
}
export const IdlePeriodUpdate = Type.Object(updateFields)

const PreviewCharge = Type.Object({
  paidPeriodFrom: date('First day that it pays for.'),
  paidPeriodTo: date('Last day that it pays for.'),
  dueDate: date('When it falls due.'),
  description: text('What it is for.'),
  amount: described(Money, 'The amount; where a voucher makes it cheaper, without it.'),
  discountedAmount: optional(described(Money, 'What is to be paid, where a voucher makes it cheaper.')),
  chargeType: text('As the list of upcoming charges says it.', { examples: ['MEMBERSHIP_CHARGE'] }),
})

export const IdlePeriodUpdatePreview = Type.Object({
  previewEndDate: optional(date('The end of the contract after the change.')),
  previewCharges: optional(list(PreviewCharge, 'All that falls due from today on after the change, by due date.')),
  validationStatus: status,
})
