import { type Static, Type } from 'typebox'
import { accessCodes } from './access.ts'
import { operation } from '../platform/api/operation.ts'
import { date, dateTime, id, int32, named, pathId, slicedResult, sliceQuery, text } from '../platform/api/schema.ts'

export const StudioUtilization = named(
  'StudioUtilization',
  Type.Object({
    capacity: Type.Optional(
      int32('How many members the studio admits at once; left out when it sets no limit.', { examples: [120] }),
    ),
    count: int32('Visitors in the studio right now: open visits, staff not counted. May exceed `capacity`.', {
      examples: [37],
    }),
  }),
)
export type StudioUtilization = Static<typeof StudioUtilization>

export const CustomerCheckin = named(
  'CustomerCheckin',
  Type.Object({
    checkinId: id('The visit.', { examples: [1_001] }),
    checkInDateTime: dateTime('When the visit began, in the zone of its studio.', '2026-06-15T10:15:30+02:00'),
    checkOutDateTime: Type.Optional(
      dateTime('When it ended; left out while the person is in.', '2026-06-15T11:45:00+02:00'),
    ),
    studioId: id('Where the visit took place.', { examples: [123] }),
    studioName: text('The name of that studio.', { examples: ['Example studio'] }),
  }),
)
export type CustomerCheckin = Static<typeof CustomerCheckin>

const byCustomer = Type.Object({ customerId: pathId('customer', 'The customer.') })
const history = {
  method: 'GET',
  scopes: ['CHECKIN_READ'],
  params: byCustomer,
  query: Type.Object({
    fromDate: Type.Optional(date('First day, by the calendar of the studio. Left out: a month before `toDate`.')),
    toDate: Type.Optional(
      date(
        'Last day, inclusive, at most 365 days later. Left out: today, or 365 days after `fromDate` if that is earlier.',
      ),
    ),
    ...sliceQuery(10, 1, 50).properties,
  }),
  response: slicedResult('CustomerCheckinSlicedResult', CustomerCheckin),
  errors: { 400: ['errormessage.validation.dateOrder', 'errormessage.validation.dateRangeTooLong'] },
} as const

export const getCustomersCheckinHistory = operation({
  ...history,
  operationId: 'getCustomersCheckinHistory',
  shed: 'BULK',
  path: '/v1/customers/{customerId}/activities/checkins',
  tag: 'Customers',
  summary: 'List the visits of a customer',
  description: 'Visits of this studio that began on the given days, oldest first.',
})

export const getCrossStudioCustomersCheckinHistory = operation({
  ...history,
  operationId: 'getCrossStudioCustomersCheckinHistory',
  shed: 'BULK',
  path: '/v1/cross-studio/customers/{customerId}/activities/checkins',
  tag: 'Cross Studio',
  summary: 'List the visits of a customer in all studios',
  description: 'Visits of every studio in which the integration is active that began on the given days, oldest first.',
})

const reported = { method: 'POST', tag: 'Customers', scopes: ['CHECKIN_WRITE'], params: byCustomer } as const
const reportable = 'at most 24 hours ago. Left out: now.'

export const checkInCustomer = operation({
  ...reported,
  operationId: 'checkInCustomer',
  emits: ['CUSTOMER_CHECKIN'],
  path: '/v1/customers/{customerId}/checkin',
  summary: 'Check a customer in',
  description:
    'For doors that only your system knows. The checks are those of a reader: 403 says why the door stays shut, 409 that the person is in already.',
  bodyOptional: true,
  inferred: true,
  body: named(
    'CustomerCheckinRequest',
    Type.Object({
      checkInDateTime: Type.Optional(dateTime(`When the person came, ${reportable}`, '2026-06-15T10:15:30+02:00')),
    }),
  ),
  response: CustomerCheckin,
  errors: {
    400: [
      'errormessage.validation.dateOrder',
      'errormessage.validation.mustNotBeFuture',
      'errormessage.visit.tooFarBack',
    ],
    403: accessCodes,
    409: ['errormessage.access.alreadyCheckedIn', 'errormessage.visit.overlap'],
  },
})

export const checkOutCustomer = operation({
  ...reported,
  operationId: 'checkOutCustomer',
  emits: ['CUSTOMER_CHECKOUT'],
  path: '/v1/customers/{customerId}/checkout',
  summary: 'Check a customer out',
  description: 'Ends the visit that is open in this studio; 409 when there is none.',
  bodyOptional: true,
  inferred: true,
  body: named(
    'CustomerCheckoutRequest',
    Type.Object({
      checkOutDateTime: Type.Optional(dateTime(`When the person left, ${reportable}`, '2026-06-15T11:45:00+02:00')),
    }),
  ),
  response: CustomerCheckin,
  errors: {
    400: [
      'errormessage.validation.dateOrder',
      'errormessage.validation.mustNotBeFuture',
      'errormessage.visit.tooFarBack',
    ],
    409: ['errormessage.access.notCheckedIn'],
  },
})

export const getUtilization = operation({
  operationId: 'getUtilization',
  method: 'GET',
  path: '/v1/studios/utilization',
  tag: 'Studios',
  summary: 'How full the studio is',
  description: 'Counts the visits that are open at this moment. The figure is exact and never cached.',
  scopes: ['STUDIO_READ'],
  response: StudioUtilization,
})
