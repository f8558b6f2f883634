import { Type } from 'typebox'
import { AdditionalModule } from '../../membership-offers/api.ts'
import { operation } from '../../platform/api/operation.ts'
import { list, pathId } from '../../platform/api/schema.ts'

export const getPurchasableAdditionalModules = operation({
  operationId: 'getPurchasableAdditionalModules',
  method: 'GET',
  path: '/v1/memberships/{contractId}/self-service/additional-modules/purchasable',
  tag: 'Membership Self-service',
  summary: 'List the modules that can be bought to a contract',
  description:
    'Of the modules that are sold online those that fit the contract today: its rate may have them, it has none of them ' +
    'already, and it has not ended and is not canceled before the module would end. The trial is left out for a customer ' +
    'who had it before. Never paginated.',
  scopes: ['MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_READ'],
  params: Type.Object({ contractId: pathId('contract', 'A contract of the studio or of one of its customers.') }),
  response: list(AdditionalModule, 'The modules by name; empty when none can be bought.'),
})
