import { Type } from 'typebox'
import { lookupErrors, lookupFields, lookupRules } from '../../customers/index.ts'
import { operation } from '../../platform/api/operation.ts'
import { described, list, pathId } from '../../platform/api/schema.ts'
import { Contract, ContractStatus, SelfServiceContract } from './contract-schemas.ts'

const scopes = ['CUSTOMER_CONTRACT_READ', 'CUSTOMER_READ']
const status = Type.Optional(described(ContractStatus, 'Only contracts with this status.'))
const contracts = list(
  Contract,
  'The contracts, by their first day; those whose signing was taken back are `reversed`.',
)

export const getCustomersContracts = operation({
  operationId: 'getCustomersContracts',
  method: 'GET',
  path: '/v1/customers/{customerId}/contracts',
  tag: 'Customers',
  summary: 'The contracts of a customer',
  description: 'Contracts to come and ended ones are among them.',
  scopes,
  params: Type.Object({ customerId: pathId('customer', 'A customer of the studio.') }),
  query: Type.Object({ status }),
  response: contracts,
})

export const getCustomerContractsBy = operation({
  operationId: 'getCustomerContractsBy',
  method: 'GET',
  path: '/v1/customers/contracts/by',
  tag: 'Customers',
  summary: 'The contracts of a customer who is found by card, number or code',
  description: `${lookupRules} A known customer without contracts has an empty list.`,
  scopes,
  query: Type.Object({ ...lookupFields, status }),
  response: contracts,
  errors: lookupErrors,
})

export const getContractData = operation({
  operationId: 'getContractData',
  method: 'GET',
  path: '/v1/memberships/{customerId}/self-service/contract-data',
  tag: 'Membership Self-service',
  summary: 'What a member can see and cancel of the own contracts',
  description:
    'Contracts whose signing was taken back are left out. Contracts that run come first, then those to come, then ended ones; each group by the first day, latest first.',
  scopes: ['MEMBERSHIP_SELF_SERVICE_READ'],
  params: Type.Object({ customerId: pathId('customer', 'A customer of the studio.') }),
  response: list(SelfServiceContract, 'The contracts that are not reversed.'),
})
