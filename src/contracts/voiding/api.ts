import { Type } from 'typebox'
import { operation } from '../../platform/api/operation.ts'
import { pathId } from '../../platform/api/schema.ts'
import { VoidResult } from '../../platform/api/values.ts'

export const withdrawContract = operation({
  operationId: 'withdrawContract',
  method: 'POST',
  path: '/v1/memberships/{customerId}/self-service/contract-withdrawal/{contractId}',
  tag: 'Membership Self-service',
  scopes: ['MEMBERSHIP_SELF_SERVICE_WRITE'],
  summary: 'Take the signing of a contract back',
  description:
    'Members may do so within the days that the studio grants after the one of signing: 14 unless it has set others. All that ' +
    'the contract was to cost is given back, its modules and pauses end, and it entitles to nothing any more. Days that were ' +
    'used are charged only where the studio says so. A contract that had replaced another one by a switch gives way to it ' +
    'again. What was booked stays as credit of the account. A body is ignored.',
  params: Type.Object({
    customerId: pathId('customer', 'A customer of the studio.'),
    contractId: pathId('contract', 'A main contract of the customer.'),
  }),
  response: VoidResult,
  emits: [
    'CONTRACT_REVERSED',
    'CONTRACT_ADDITIONAL_MODULE_DELETED',
    'CONTRACT_IDLE_PERIOD_CANCELLED',
    'CONTRACT_UPDATED',
    'CONTRACT_ADDITIONAL_MODULE_UPDATED',
    'CONTRACT_ADDITIONAL_MODULE_CREATED',
    'CUSTOMER_UPDATED',
  ],
  errors: {
    400: ['errormessage.contract.withdrawalPeriodOver', 'errormessage.account.claimInDebtCollection'],
  },
})
