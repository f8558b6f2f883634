import { operation } from '../../platform/api/operation.ts'
import { list } from '../../platform/api/schema.ts'
import { AdditionalModule, ContractCancelationReason } from './module-schemas.ts'

const tag = 'Membership Self-service'

export const getContractCancelationReasonData = operation({
  operationId: 'getContractCancelationReasonData',
  method: 'GET',
  path: '/v1/memberships/self-service/contract-cancelation-reasons',
  tag,
  summary: 'List the reasons with which members may cancel',
  description: 'Those that members may choose themselves, in the order of the studio. Never paginated.',
  scopes: ['MEMBERSHIP_SELF_SERVICE_READ'],
  response: list(ContractCancelationReason, 'The reasons; empty when the studio has none.'),
})

export const getAdditionalModules = operation({
  operationId: 'getAdditionalModules',
  method: 'GET',
  path: '/v1/memberships/self-service/additional-modules',
  tag,
  summary: 'List the modules that members may buy themselves',
  description:
    'Modules of the studio and of all studios that are sold online, by name. Who may buy which of them depends on the ' +
    'contract. Never paginated.',
  scopes: ['MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_READ'],
  response: list(AdditionalModule, 'The modules; empty when none is sold online.'),
})
