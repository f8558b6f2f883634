import { type Static, Type } from 'typebox'
import { AppointmentBookingRequest, BookableAppointment } from '../appointments/api.ts'
import { Class, ClassSlotBookingRequest } from '../classes/api.ts'
import { leadCustomerFields, modeFields } from '../leads/api.ts'
import { added, described, flag, id, int32, named, choice, trimmed, typed } from '../platform/api/schema.ts'
import { Term, TermWithMinutes } from '../platform/api/values.ts'

const optional = Type.Optional

const holdId = optional(
  id('A hold of this slot or time, made by this integration: its seat or time becomes the booking.', {
    examples: [1000000913],
    ...added,
  }),
)

export const TrialClassSlotBookingRequest = named(
  'TrialClassSlotBookingRequest',
  Type.Object({ ...ClassSlotBookingRequest.properties, holdId }),
)
export type TrialClassSlotBookingRequest = Static<typeof TrialClassSlotBookingRequest>

export const TrialAppointmentBookingRequest = named(
  'TrialAppointmentBookingRequest',
  Type.Object({ ...AppointmentBookingRequest.properties, holdId }),
)
export type TrialAppointmentBookingRequest = Static<typeof TrialAppointmentBookingRequest>

const TrialOfferLeadDataConfig = named(
  'TrialOfferLeadDataConfig',
  Type.Object({
    trialOfferLeadDataConfigId: id('This set of modes.', { examples: [1000000402] }),
    ...modeFields,
  }),
)

export const TrialOfferConfig = named(
  'TrialOfferConfig',
  Type.Object({
    id: id('The config.', { examples: [1000000401] }),
    name: trimmed('Name of the offer.', 'Trial week'),
    preventMultipleBookingsTerm: described(Term, 'Minimum distance between two trials of one person; value 0 = none.'),
    contingent: int32('How many trials one person may book.', { examples: [2] }),
    confirmationOfBookingTerm: optional(
      described(
        TermWithMinutes,
        'How long before its start a trial must be confirmed; left out when no confirmation is asked for.',
      ),
    ),
    allowBookingForLeads: flag('Whether any prospect may book, not only those created for this offer.'),
    leadDataConfig: described(TrialOfferLeadDataConfig, 'What to ask a prospect for, beside names and e-mail.'),
  }),
)
export type TrialOfferConfig = Static<typeof TrialOfferConfig>

const trialOfferConfigId = id('The config under which it is offered.', { examples: [1000000401] })

export const TrialOfferClass = named(
  'TrialOfferClass',
  Type.Object({
    trialOfferConfigId,
    trialOfferClass: described(Class, 'The class that may be tried.'),
    id: optional(id('The class.', { examples: [1000000512] })),
  }),
)

export const BookableTrialOfferAppointment = named(
  'BookableTrialOfferAppointment',
  Type.Object({
    trialOfferConfigId,
    trialOfferBookableAppointment: described(BookableAppointment, 'The service that may be tried.'),
    id: optional(id('The bookable appointment.', { examples: [1000000610] })),
  }),
)

export const BookingConfirmationResult = named(
  'BookingConfirmationResult',
  Type.Object({
    status: choice(['CONFIRMED', 'EXPIRED'], '`EXPIRED` when the deadline has passed: the booking is canceled.', {
      examples: ['CONFIRMED'],
    }),
  }),
)

const LeadCustomerAddressData = named(
  'LeadCustomerAddressData',
  Type.Object(
    {
      street: trimmed('Street.', 'Lindenallee'),
      houseNumber: optional(trimmed('House number.', '12a')),
      zipCode: typed('Postal code, in the form of the country of the studio.', '10435'),
      city: trimmed('Town.', 'Berlin'),
    },
    { emptyIsAbsent: true },
  ),
)

const LeadCustomerData = named(
  'LeadCustomerData',
  Type.Object({
    ...leadCustomerFields,
    address: optional(described(LeadCustomerAddressData, 'Where the person lives, in the country of the studio.')),
  }),
)

export const TrialOfferLeadCustomerCreationRequest = named(
  'TrialOfferLeadCustomerCreationRequest',
  Type.Object({
    trialOfferConfigId: id('The active trial offer that the person comes for.', { examples: [1000000401] }),
    leadCustomerData: described(LeadCustomerData, 'The person.'),
  }),
)
export type TrialOfferLeadCustomerCreationRequest = Static<typeof TrialOfferLeadCustomerCreationRequest>

export const TrialOfferLeadCustomerCreationResult = named(
  'TrialOfferLeadCustomerCreationResult',
  Type.Object({
    leadCustomerId: optional(id('The customer to book trials for.', { examples: [1000000101] })),
  }),
)

export const TrialOfferLeadCustomerCreationValidationResult = named(
  'TrialOfferLeadCustomerCreationValidationResult',
  Type.Object({
    validationStatus: choice(['POSSIBLE', 'INVALID_LEAD_CUSTOMER_DATA', 'DUPLICATE_CUSTOMER'], 'The outcome.', {
      examples: ['POSSIBLE'],
    }),
  }),
)
