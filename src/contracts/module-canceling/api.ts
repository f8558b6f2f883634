import { Type } from 'typebox'
import { operation } from '../../platform/api/operation.ts'
import { date, id, named, pathId } from '../../platform/api/schema.ts'
import { VoidResult } from '../../platform/api/values.ts'

const shared = {
  tag: 'Membership Self-service',
  scopes: ['MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_CONTRACT_WRITE'],
  params: Type.Object({
    contractId: pathId('contract', 'A contract of the studio or of one of its customers.'),
    additionalModuleContractId: pathId('moduleContract', 'A module contract of this contract.'),
  }),
  response: VoidResult,
}
const readOnly = ['errormessage.selfService.readOnly'] as const

export const createModuleContractCancelationAmendment = operation({
  operationId: 'createModuleContractCancelationAmendment',
  method: 'POST',
  path: '/v1/memberships/{contractId}/self-service/additional-module-contracts/{additionalModuleContractId}/ordinary-cancelation',
  ...shared,
  summary: 'Cancel a module contract',
  description:
    'To one of the days that the module contract offers today. It takes effect at once, or waits for the staff, as the ' +
    'studio has configured. Asking for the same again changes nothing.',
  emits: ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_CANCELLED'],
  body: named(
    'AdditionalModuleContractCancelation',
    Type.Object({
      cancelationDate: date('The last day.'),
      cancelationReasonId: id('Why; one of the reasons that members may choose.', { examples: [1000008501] }),
    }),
  ),
  errors: {
    400: [
      'errormessage.contract.cancelationReasonInvalid',
      'errormessage.contract.ended',
      'errormessage.contract.cancelationDateInvalid',
    ],
    403: readOnly,
    409: ['errormessage.contract.cancelationExists'],
  },
})

export const withdrawAdditionalModuleContractCancelation = operation({
  operationId: 'withdrawAdditionalModuleContractCancelation',
  method: 'POST',
  path: '/v1/memberships/{contractId}/self-service/additional-module-contracts/{additionalModuleContractId}/withdraw-cancelation',
  ...shared,
  summary: 'Take the cancelation of a module contract back',
  description:
    'Only what the member has wished, until the last day, and only while the contract itself lasts longer. A cancelation ' +
    'that waits for the staff is gone at once. One in effect is gone at once, or its withdrawal waits for the staff.',
  emits: ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_CREATED'],
  errors: {
    400: ['errormessage.contract.cancelationNotFound', 'errormessage.contract.cancelationNotWithdrawable'],
    403: readOnly,
  },
})
