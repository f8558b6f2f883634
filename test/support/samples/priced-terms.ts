import type { TermInput } from '../scenes/offer-world.ts'

const once = { extensionType: 'NONE', extensionTermValue: null, extensionTermUnit: null } as const
const fee = (price: string) => ({ name: 'Card', frequency: { type: 'NON_RECURRING', price, termValue: null } as const })

/** Terms with every kind of price. Their periods lie over ends of months and days on which the clocks change. */
export const pricedTerms: readonly TermInput[] = [
  { frequency: { price: '29.99' } },
  { frequency: { price: '30.00', paidPeriodCalc: 'NORMALIZATION_ON_CALENDAR_UNIT' }, ...once },
  { frequency: { price: '10.01', termUnit: 'WEEK' }, termValue: 9, termUnit: 'WEEK', fees: [fee('25.50')] },
  {
    frequency: { price: '41.37', ages: [{ startAge: 0, endAge: 27, percentage: '12.5' }] },
    rules: [{ value: '3.3', firstAfterValue: 4 }],
  },
  { frequency: { type: 'NON_RECURRING', price: '299.00', termValue: null, termUnit: null }, bonuses: [{}] },
  {
    frequency: {
      type: 'MONTH_DAY',
      recurring: true,
      entries: [
        { month: 2, day: 28, price: '60.00' },
        { month: 2, day: 29, price: '33.33' },
      ],
    },
  },
  {
    frequency: {
      type: 'TERM_BASED',
      entries: [
        { offsetValue: 0, offsetUnit: 'MONTH', price: '50.00' },
        { offsetValue: 3, offsetUnit: 'MONTH', price: '40.00' },
      ],
    },
    ...once,
  },
  {
    frequency: { price: '19.90' },
    bonuses: [{ strategy: 'END_OF_CURRENT_TERM', runtimeExtensionType: 'WITHOUT_EXTENSION' }],
    modules: [{ name: 'Sauna', frequency: { price: '9.95' } }],
  },
]
