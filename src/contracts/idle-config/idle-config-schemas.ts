import { Type } from 'typebox'
import { choice, date, described, flag, id, int32, list, named, text } from '../../platform/api/schema.ts'
import { Money, Term } from '../../platform/api/values.ts'

const optional = Type.Optional
export const idleUnits = ['DAY', 'WEEK', 'MONTH'] as const

export const IdleReason = named(
  'IdlePeriodReason',
  Type.Object({
    id: id('The reason: pause with this id.', { examples: [1000000091] }),
    name: text('As members read it.', { examples: ['Vacation'] }),
    documentRequired: flag('Whether the member has to add a document.'),
  }),
)

/** How the fee of a pause is worked out. */
export const FeeCalculationConfig = Type.Object(
  {
    idlePeriodAmount: described(Money, 'The fee that is charged once; 0.00 for other kinds of fee.'),
    idlePeriodAmountPerTermUnit: optional(described(Money, 'The fee for each unit.')),
    defaultTemporalUnit: optional(choice(idleUnits, 'The unit.')),
    dynamicIdlePeriodAmountPercentage: optional(
      Type.Number({ description: 'Percent of the suspended membership fee.', examples: [10] }),
    ),
    recurringIdlePeriodCharges: optional(flag('Whether it is charged by unit, not in one sum.')),
  },
  { description: 'How the fee is worked out.' },
)

export const IdlePeriodConfiguration = named(
  'IdlePeriodConfiguration',
  Type.Object({
    temporalUnit: choice(idleUnits, 'In which units the contract may pause.'),
    maxTerms: int32('How many units at most in the window that the studio counts.', { examples: [6] }),
    firstPossibleStartDate: date('The first day on which a pause may start.'),
    nextPossibleStartDateOnly: flag('Whether it may start on this day only.'),
    idlePeriodFee: described(Money, 'What it costs: once, for each unit, or the part of the present price.'),
    accessRefusal: flag('Whether doors stay shut meanwhile.'),
    idlePeriodReasons: list(IdleReason, 'The reasons of the studio, in its order.'),
    idlePeriodCreationStatus: choice(
      ['READ', 'CHANGES_REQUIRE_VERIFICATION', 'CHANGES_WITHOUT_VERIFICATION'],
      'Whether members may pause, and whether staff decide.',
    ),
    contractHasExtension: flag('Whether a pause moves the end of the contract.'),
    unlimitedAllowed: flag('Whether it may be without end.'),
    freeTerms: described(Term, 'The units that cost nothing; 0 where there are none.'),
    dayBasedTermShorteningAllowed: flag('Whether it may be ended on any day.'),
    idlePeriodFeeCalculationConfig: FeeCalculationConfig,
  }),
)
