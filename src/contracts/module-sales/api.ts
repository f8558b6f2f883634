import { Type } from 'typebox'
import { AdditionalModule } from '../../membership-offers/api.ts'
import { operation } from '../../platform/api/operation.ts'
import { list, pathId } from '../../platform/api/schema.ts'
import {
  AdditionalModuleContract,
  AdditionalModuleContractExtended,
  AdditionalModuleContractRequest,
  AdditionalModuleContractValidationStatus,
} from './api-schemas.ts'
import { refusalCodes } from './refusal-codes.ts'

const tag = 'Membership Self-service'
const ofContract = { contractId: pathId('contract', 'A contract of the studio or of one of its customers.') }
const ofModule = {
  ...ofContract,
  additionalModuleContractId: pathId('moduleContract', 'A module contract of this contract.'),
}

export const getPurchasableAdditionalModules = operation({
  operationId: 'getPurchasableAdditionalModules',
  method: 'GET',
  path: '/v1/memberships/{contractId}/self-service/additional-modules/purchasable',
  tag,
  summary: 'List the modules that can be bought to a contract',
  description:
    'Of the modules that are sold online those that fit the contract today: its rate may have them, it has none of them ' +
    'already, and it has not ended and is not canceled before the module would end. The trial is left out for a customer ' +
    'who had it before. Never paginated.',
  scopes: ['MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_READ'],
  params: Type.Object(ofContract),
  response: list(AdditionalModule, 'The modules by name; empty when none can be bought.'),
})

export const validateAdditionalModuleContractRequest = operation({
  operationId: 'validateAdditionalModuleContractRequest',
  method: 'POST',
  path: '/v1/memberships/{contractId}/self-service/additional-modules/validate',
  tag,
  summary: 'Ask whether a module can be bought to a contract',
  description:
    'Nothing is stored. The rules in their order: the module and its price, the contract, where and for which rates the ' +
    'module is sold, whether the contract has it already, the trial.',
  scopes: ['MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_READ'],
  params: Type.Object(ofContract),
  body: AdditionalModuleContractRequest,
  response: AdditionalModuleContractValidationStatus,
})

export const purchaseAdditionalModuleContract = operation({
  operationId: 'purchaseAdditionalModuleContract',
  method: 'POST',
  path: '/v1/memberships/{contractId}/self-service/additional-modules/purchase',
  tag,
  summary: 'Buy a module to a contract',
  description:
    'The module begins today, with a contract that is to come, or with the next billing period of the contract, as the ' +
    'studio has set. A trial comes first and is free. The module ends with its contract at the latest. What it costs is ' +
    'charged to the account of the customer. Refused by the rules of the validation, which `args` names.',
  scopes: ['MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_CONTRACT_WRITE'],
  emits: ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_CREATED'],
  params: Type.Object(ofContract),
  body: AdditionalModuleContractRequest,
  response: AdditionalModuleContract,
  errors: { 400: Object.values(refusalCodes) },
})

export const getAdditionalModuleContract = operation({
  operationId: 'getAdditionalModuleContract',
  method: 'GET',
  path: '/v1/memberships/{contractId}/self-service/additional-module-contracts/{additionalModuleContractId}',
  tag,
  summary: 'Read a module contract as its member sees it',
  description: 'Modules that came with the contract can be read too; they cannot be canceled by themselves.',
  scopes: ['MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_CONTRACT_READ'],
  params: Type.Object(ofModule),
  response: AdditionalModuleContractExtended,
})
