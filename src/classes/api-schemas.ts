import { type Static, Type } from 'typebox'
import { refusalCodes } from '../bookings/index.ts'
import { Instructor } from '../employees/api.ts'
import { added, dateTime, described, flag, id, int32, list, named, choice, text } from '../platform/api/schema.ts'

const optional = Type.Optional

const termUnits = ['MINUTES', 'HOURS', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const

const cancelCondition = Type.Object(
  {
    cancelationAfterLatestPossible: optional(
      flag('Whether members may still cancel after the deadline, at the price of the used credit.'),
    ),
    latestCancelTerm: optional(
      Type.Object(
        {
          value: int32('Number of units.', { examples: [2] }),
          unit: choice(termUnits, 'Unit of the span.', { examples: ['HOURS'] }),
        },
        { description: 'How long before the start of a slot cancelation ends.' },
      ),
    ),
  },
  { description: 'Until when a booking can be canceled; left out when there is no deadline.' },
)

export const Class = named(
  'Class',
  Type.Object({
    id: id('The class.', { examples: [1000000512] }),
    title: optional(text('Title as shown to members.', { examples: ['Morning yoga'] })),
    type: optional(choice(['STUDIO', 'STREAM'], 'Held in the studio or streamed.', { examples: ['STUDIO'] })),
    duration: optional(int32('Usual length in minutes; a slot may differ.', { examples: [60] })),
    category: optional(text('Category of the class.', { examples: ['Mind & Body'] })),
    description: optional(text('What happens in the class, for members.')),
    imgUrl: optional(text('Link to the picture of the class.')),
    bookable: flag('False for a class that is shown but takes no bookings.'),
    cancelCondition: optional(cancelCondition),
  }),
)

export type Class = Static<typeof Class>

export const Location = named(
  'Location',
  Type.Object({
    id: id('The room.', { examples: [1000000207] }),
    name: text('Name of the room.', { examples: ['Hall 2'] }),
    description: optional(text('How to find it, or what it offers.', { examples: ['First floor, left'] })),
  }),
)

export type Location = Static<typeof Location>

const slotStatuses = ['PLANNED', 'CANCELED', 'COMPLETED'] as const

const classInformation = Type.Object(
  {
    id: id('The class.', { examples: [1000000512] }),
    title: optional(text('Title of the class.', { examples: ['Morning yoga'] })),
  },
  { description: 'The class that this slot belongs to.' },
)

export const ClassSlot = named(
  'ClassSlot',
  Type.Object({
    id: id('The slot: one date of the class.', { examples: [1000000733] }),
    startDateTime: optional(dateTime('Start.')),
    endDateTime: optional(dateTime('End.', '2026-06-15T19:00:00.000+02:00[Europe/Berlin]')),
    instructors: optional(list(Instructor, 'Who holds the slot; a stand-in is named instead of the regular one.')),
    location: optional(described(Location, 'The room; left out for streamed classes.')),
    earliestBookingDateTime: optional(
      dateTime(
        'When booking opens; left out when it is open at any time.',
        '2026-06-08T00:00:00.000+02:00[Europe/Berlin]',
      ),
    ),
    latestBookingDateTime: optional(dateTime('Last moment for booking; the start when no other limit is set.')),
    maxParticipants: optional(int32('Seats; left out when there is no limit.', { examples: [20] })),
    maxWaitingListParticipants: optional(int32('Positions on the waiting list.', { examples: [5] })),
    bookedParticipants: optional(int32('Seats taken by bookings, unconfirmed ones included.', { examples: [17] })),
    additionalParticipants: int32(
      'Seats taken without a booking. Free = `maxParticipants` - `bookedParticipants` - this; below zero when overbooked.',
      { examples: [2] },
    ),
    waitingListParticipants: optional(int32('Customers waiting for a seat.', { examples: [0] })),
    classInformation: optional(classInformation),
    status: optional(
      choice(slotStatuses, 'Where the slot stands; only with `includeCanceled`.', { examples: ['PLANNED'], ...added }),
    ),
    freePlaces: optional(
      int32('Seats that nobody has taken, 0 of a slot that is canceled or over; only with `includeCanceled`.', {
        examples: [1],
        ...added,
      }),
    ),
  }),
)

export type ClassSlot = Static<typeof ClassSlot>

export const ClassSlotBookingRequest = named(
  'ClassSlotBookingRequest',
  Type.Object({
    customerId: id('Who takes part.', { examples: [1000000101] }),
    classSlotId: id('The slot to book.', { examples: [1000000733] }),
  }),
)

const bookingStatuses = ['BOOKED', 'BOOKED_WITH_CONFIRMATION_REQUIRED', 'WAITING_LIST', 'CANCELED'] as const

export const ClassSlotBookingResult = named(
  'ClassSlotBookingResult',
  Type.Object({
    bookingId: id('The booking.', { examples: [1000000911] }),
    bookingStatus: choice(bookingStatuses, 'Where the booking stands.', { examples: ['BOOKED'] }),
    waitingListPosition: optional(
      int32('Position in the queue, 1 is the next; only of a waiting booking.', { examples: [2], ...added }),
    ),
    classSlotId: id('The booked slot.', { examples: [1000000733] }),
    classId: id('The class of the slot.', { examples: [1000000512] }),
    customerId: id('Who takes part.', { examples: [1000000101] }),
    classSlotStatus: choice(slotStatuses, 'Where the slot itself stands.', {
      examples: ['PLANNED'],
    }),
    participantStatus: choice(
      ['PARTICIPATING', 'NOT_PARTICIPATING', 'UNSET'],
      'Whether the customer took part; `UNSET` until that is known.',
      { examples: ['UNSET'] },
    ),
  }),
)

export type ClassSlotBookingResult = Static<typeof ClassSlotBookingResult>

/** In the order of the original API, not the order in which they are tested. */
const validationStatuses = [
  'AVAILABLE',
  'NO_CONTINGENT',
  'BOOKING_LIMIT_REACHED',
  'CUSTOMER_ALREADY_BOOKED',
  'CUSTOMER_IDLE',
  'CUSTOMER_IN_OTHER_BOOKING',
  'DISPLAY_ONLY',
  'DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME',
  'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME',
  'STUDIO_CLOSED',
  'NOT_AVAILABLE',
] as const

/** What a booking is refused with. */
export const classRefusals = refusalCodes(validationStatuses)

export const ClassSlotBookingValidationResult = named(
  'ClassSlotBookingValidationResult',
  Type.Object({
    validationStatus: choice(
      validationStatuses,
      'The first reason against a booking, or `AVAILABLE` for a seat or a position in the queue.',
      { examples: ['AVAILABLE'] },
    ),
    details: optional(
      list(choice(validationStatuses, 'A reason.'), 'All reasons against a booking, the first one first.', added),
    ),
    alternatives: optional(
      list(ClassSlot, 'Slots of the class that have a seat for this customer, up to 3, the nearest first.', added),
    ),
  }),
)

/** What lists of slots show besides. */
export const slotStateQuery = {
  includeCanceled: flag('Whether canceled slots are shown too; every slot then names its `status` and `freePlaces`.', {
    default: false,
    ...added,
  }),
}

export type ClassSlotBookingValidationResult = Static<typeof ClassSlotBookingValidationResult>
