import { Type } from 'typebox'
import { operation } from '../../platform/api/operation.ts'
import { id, list, named, choice, pathId, text } from '../../platform/api/schema.ts'
import { assignmentCodes } from '../creation/creation-codes.ts'
import { AdditionalInformationFieldAssignment } from '../customer-schema.ts'

const optional = Type.Optional
const tag = 'Customers'

const AdditionalInformationListItem = named(
  'AdditionalInformationListItem',
  Type.Object({
    id: id('The item; its id is the value of an assignment.', { examples: [1000000061] }),
    name: text('What it says.', { examples: ['Friends'] }),
  }),
)

const AdditionalInformationField = named(
  'AdditionalInformationField',
  Type.Object({
    id: id('The field.', { examples: [1000000041] }),
    name: text('What it asks.', { examples: ['T-shirt size'] }),
    type: choice(['BOOLEAN', 'DATE', 'LIST', 'NUMERIC', 'TEXT'], 'Kind of value.', { examples: ['TEXT'] }),
    abbreviation: optional(text('Short form of the name.', { examples: ['TS'] })),
    listItems: optional(list(AdditionalInformationListItem, 'What can be chosen, in its order; only for lists.')),
  }),
)

export const getAdditionalInformationFields = operation({
  operationId: 'getAdditionalInformationFields',
  method: 'GET',
  path: '/v1/customers/additional-information-fields',
  tag,
  summary: 'List the fields that the studio adds to its customers',
  description: 'Active fields of the studio in the order that its staff have chosen.',
  scopes: ['ADDITIONAL_INFORMATION_READ'],
  response: list(AdditionalInformationField, 'The fields; empty when there are none.'),
})

export const setAdditionalInformationFieldAssignments = operation({
  operationId: 'setAdditionalInformationFieldAssignments',
  method: 'PUT',
  path: '/v1/customers/{customerId}/additional-information-field-assignments',
  tag,
  summary: 'Replace the values that a customer has for the fields of the studio',
  description:
    'Values of fields that are not in the list are removed, an empty list removes all. Values are text: `true` or ' +
    '`false`, `yyyy-MM-dd`, whole numbers of up to 18 digits, up to 1,000 characters, or the id of an item; where a list ' +
    'allows several items, their ids are joined by commas. What belongs to fields of other studios or to fields that are ' +
    'switched off stays as it is.',
  scopes: ['ADDITIONAL_INFORMATION_WRITE'],
  emits: ['CUSTOMER_UPDATED'],
  params: Type.Object({ customerId: pathId('customer', 'The customer.') }),
  body: list(AdditionalInformationFieldAssignment, 'All values that the customer shall have.'),
  response: list(AdditionalInformationFieldAssignment, 'The values that the customer has now, by field.'),
  errors: { 400: assignmentCodes },
})
