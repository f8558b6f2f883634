import { type TSchemaOptions, type Static, Type } from 'typebox'
import { gender } from '../employees/api.ts'
import { operation } from '../platform/api/operation.ts'
import { date, described, id, int32, named, pathId, text, typed, trimmed } from '../platform/api/schema.ts'
import { CardNumberFormat } from '../customers/api.ts'

const optional = Type.Optional
const number = (description: string, options: TSchemaOptions = {}) => Type.Number({ description, ...options })
const measured = (description: string) => optional(number(description))

const Measurement = named(
  'Measurement',
  Type.Object({
    id: id('The customer.', { examples: [1000000101] }),
    firstName: optional(text('Given name.', { examples: ['Mara'] })),
    lastName: optional(text('Family name.', { examples: ['Lindner'] })),
    age: optional(int32('Completed years, as of today in the home studio.', { examples: [31] })),
    dateOfBirth: optional(date('Date of birth.', '1994-11-02')),
    gender: optional(gender()),
    height: optional(number('Centimetres, as measured last, else as entered.', { examples: [171.5] })),
  }),
)

const CustomerWeighings = named(
  'CustomerWeighings',
  Type.Object({
    databaseId: optional(id('The weighing; ignored in requests.', { examples: [1000000951] })),
    basalMetabolicRate: measured('Kilocalories a day at rest, 0 to 10000.'),
    bodyFatMass: measured('Kilograms.'),
    bodyMassIndex: measured('Kilograms per square metre, 5 to 120.'),
    fatFreeMass: measured('Kilograms.'),
    percentBodyFat: measured('Percent of the weight.'),
    percentSkeletalMuscleMass: measured('Percent of the weight.'),
    skeletalMuscleMass: measured('Kilograms.'),
    totalBodyWater: measured('Litres.'),
    visceralFatLevel: optional(int32('Level, 1 to 59.', { examples: [7] })),
    weight: optional(number('Kilograms, up to 500.', { examples: [68.4] })),
    height: optional(number('Centimetres, 50 to 260.', { examples: [171.5] })),
    ...segmentFields('bfm', 'Fat'),
    ...segmentFields('ffm', 'Fat-free'),
    rawResults: text('All that the scale said, up to 1 MiB; kept and answered byte for byte.', {
      verbatim: true,
      maxLength: 1024 * 1024,
      examples: ['{"impedance":512}'],
    }),
  }),
)
export type CustomerWeighings = Static<typeof CustomerWeighings>

type Segment =
  | 'LeftArm'
  | 'LeftLeg'
  | 'PercentLeftArm'
  | 'PercentLeftLeg'
  | 'PercentRightArm'
  | 'PercentRightLeg'
  | 'PercentTrunk'
  | 'RightArm'
  | 'RightLeg'
  | 'Trunk'

function segmentFields<P extends 'bfm' | 'ffm'>(prefix: P, what: string) {
  const inKilograms = (where: string) => measured(`${what} mass of the ${where} in kilograms.`)
  const inPercent = (where: string) => measured(`${what} mass of the ${where} in percent of the norm.`)
  const fields: Readonly<Record<Segment, ReturnType<typeof measured>>> = {
    LeftArm: inKilograms('left arm'),
    LeftLeg: inKilograms('left leg'),
    PercentLeftArm: inPercent('left arm'),
    PercentLeftLeg: inPercent('left leg'),
    PercentRightArm: inPercent('right arm'),
    PercentRightLeg: inPercent('right leg'),
    PercentTrunk: inPercent('trunk'),
    RightArm: inKilograms('right arm'),
    RightLeg: inKilograms('right leg'),
    Trunk: inKilograms('trunk'),
  }
  const prefixed = Object.entries(fields).map(([name, field]) => [`${prefix}${name}`, field])
  return Object.fromEntries(prefixed) as { [N in Segment as `${P}${N}`]: ReturnType<typeof measured> }
}

export const getCustomerMeasurement = operation({
  operationId: 'getCustomerMeasurement',
  method: 'GET',
  path: '/v1/customers/measurement/latest',
  tag: 'Customers',
  summary: 'Find the person on the scale',
  description:
    'Give exactly one of card number, code and PIN. Answers what a scale asks for before it measures; a customer who was ' +
    'never measured is found as well.',
  scopes: ['CUSTOMER_MEASUREMENT_READ', 'CUSTOMER_READ'],
  query: Type.Object({
    cardNumber: optional(typed('Number of an active card, written as `cardNumberFormat` says.')),
    cardNumberFormat: described(CardNumberFormat, 'How the card number is written.'),
    qrCodeUuid: optional(text('The `uuid` of the customer.', { format: 'uuid', trim: true, deprecated: true })),
    barcode: optional(trimmed('Value of an active barcode; upper and lower case differ.')),
    pin: optional(typed('PIN; leading zeros count.')),
  }),
  response: Measurement,
  errors: {
    400: ['errormessage.cardNumber.invalid', 'errormessage.customerLookup.oneParameterRequired'],
    404: ['errormessage.customer.notFound'],
  },
})

export const createCustomerWeighing = operation({
  operationId: 'createCustomerWeighing',
  method: 'POST',
  path: '/v1/customers/{customerId}/weighing',
  tag: 'Customers',
  summary: 'Store what a scale has measured',
  description:
    'Values are kept with four decimals, and nothing is computed from them. With `benefitKey` that benefit is used once ' +
    'for it; if it cannot be used, nothing is stored. The same raw results again within ten minutes answer the ' +
    'weighing that is there.',
  scopes: ['CUSTOMER_WRITE', 'CUSTOMER_WEIGHING_WRITE'],
  params: Type.Object({ customerId: pathId('customer', 'The customer.') }),
  query: Type.Object({
    benefitKey: optional(text('The benefit to use for the weighing.', { examples: ['BODY_CHECK'] })),
  }),
  body: CustomerWeighings,
  // A megabyte of results may need six times as much where JSON escapes every character.
  bodyLimit: 6_815_744,
  response: CustomerWeighings,
  errors: {
    400: [
      'errormessage.benefit.contingentExhausted',
      'errormessage.benefit.notEntitled',
      'errormessage.validation.maxLength',
      'errormessage.weighing.valueOutOfRange',
    ],
    404: ['errormessage.benefit.notFound'],
  },
})
