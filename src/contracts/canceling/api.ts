import { Type } from 'typebox'
import { operation } from '../../platform/api/operation.ts'
import { date, id, named, pathId } from '../../platform/api/schema.ts'
import { VoidResult } from '../../platform/api/values.ts'

const common = { tag: 'Membership Self-service', scopes: ['MEMBERSHIP_SELF_SERVICE_WRITE'], method: 'POST' } as const
const customerId = pathId('customer', 'A customer of the studio.')
const mode =
  'The operator sets per studio whether members may do this at all, and whether it takes effect at once or when the staff ' +
  'have agreed; what only waits sends no event.'

const Cancelation = named(
  'MembershipSelfServiceMainContractCancelation',
  Type.Object({
    contractId: id('A main contract of the customer.', { examples: [1000] }),
    cancelationDate: date(
      'The last day: one of `availableCancelationDates` of the contract data of today.',
      '2027-01-31',
    ),
    cancelationReasonId: id('One of the reasons with which members may cancel.', { examples: [1234] }),
  }),
)

export const createContractCancelationAmendment = operation({
  operationId: 'createContractCancelationAmendment',
  ...common,
  path: '/v1/memberships/{customerId}/self-service/ordinary-contract-cancelation',
  summary: 'Cancel a contract of a customer',
  description:
    'The contract ends on that day, its modules end then at the latest, charges of later days are given up, and pauses that ' +
    'would begin later are taken back. The same request again changes nothing; any other one is a conflict while the contract ' +
    `is canceled or its cancelation waits. A refused date names the days that can be chosen in \`args\`. ${mode}`,
  params: Type.Object({ customerId }),
  body: Cancelation,
  response: VoidResult,
  emits: ['CONTRACT_CANCELLED', 'CONTRACT_ADDITIONAL_MODULE_CANCELLED', 'CONTRACT_IDLE_PERIOD_CANCELLED'],
  errors: {
    400: [
      'errormessage.contract.cancelationReasonInvalid',
      'errormessage.contract.ended',
      'errormessage.contract.cancelationDateInvalid',
    ],
    403: ['errormessage.selfService.readOnly'],
    404: ['errormessage.contract.notFound'],
    409: ['errormessage.contract.cancelationExists'],
  },
})

export const withdrawContractCancelation = operation({
  operationId: 'withdrawContractCancelation',
  ...common,
  path: '/v1/memberships/{customerId}/self-service/withdraw-ordinary-contract-cancelation/{contractId}',
  summary: 'Take the cancelation of a contract back',
  description:
    'What the member has canceled can be taken back until the last day; what the studio has canceled cannot. The contract goes ' +
    'on as if it had not been canceled, over deadlines that have passed meanwhile, with its modules and charges; pauses that ' +
    `were taken back stay so. A cancelation that waits for the staff is taken back at once. ${mode}`,
  params: Type.Object({ customerId, contractId: pathId('contract', 'A main contract of the customer.') }),
  response: VoidResult,
  emits: ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_CREATED'],
  errors: {
    400: ['errormessage.contract.cancelationNotFound', 'errormessage.contract.cancelationNotWithdrawable'],
    403: ['errormessage.selfService.readOnly'],
  },
})
