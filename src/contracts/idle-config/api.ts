import { Type } from 'typebox'
import { operation } from '../../platform/api/operation.ts'
import { pathId } from '../../platform/api/schema.ts'
import { IdlePeriodConfiguration } from './idle-config-schemas.ts'

export const getIdlePeriodConfig = operation({
  operationId: 'getIdlePeriodConfig',
  method: 'GET',
  path: '/v1/memberships/{contractId}/self-service/idle-periods/config',
  tag: 'Membership Self-service',
  summary: 'Read how a contract may pause',
  description:
    'By the rules with which the contract was signed; later changes of the studio do not reach it. Where members may not ' +
    'ask for a pause at present, the status is READ. A contract that was signed without such rules is answered with 404.',
  scopes: ['MEMBERSHIP_SELF_SERVICE_IDLE_PERIOD_CONFIG_READ'],
  params: Type.Object({ contractId: pathId('contract', 'A contract of the studio or of one of its customers.') }),
  response: IdlePeriodConfiguration,
  errors: { 404: ['errormessage.idlePolicy.notFound'] },
})
