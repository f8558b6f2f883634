import { type Static, Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import { added, date, flag, int32, list, named, choice, pathId, text, typed } from '../platform/api/schema.ts'

const optional = Type.Optional

export const refusals = [
  'NOT_FOUND',
  'ACCESS_RESTRICTED',
  'NO_ACTIVE_CONTRACT',
  'IDLE_PERIOD',
  'NOT_ENTITLED',
  'CONTINGENT_EXHAUSTED',
] as const

const BenefitValidation = named(
  'BenefitValidationDto',
  Type.Object({
    key: text('The key by which the partner knows the benefit.', { examples: ['SOLARIUM'] }),
    valid: flag('Whether the customer can use it now.'),
    used: optional(
      int32('Uses so far in the present period; left out where nothing is counted.', { examples: [2], ...added }),
    ),
    amount: optional(int32('Uses that the period allows; left out without limit.', { examples: [5], ...added })),
    periodStart: optional(
      date('First day of the present period; left out when one amount counts for good.', '2026-06-15', added),
    ),
    periodEnd: optional(date('Last day of the present period; left out when it has none.', '2026-07-14', added)),
    reason: optional(choice(refusals, 'Why it cannot be used now.', added)),
  }),
)
export type BenefitValidation = Static<typeof BenefitValidation>

const scopes = ['CUSTOMER_BENEFIT_READ', 'CUSTOMER_READ']
const key = optional(
  list(text('A key.'), 'Only these benefits, in this order; may be repeated or separated by commas.', {
    examples: [['SOLARIUM', 'MASSAGE']],
  }),
)
const validations = list(
  BenefitValidation,
  'The benefits asked for, or all of the partner in this studio, ordered by key.',
)
const rules =
  'Nothing is consumed. Guests whose home is another studio of the chain are found when a benefit is valid across ' +
  'studios; then only such benefits are listed. Keys that are unknown come back as not valid.'

export const getBenefits = operation({
  operationId: 'getBenefits',
  method: 'GET',
  path: '/v1/customers/{customerId}/benefits',
  tag: 'Customers',
  summary: 'Which benefits a customer can use now',
  description: rules,
  scopes,
  params: Type.Object({ customerId: pathId('customer', 'The customer.') }),
  query: Type.Object({ key }),
  response: validations,
})

export const getBenefitsByCardNumber = operation({
  operationId: 'getBenefitsByCardNumber',
  method: 'GET',
  path: '/v1/customers/benefits',
  tag: 'Customers',
  summary: 'Which benefits the holder of a card can use now',
  description: rules,
  scopes,
  query: Type.Object({
    cardNumber: typed('Number of an active card, written as `cardNumberFormat` says.'),
    cardNumberFormat: choice(['DECIMAL', 'HEX_MSB', 'HEX_LSB'], 'How the card number is written.', {
      default: 'DECIMAL',
    }),
    key,
  }),
  response: validations,
  errors: { 400: ['errormessage.cardNumber.invalid'], 404: ['errormessage.customer.notFound'] },
})

export const useBenefit = operation({
  operationId: 'useBenefit',
  method: 'POST',
  path: '/v1/customers/{customerId}/benefits/{benefitKey}/use',
  tag: 'Customers',
  summary: 'Use a benefit once',
  description:
    'Takes one use from the allowance that ends first. Every call is a use of its own, unless it repeats the ' +
    '`Idempotency-Key` of an earlier one.',
  scopes: ['CUSTOMER_WRITE', 'CUSTOMER_BENEFIT_WRITE'],
  shed: 'CRITICAL',
  params: Type.Object({
    customerId: pathId('customer', 'The customer.'),
    benefitKey: text('The key by which the partner knows the benefit.', { examples: ['SOLARIUM'] }),
  }),
  errors: {
    400: ['errormessage.benefit.contingentExhausted', 'errormessage.benefit.notEntitled'],
    404: ['errormessage.benefit.notFound'],
  },
})
