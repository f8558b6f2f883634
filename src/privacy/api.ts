import { Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import { plainDateTime, id, named, choice, text } from '../platform/api/schema.ts'

const ofCustomer = Type.Object({ customerId: id('The customer.', { examples: [1001] }) })

const DataExport = named(
  'CustomerDataExport',
  Type.Object({
    url: text('Leads to the ZIP; every person who has it may read it.', {
      format: 'uri',
      examples: ['https://gym.example/files/1000000001?exp=1772439300&kid=1&sig=abc'],
    }),
    expiresAt: plainDateTime('When the link ends.'),
  }),
)

export const getCustomerDataExport = operation({
  operationId: 'getCustomerDataExport',
  method: 'GET',
  path: '/ext/v1/customers/{customerId}/data-export',
  tag: 'Palestra',
  summary: 'Everything that is stored about a person',
  description:
    'A ZIP with `data.json`, each table with its rows as they are stored and sealed values in clear, and the files of ' +
    'the person. Hand it to nobody else. Each call packs it anew; link and ZIP live for fifteen minutes.',
  scopes: ['CUSTOMER_SELF_SERVICE_READ'],
  shed: 'BULK',
  params: ofCustomer,
  response: DataExport,
  errors: { 404: ['errormessage.customer.notFound'] },
})

const ErasureRequest = named(
  'ErasureRequest',
  Type.Object({
    id: id('The request.', { examples: [1000000123] }),
    customerId: id('The person who wants to be forgotten.', { examples: [1003] }),
    state: choice(['OPEN'], 'Staff decide.', { examples: ['OPEN'] }),
    requestedAt: plainDateTime('When it was first passed on.'),
  }),
)

export const requestCustomerErasure = operation({
  operationId: 'requestCustomerErasure',
  method: 'POST',
  path: '/ext/v1/customers/{customerId}/erasure-request',
  tag: 'Palestra',
  summary: 'Pass on that a person wants to be forgotten',
  description:
    'Nothing is erased yet: the wish waits for the staff of the home studio, who first settle contracts, money and ' +
    'open visits. Once it is done you receive `CUSTOMER_DELETED`. Repeating it answers the wish that waits already.',
  scopes: ['CUSTOMER_SELF_SERVICE_WRITE'],
  params: ofCustomer,
  response: ErasureRequest,
  errors: { 404: ['errormessage.customer.notFound'] },
})
