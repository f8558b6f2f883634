import { Type } from 'typebox'
import { gender } from '../employees/api.ts'
import { operation } from '../platform/api/operation.ts'
import {
  date,
  plainDateTime,
  described,
  id,
  list,
  named,
  choice,
  pathId,
  slicedResult,
  sliceQuery,
  text,
  trimmed,
  typed,
} from '../platform/api/schema.ts'
import { addressDetails, personCodes } from '../customers/index.ts'
import { amendmentModes, dataGroups } from './tables.ts'

const optional = Type.Optional
const tag = 'Customers Self-service'
const read = ['CUSTOMER_SELF_SERVICE_READ']
const write = ['CUSTOMER_SELF_SERVICE_WRITE']
const byId = Type.Object({ customerId: pathId('customer', 'The customer.') })

const contactFields = {
  email: optional(trimmed('E-mail address.', 'mara@mail.example')),
  phonePrivate: optional(typed('Private phone.', '+49 30 5550117')),
  phonePrivateMobile: optional(typed('Private mobile phone.', '+49 151 55501234')),
  phoneBusiness: optional(typed('Business phone.', '+49 30 5550118')),
  phoneBusinessMobile: optional(typed('Business mobile phone.', '+49 151 55501235')),
}

const addressFields = {
  street: trimmed('Street.', 'Lindenallee'),
  houseNumber: optional(trimmed('House number.', '12a')),
  zipCode: typed('Postal code; its form depends on the country.', '10435'),
  city: trimmed('Town.', 'Berlin'),
  countryCode: text('Country, ISO 3166-1 alpha-2.', { format: 'ISO 3166-1', trim: true, examples: ['DE'] }),
  ...addressDetails,
}

export const CustomerAddressData = named('CustomerAddressData', Type.Object(addressFields))

/** As an answer shows an address: a country that is not known is an empty text. */
const shownAddress = { ...addressFields, countryCode: text('Country, ISO 3166-1 alpha-2.', { examples: ['DE'] }) }

const masterFields = {
  firstName: trimmed('Given name.', 'Mara'),
  lastName: trimmed('Family name.', 'Lindner'),
  gender: gender(),
  dateOfBirth: date('Date of birth.', '1994-11-02'),
  countryOfBirth: optional(
    text('Country of birth, ISO 3166-1 alpha-2.', { format: 'ISO 3166-1', trim: true, examples: ['DE'] }),
  ),
  customerTitle: choice(['NONE', 'DR', 'PROF'], 'Academic title.', { examples: ['DR'] }),
}

/** As an answer shows a person. The field is always there, for clients that take it for granted, and null where it is not known. */
const shownMaster = {
  ...masterFields,
  dateOfBirth: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    format: 'date',
    description: 'Date of birth; `null` where it is not known.',
    examples: ['1994-11-02'],
  }),
}

const amendmentConfigurationStatus = choice(
  amendmentModes,
  'What the studio allows: only looking, changes that its staff must accept, or changes at once.',
  { examples: ['CHANGES_REQUIRE_VERIFICATION'] },
)

const amendmentId = optional(id('The change request; absent when nothing differs.', { examples: [1000000311] }))

const PendingContact = named(
  'OpenApiV1CustomerDataPendingAmendmentDtoCustomerContactData',
  Type.Object({ id: amendmentId, ...contactFields }),
)
const PendingAddress = named(
  'OpenApiV1CustomerDataPendingAmendmentDtoCustomerAddressData',
  Type.Object({ id: amendmentId, ...shownAddress }),
)
const PendingMaster = named(
  'OpenApiV1CustomerDataPendingAmendmentDtoCustomerMasterData',
  Type.Object({ id: amendmentId, ...shownMaster }),
)

const pendingNote = 'The request that waits for the staff, with the complete data as they would be.'
const readRules =
  'The current data, what the studio allows, and the request that waits for its staff, if there is one. Unknown texts ' +
  'are empty.'
const writeRules =
  'Applied at once or kept for the staff, as the studio has configured; a newer request takes the place of one that ' +
  'waits. Asking for what is there already changes nothing and answers without an `id`.'

const readOnly = ['errormessage.selfService.readOnly'] as const

export const getCustomerContactData = operation({
  operationId: 'getCustomerContactData',
  method: 'GET',
  path: '/v1/customers/{customerId}/self-service/contact-data',
  tag,
  summary: 'Read how a customer is reached',
  description: readRules,
  scopes: read,
  params: byId,
  response: named(
    'OpenApiV1CustomerDataDtoCustomerContactData',
    Type.Object({
      ...contactFields,
      amendmentConfigurationStatus,
      pendingAmendment: optional(described(PendingContact, pendingNote)),
    }),
  ),
})

export const createCustomerContactDataAmendment = operation({
  operationId: 'createCustomerContactDataAmendment',
  method: 'POST',
  path: '/v1/customers/{customerId}/self-service/contact-data',
  tag,
  summary: 'Ask to change how a customer is reached',
  description: `${writeRules} Fields that are absent stay; an empty text removes the value.`,
  scopes: write,
  emits: ['CUSTOMER_UPDATED'],
  params: byId,
  body: named('CustomerContactData', Type.Object(contactFields)),
  response: PendingContact,
  errors: { 400: [...personCodes, 'errormessage.amendment.empty'], 403: readOnly },
})

export const getCustomerAddressData = operation({
  operationId: 'getCustomerAddressData',
  method: 'GET',
  path: '/v1/customers/{customerId}/self-service/address-data',
  tag,
  summary: 'Read the address of a customer',
  description: readRules,
  scopes: read,
  params: byId,
  response: named(
    'OpenApiV1CustomerDataDtoCustomerAddressData',
    Type.Object({
      ...shownAddress,
      amendmentConfigurationStatus,
      pendingAmendment: optional(described(PendingAddress, pendingNote)),
    }),
  ),
})

export const createCustomerAddressDataAmendment = operation({
  operationId: 'createCustomerAddressDataAmendment',
  method: 'POST',
  path: '/v1/customers/{customerId}/self-service/address-data',
  tag,
  summary: 'Ask to change the address of a customer',
  description: `${writeRules} The body is the whole new address: fields that are absent are cleared.`,
  scopes: write,
  emits: ['CUSTOMER_UPDATED'],
  params: byId,
  body: CustomerAddressData,
  response: PendingAddress,
  errors: { 400: personCodes, 403: readOnly },
})

export const getCustomerMasterData = operation({
  operationId: 'getCustomerMasterData',
  method: 'GET',
  path: '/v1/customers/{customerId}/self-service/master-data',
  tag,
  summary: 'Read who a customer is',
  description: `${readRules} An unknown birth date is \`null\`.`,
  scopes: read,
  params: byId,
  response: named(
    'OpenApiV1CustomerDataDtoCustomerMasterData',
    Type.Object({
      ...shownMaster,
      amendmentConfigurationStatus,
      pendingAmendment: optional(described(PendingMaster, pendingNote)),
    }),
  ),
})

export const createCustomerMasterDataAmendment = operation({
  operationId: 'createCustomerMasterDataAmendment',
  method: 'POST',
  path: '/v1/customers/{customerId}/self-service/master-data',
  tag,
  summary: 'Ask to change who a customer is',
  description: `${writeRules} A \`countryOfBirth\` that is absent stays.`,
  scopes: write,
  emits: ['CUSTOMER_UPDATED'],
  params: byId,
  body: named('CustomerMasterData', Type.Object(masterFields)),
  response: PendingMaster,
  errors: { 400: personCodes, 403: readOnly },
})

export const withdrawAmendment = operation({
  operationId: 'withdrawAmendment',
  method: 'DELETE',
  path: '/v1/customers/{customerId}/self-service/amendment/{amendmentId}',
  tag,
  summary: 'Take back a change request',
  description: 'Works as long as the request waits for the staff. Repeating it does no harm.',
  scopes: write,
  params: Type.Object({ ...byId.properties, amendmentId: pathId('amendment', 'The change request.') }),
  errors: { 409: ['errormessage.amendment.notPending'] },
})

const CustomerAmendment = named(
  'CustomerAmendment',
  Type.Object({
    id: id('The change request.', { examples: [1000000311] }),
    dataGroup: choice(dataGroups, 'The data that it is about.', { examples: ['ADDRESS_DATA'] }),
    status: choice(
      ['PENDING', 'APPLIED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN', 'SUPERSEDED', 'CANCELLED'],
      'What became of it.',
      { examples: ['REJECTED'] },
    ),
    changedFields: list(text('A field.', { examples: ['street'] }), 'The fields that it would change or has changed.'),
    requestedDateTime: plainDateTime('When it was made.'),
    decidedDateTime: optional(plainDateTime('When it was settled.')),
    rejectionReason: optional(
      text('Why the staff turned it down.', { examples: ['Please bring a proof of address.'] }),
    ),
  }),
)

export const listCustomerAmendments = operation({
  operationId: 'listCustomerAmendments',
  method: 'GET',
  path: '/ext/v1/customers/{customerId}/amendments',
  tag: 'Palestra',
  summary: 'See what became of the change requests of a customer',
  description: 'In the order in which they were made, so that an app can show a member what was decided.',
  scopes: read,
  shed: 'BULK',
  params: byId,
  query: sliceQuery(50, 10, 500),
  response: slicedResult('CustomerAmendmentSlicedResult', CustomerAmendment),
})
