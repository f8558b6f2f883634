import { type Static, Type } from 'typebox'
import { AppointmentBookingRequest, appointmentRefusals } from '../appointments/api.ts'
import { classRefusals, ClassSlotBookingRequest } from '../classes/api.ts'
import { Instructor } from '../employees/api.ts'
import { operation } from '../platform/api/operation.ts'
import { plainDateTime, id, list, named, choice, pathId } from '../platform/api/schema.ts'

const optional = Type.Optional

const { classSlotId } = ClassSlotBookingRequest.properties
export const ClassSlotHoldRequest = named('ClassSlotHoldRequest', Type.Object({ classSlotId }))

const { customerId: _nobody, ...time } = AppointmentBookingRequest.properties
export const AppointmentHoldRequest = named('AppointmentHoldRequest', Type.Object(time))
export type AppointmentHoldRequest = Static<typeof AppointmentHoldRequest>

export const Hold = named(
  'Hold',
  Type.Object({
    holdId: id('The hold; a booking that uses it has this id too.', { examples: [1000000913] }),
    status: choice(
      ['ACTIVE', 'EXPIRED', 'RELEASED', 'USED'],
      'Whether the seat or time is held. `RELEASED` by you, or by the studio when it canceled the slot.',
      { examples: ['ACTIVE'] },
    ),
    expiresAt: plainDateTime('Until when the seat or time is held, this moment included.'),
    classSlotId: optional(id('The slot in which a seat is held.', { examples: [1000000733] })),
    bookableAppointmentId: optional(id('The service for which a time is held.', { examples: [1000000610] })),
    startDateTime: plainDateTime('Start of what is held.'),
    endDateTime: plainDateTime('Its end.', '2026-06-15T19:00:00.000+02:00'),
    instructors: optional(list(Instructor, 'Who is held for an appointment; empty when it needs nobody.')),
  }),
)
export type Hold = Static<typeof Hold>

const scopes = ['TRIAL_OFFER_WRITE']
const ofNobody =
  'For 10 minutes the seat or time is taken for everybody; book with the `holdId` to get it. No customer is needed yet, so that ' +
  'a lead is created only when there is something to book. Refused like a trial booking, by whatever does not depend on ' +
  'the customer; the integration may have 20 holds at once in a studio. No webhook event.'

export const holdClassSlot = operation({
  operationId: 'holdClassSlot',
  method: 'POST',
  path: '/ext/v1/holds/classes',
  tag: 'Palestra',
  summary: 'Hold a seat of a class to try',
  description: `${ofNobody} A full slot is refused, also where it has a waiting list.`,
  scopes,
  body: ClassSlotHoldRequest,
  response: Hold,
  errors: { 400: [...classRefusals, 'errormessage.hold.limitReached'], 404: ['errormessage.classSlot.notFound'] },
})

export const holdAppointment = operation({
  operationId: 'holdAppointment',
  method: 'POST',
  path: '/ext/v1/holds/appointments',
  tag: 'Palestra',
  summary: 'Hold a time of an appointment to try',
  description: `${ofNobody} Instructor, room and devices are those that a booking would get now.`,
  scopes,
  body: AppointmentHoldRequest,
  response: Hold,
  errors: {
    400: [...appointmentRefusals, 'errormessage.hold.limitReached'],
    404: ['errormessage.bookableAppointment.notFound'],
  },
})

const holdParams = Type.Object({ holdId: pathId('hold', 'A hold of this integration in this studio.') })

export const getHold = operation({
  operationId: 'getHold',
  method: 'GET',
  path: '/ext/v1/holds/{holdId}',
  tag: 'Palestra',
  summary: 'Read a hold',
  description: 'Where it stands now, also when it has ended.',
  scopes: ['TRIAL_OFFER_READ', 'TRIAL_OFFER_WRITE'],
  params: holdParams,
  response: Hold,
})

export const releaseHold = operation({
  operationId: 'releaseHold',
  method: 'DELETE',
  path: '/ext/v1/holds/{holdId}',
  tag: 'Palestra',
  summary: 'Give a held seat or time back',
  description:
    'Who waits for the seat gets it first. Repeating it, or releasing what has expired, changes nothing; a hold that ' +
    'was booked is answered with 400: cancel the booking.',
  scopes,
  params: holdParams,
  response: Hold,
  errors: { 400: ['errormessage.hold.used'] },
})
