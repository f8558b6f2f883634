import { Type } from 'typebox'
import { operation } from '../../platform/api/operation.ts'
import { id, list, pathId } from '../../platform/api/schema.ts'
import { MembershipSwitchConfig, MembershipSwitchConfigExtended } from './switch-schemas.ts'

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
