import { Type } from 'typebox'
import { operation } from '../../platform/api/operation.ts'
import { date, id, named, pathId, text } from '../../platform/api/schema.ts'

const StudioSwitchRequest = named(
  'OpenApiV1CustomerStudioSwitchRequestDto',
  Type.Object({
    targetStudioId: id('The studio that the customer shall belong to.', { examples: [1000000004] }),
    switchDate: date('From when on, at most three months ago and not in the future.', '2026-06-01'),
    description: Type.Optional(text('What the staff should know of the move.', { examples: ['Moved house.'] })),
  }),
)

export const switchStudio = operation({
  operationId: 'switchStudio',
  method: 'POST',
  path: '/v1/customers/{customerId}/switch-studio',
  tag: 'Customers',
  summary: 'Move a customer to another studio of the organisation',
  description:
    'Both studios must share legal entity, currency and taxes. Ids, customer number, cards, visits, bookings and documents ' +
    'stay as they are. Afterwards the customer is found with a key of the target studio only; the same call again within ' +
    'a day is answered like the first one.',
  scopes: ['CUSTOMER_WRITE'],
  emits: ['CUSTOMER_HOME_STUDIO_UPDATED'],
  params: Type.Object({ customerId: pathId('customer', 'A customer of the studio of the key.') }),
  body: StudioSwitchRequest,
  errors: {
    400: [
      'errormessage.studioSwitch.beforePreviousSwitch',
      'errormessage.studioSwitch.currencyDiffers',
      'errormessage.studioSwitch.dateInFuture',
      'errormessage.studioSwitch.dateTooOld',
      'errormessage.studioSwitch.legalEntityDiffers',
      'errormessage.studioSwitch.sameStudio',
      'errormessage.studioSwitch.taxConfigurationDiffers',
    ],
    404: ['errormessage.studioSwitch.targetNotFound'],
  },
})
