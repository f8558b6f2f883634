import { Type } from 'typebox'
import { MembershipSwitchPreview } from '../../membership-offers/api.ts'
import { paymentRefusals, paymentSilences } from '../../payments/index.ts'
import type { ErrorCode } from '../../platform/errors/error-code.ts'
import { operation } from '../../platform/api/operation.ts'
import { id, list, pathId } from '../../platform/api/schema.ts'
import { MembershipSwitch, MembershipSwitchConfig, MembershipSwitchConfigExtended } from './switch-schemas.ts'

const tag = 'Memberships'
const scopes = ['MEMBERSHIP_READ']
const query = Type.Object({
  studioId: Type.Optional(
    id('The studio in which the customer switches; left out: the home studio. The integration must be active there.'),
  ),
})
const customerId = pathId('customer', 'A customer of the studio.')
const onlyHere = { 404: ['errormessage.studio.notFound'] } as const

export const getMembershipSwitchConfigurationsForCustomer = operation({
  operationId: 'getMembershipSwitchConfigurationsForCustomer',
  method: 'GET',
  path: '/v1/memberships/{customerId}/membership-switch/configs',
  tag,
  summary: 'List how a customer may change the membership',
  description:
    'Each switch that leads away from the present rate of a contract of the customer. A contract that has ended or is ' +
    'canceled, or whose cancelation waits for staff, does not count. Never paginated.',
  scopes,
  params: Type.Object({ customerId }),
  query,
  response: list(
    MembershipSwitchConfig,
    'The switches by name; empty when the customer has no contract that may change.',
  ),
  errors: onlyHere,
})

export const getMembershipSwitchConfigurationForCustomer = operation({
  operationId: 'getMembershipSwitchConfigurationForCustomer',
  method: 'GET',
  path: '/v1/memberships/{customerId}/membership-switch/configs/{configId}',
  tag,
  summary: 'Read to which offers a switch leads',
  description:
    'With the prices of the studio in which the customer switches. Offers need not be published; those that cannot be ' +
    'signed today are left out. A switch that the list does not show is unknown here.',
  scopes,
  params: Type.Object({ customerId, configId: pathId('membershipSwitchConfig', 'The switch.') }),
  query,
  response: MembershipSwitchConfigExtended,
  errors: onlyHere,
})

/** What a switch can be refused with, in the order of the rules. */
const switchRefusals = [
  'errormessage.membershipSwitch.sourceNotEligible',
  'errormessage.membershipSwitch.termNotDestination',
  'errormessage.membershipSwitch.startDateInvalid',
  'errormessage.membership.moduleNotFound',
  'errormessage.membership.moduleDuplicate',
  'errormessage.membership.tooManyModules',
  'errormessage.membership.ageNotAllowed',
] as const satisfies readonly ErrorCode[]
const unknown = ['errormessage.studio.notFound', 'errormessage.membershipSwitchConfig.notFound'] as const

const credit =
  'What the old contract has charged for days after its end is given back. The credit is a payment below 0, and lowers what ' +
  'is due on signing where the first fee of the new contract is due then; more than that stays on the account.'

export const postMembershipSwitchPreview = operation({
  operationId: 'postMembershipSwitchPreview',
  method: 'POST',
  path: '/v1/memberships/{customerId}/membership-switch/preview',
  tag,
  scopes,
  shed: 'BULK',
  summary: 'Ask what a switch would cost',
  description: `Nothing is stored. ${credit} The operator can set an integration to get plain numbers as amounts.`,
  params: Type.Object({ customerId }),
  query,
  body: MembershipSwitch,
  response: MembershipSwitchPreview,
  errors: { 400: switchRefusals, 404: unknown },
})

export const switchMembership = operation({
  operationId: 'switchMembership',
  method: 'POST',
  path: '/v1/memberships/{customerId}/membership-switch',
  tag,
  scopes: ['MEMBERSHIP_WRITE'],
  emits: [
    'CONTRACT_CANCELLED',
    'CONTRACT_UPDATED',
    'CONTRACT_ADDITIONAL_MODULE_CANCELLED',
    'CONTRACT_IDLE_PERIOD_CANCELLED',
    'CONTRACT_CREATED',
    'CUSTOMER_CHECKIN_STUDIOS_UPDATED',
    'CONTRACT_ADDITIONAL_MODULE_CREATED',
    'CONTRACT_ADDITIONAL_MODULE_UPDATED',
    'CUSTOMER_UPDATED',
  ],
  summary: 'Switch to another membership',
  description:
    'The old contract ends on the day before, with the modules that came with its offer. Modules that were bought later go ' +
    `over to the new contract where the studio says so, and end otherwise. ${credit} The rest is paid by ` +
    '`initialPaymentRequestToken`, which may be lower by the credit of the account. The customer goes on paying as before. ' +
    'The id of the new contract is in the header `X-Contract-Id`.',
  params: Type.Object({ customerId }),
  query,
  body: MembershipSwitch,
  errors: {
    400: [
      ...switchRefusals,
      'errormessage.membership.paymentChoiceNotAllowed',
      'errormessage.membership.initialPaymentMissing',
      ...paymentRefusals,
    ],
    404: unknown,
    503: paymentSilences,
  },
})
