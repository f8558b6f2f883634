import { Type } from 'typebox'
import { operation, type OperationErrors } from '../../platform/api/operation.ts'
import { dateTime, named, choice, pathId, text } from '../../platform/api/schema.ts'
import { AccessMediumDto, AccessRestriction } from '../customer-schema.ts'

const optional = Type.Optional
const byCustomer = { customerId: pathId('customer', 'The customer.') }
const params = Type.Object(byCustomer)
const ofMedium = Type.Object({ ...byCustomer, accessMediumId: pathId('accessMedium', 'The access medium.') })
const mediumScopes = ['CUSTOMER_ACCESS_MEDIUM_WRITE']
const restrictionScopes = ['CUSTOMER_ACCESS_RESTRICTION_WRITE']

const CustomerAccessCode = named(
  'CustomerAccessCode',
  Type.Object({
    format: choice(['QR_CODE'], 'How to show the content.', { examples: ['QR_CODE'] }),
    expiresAt: optional(
      dateTime('From when on no reader accepts the code; left out for codes that stay.', '2026-06-15T07:01:00Z'),
    ),
    content: text('What the QR code contains.', { examples: ['5882080200000001001'] }),
  }),
)

const UpdateAccessIdentificationRequest = named(
  'UpdateAccessIdentificationRequest',
  Type.Object({ value: optional(text('The new value; needed.', { examples: ['2864434398'] })) }),
)

export const getCustomerAccessCode = operation({
  operationId: 'getCustomerAccessCode',
  method: 'GET',
  path: '/v1/customers/{customerId}/access-code',
  tag: 'Customers',
  summary: 'Get the code that an app shows at the door',
  description:
    'A dynamic code is made for 30 seconds and accepted for 30 more, in every studio; ask again before `expiresAt`. ' +
    'Studios that use lasting codes get the same one each time. Whether a door opens is decided there.',
  scopes: ['CUSTOMER_READ'],
  shed: 'CRITICAL',
  params,
  response: CustomerAccessCode,
  errors: { 400: ['errormessage.accessCode.disabled'] },
})

const addingRules =
  'A card number is written in decimal digits, a PIN has 4 to 12 digits; `id` is ignored. The same call again answers ' +
  'the medium that is there. A value that another customer of the company uses is refused.'

const addingErrors = {
  400: [
    'errormessage.accessMedium.limitReached',
    'errormessage.accessMedium.valueInvalid',
    'errormessage.validation.required',
  ],
  409: ['errormessage.accessMedium.valueInUse'],
} as const satisfies OperationErrors

export const addAccessMediums = operation({
  operationId: 'addAccessMediums',
  method: 'POST',
  path: '/v1/customers/{customerId}/access-mediums',
  tag: 'Customers',
  summary: 'Give a customer a card, PIN, barcode or wallet pass',
  description: addingRules,
  scopes: mediumScopes,
  emits: ['CUSTOMER_ACCESS_MEDIUM_CREATED'],
  params,
  body: AccessMediumDto,
  response: AccessMediumDto,
  errors: addingErrors,
})

export const addAccessMedium = operation({
  operationId: 'addAccessMedium',
  method: 'PUT',
  path: '/v1/customers/{customerId}/access-medium',
  tag: 'Customers',
  summary: 'Give a customer an access medium, in the way of old',
  description: `Use \`addAccessMediums\`. ${addingRules}`,
  deprecated: true,
  scopes: mediumScopes,
  emits: ['CUSTOMER_ACCESS_MEDIUM_CREATED'],
  params,
  body: AccessMediumDto,
  response: AccessMediumDto,
  errors: addingErrors,
})

export const updateAccessMediums = operation({
  operationId: 'updateAccessMediums',
  method: 'PUT',
  path: '/v1/customers/{customerId}/access-mediums/{accessMediumId}',
  tag: 'Customers',
  summary: 'Give an access medium another value',
  description: 'Only media that this integration has added can be changed; id and type stay.',
  scopes: mediumScopes,
  emits: ['CUSTOMER_ACCESS_MEDIUM_UPDATED'],
  params: ofMedium,
  body: UpdateAccessIdentificationRequest,
  response: AccessMediumDto,
  errors: {
    400: ['errormessage.accessMedium.valueInvalid', 'errormessage.validation.required'],
    403: ['errormessage.accessMedium.notOwned'],
    409: ['errormessage.accessMedium.valueInUse'],
  },
})

export const deleteAccessMediums = operation({
  operationId: 'deleteAccessMediums',
  method: 'DELETE',
  path: '/v1/customers/{customerId}/access-mediums/{accessMediumId}',
  tag: 'Customers',
  summary: 'Take an access medium away',
  description: 'Only media that this integration has added can be taken away; the value is free at once.',
  scopes: mediumScopes,
  emits: ['CUSTOMER_ACCESS_MEDIUM_DELETED'],
  params: ofMedium,
  errors: { 403: ['errormessage.accessMedium.notOwned'] },
})

export const setAccessRestriction = operation({
  operationId: 'setAccessRestriction',
  method: 'PUT',
  path: '/v1/customers/{customerId}/access-restrictions',
  tag: 'Customers',
  summary: 'Keep a customer out',
  description:
    'Sets or replaces the one restriction of this integration; those of the staff and of others stay. Both dates or ' +
    'none; each day counts from midnight to midnight in the home studio.',
  scopes: restrictionScopes,
  emits: ['CUSTOMER_ACCESS_RESTRICTION_CREATED', 'CUSTOMER_UPDATED'],
  params,
  body: AccessRestriction,
  response: AccessRestriction,
  errors: {
    400: [
      'errormessage.accessRestriction.datesIncomplete',
      'errormessage.accessRestriction.endBeforeStart',
      'errormessage.validation.maxLength',
      'errormessage.validation.required',
    ],
  },
})

export const deleteAccessRestriction = operation({
  operationId: 'deleteAccessRestriction',
  method: 'DELETE',
  path: '/v1/customers/{customerId}/access-restrictions',
  tag: 'Customers',
  summary: 'Lift the restriction of this integration',
  description: 'Restrictions of the staff and of others stay in force.',
  scopes: restrictionScopes,
  emits: ['CUSTOMER_ACCESS_RESTRICTION_DELETED'],
  params,
  errors: { 404: ['errormessage.accessRestriction.notFound'] },
})
