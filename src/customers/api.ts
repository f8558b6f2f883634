import { type Static, Type } from 'typebox'
import { operation, type OperationErrors } from '../platform/api/operation.ts'
import {
  date,
  described,
  id,
  list,
  named,
  choice,
  pathId,
  slicedResult,
  sliceOffset,
  sliceSize,
  trimmed,
} from '../platform/api/schema.ts'
import { creationCodes } from './creation/creation-codes.ts'
import { CardNumberFormat, Customer } from './customer-schema.ts'
import { lookupErrors, lookupFields, lookupRules } from './lookup-schema.ts'
import { MembershipSignupCustomer } from './signup-schema.ts'

export { addressDetails } from './address-fields.ts'
export { CardNumberFormat, Customer } from './customer-schema.ts'
export { CommunicationPreference, MembershipSignupCustomer } from './signup-schema.ts'
export * from './access/access-api.ts'

const optional = Type.Optional
const scopes = ['CUSTOMER_READ']
const byId = Type.Object({ customerId: pathId('customer', 'The customer.') })
const cardNumberFormat = described(CardNumberFormat, 'How card numbers are written in the request and in the answer.')
const formatted = Type.Object({ cardNumberFormat })

const lookup = Type.Object(lookupFields)

const CustomerSearchRequest = named(
  'CustomerSearchRequest',
  Type.Object({
    firstName: optional(trimmed('Beginning of the given name; case and accents do not matter.', 'Mar')),
    lastName: optional(trimmed('Beginning of the family name; case and accents do not matter.', 'Lind')),
    email: optional(trimmed('The whole e-mail address in any case.', 'mara@mail.example')),
    dateOfBirth: optional(date('Exact date of birth.', '1994-11-02')),
    cardNumberFormat,
  }),
)

const CreateResult = named(
  'OpenApiV1CustomerCreateResult',
  Type.Object({ customerId: id('The new customer.', { examples: [1000000101] }) }),
)
export type CustomerSearchRequest = Static<typeof CustomerSearchRequest>

const found = list(Customer, 'The customers found, ordered by family name, given name and id; at most 500.')
const searchErrors = {
  400: ['errormessage.customerSearch.criteriaMissing', 'errormessage.customerSearch.tooBroad'],
} as const satisfies OperationErrors
const searchRules =
  'All criteria given must match; at least one is needed. A name needs two letters unless an e-mail address or a date ' +
  'of birth narrows the search. More than 500 matches are cut off, and the header `X-Result-Truncated: true` says so.'
export const getCustomers = operation({
  operationId: 'getCustomers',
  method: 'GET',
  path: '/v1/customers',
  tag: 'Customers',
  summary: 'List the customers of the studio',
  description:
    'Customers whose home studio is that of the API key, ordered by id. New customers come at the end. Former members ' +
    'are not listed.',
  scopes,
  shed: 'BULK',
  query: Type.Object({
    cardNumberFormat,
    lastOffsetId: optional(id('Earlier spelling of `offset`, which wins when both are given.', { deprecated: true })),
    offset: optional(sliceOffset()),
    sliceSize: sliceSize(100, 50, 500),
    customerStatus: choice(['MEMBER', 'PROSPECT'], 'Which customers to list.', { default: 'MEMBER' }),
  }),
  response: slicedResult('CustomerSlicedResult', Customer),
})

export const getCustomerById = operation({
  operationId: 'getCustomerById',
  method: 'GET',
  path: '/v1/customers/{customerId}',
  tag: 'Customers',
  summary: 'Read one customer of the studio',
  description: 'Customers of other studios are answered with 404; the cross-studio operation may show them.',
  scopes,
  params: byId,
  query: formatted,
  response: Customer,
})

export const getCustomerBy = operation({
  operationId: 'getCustomerBy',
  method: 'GET',
  path: '/v1/customers/by',
  tag: 'Customers',
  summary: 'Find a customer of the studio by card, number or code',
  description: lookupRules,
  scopes,
  shed: 'CRITICAL',
  query: lookup,
  response: Customer,
  errors: lookupErrors,
})

export const searchCustomers = operation({
  operationId: 'searchCustomers',
  method: 'POST',
  path: '/v1/customers/search',
  tag: 'Customers',
  summary: 'Search the customers of the studio by name, e-mail or birth date',
  description: searchRules,
  scopes,
  shed: 'BULK',
  body: CustomerSearchRequest,
  response: found,
  errors: searchErrors,
})

export const createCustomer = operation({
  operationId: 'createCustomer',
  method: 'POST',
  path: '/v1/customers/create',
  tag: 'Customers',
  summary: 'Create a customer without a contract',
  description:
    'The new customer is a prospect of the studio. A person with the same names, birth date and e-mail address, or a ' +
    '`thirdPartyId` in use, is answered with 409 and the id of the existing customer.',
  scopes: ['CUSTOMER_WRITE'],
  emits: ['CUSTOMER_CREATED'],
  body: MembershipSignupCustomer,
  response: CreateResult,
  errors: {
    400: creationCodes,
    409: ['errormessage.customer.duplicate', 'errormessage.customer.thirdPartyIdInUse'],
  },
})

export const getCrossStudioCustomerById = operation({
  operationId: 'getCrossStudioCustomerById',
  method: 'GET',
  path: '/v1/cross-studio/customers/{customerId}',
  tag: 'Cross Studio',
  summary: 'Read one customer of any connected studio',
  description: 'Reaches the customers of every studio that has activated the integration.',
  scopes,
  params: byId,
  query: formatted,
  response: Customer,
})

export const getCrossStudioCustomerBy = operation({
  operationId: 'getCrossStudioCustomerBy',
  method: 'GET',
  path: '/v1/cross-studio/customers/by',
  tag: 'Cross Studio',
  summary: 'Find a customer of any connected studio by card, number or code',
  description: lookupRules,
  scopes,
  query: lookup,
  response: Customer,
  errors: lookupErrors,
})

export const searchCrossStudioCustomers = operation({
  operationId: 'searchCrossStudioCustomers',
  method: 'POST',
  path: '/v1/cross-studio/customers/search',
  tag: 'Cross Studio',
  summary: 'Search all connected studios by name, e-mail or birth date',
  description: searchRules,
  scopes,
  shed: 'BULK',
  body: CustomerSearchRequest,
  response: found,
  errors: searchErrors,
})
