import { type Static, Type } from 'typebox'
import { gender } from '../employees/api.ts'
import { added, date, described, flag, list, named, choice, text, trimmed, typed } from '../platform/api/schema.ts'
import { addressDetails } from './address-fields.ts'
import { AdditionalInformationFieldAssignment, Language } from './customer-schema.ts'

const optional = Type.Optional

const channels = ['LETTER', 'EMAIL', 'TEXT_MESSAGE', 'PHONE', 'FAX', 'CONVERSATION', 'CHAT', 'OTHER'] as const
const categories = ['CONTRACT', 'GENERAL', 'APPOINTMENT', 'NEWSLETTER', 'LOYALTY_PROGRAM'] as const

const CommunicationChannelWrapper = named(
  'CommunicationChannelWrapper',
  Type.Object({
    communicationChannel: choice(channels, 'The channel.', { examples: ['EMAIL'] }),
    customerOverridable: optional(flag('Whether the customer may choose; set by the studio, ignored in requests.')),
    active: optional(flag('Whether messages of this category may use the channel.')),
  }),
)

/** How a customer wants to be written to, per category; shared with the communication operations. */
export const CommunicationPreference = named(
  'CommunicationPreference',
  Type.Object({
    messageCategory: optional(choice(categories, 'Kind of message.', { examples: ['NEWSLETTER'] })),
    channels: optional(list(CommunicationChannelWrapper, 'The channels that are stated; others stay as they are.')),
  }),
)

const documentTypes = [
  'ID_CARD',
  'PASSPORT',
  'DRIVERS_LICENCE',
  'RESIDENCE_PERMIT',
  'NATIONAL_ID_NUMBER',
  'OTHERS',
] as const

const DocumentIdentification = named(
  'DocumentIdentification',
  Type.Object({
    documentNumber: trimmed('Number of the document.', 'L01X00T47'),
    documentType: choice(documentTypes, 'Kind of document.', { examples: ['PASSPORT'] }),
  }),
)

/** The person of `createCustomer` and of the sign-up for a membership. */
export const MembershipSignupCustomer = named(
  'MembershipSignupCustomer',
  Type.Object({
    thirdPartyId: optional(text('Your own id for this person; it must be new, so that a blind retry is refused.')),
    firstName: trimmed('Given name.', 'Mara'),
    secondFirstName: optional(trimmed('Second given name.', 'Luise')),
    lastName: trimmed('Family name.', 'Lindner'),
    secondLastName: optional(trimmed('Second family name.', 'Ortega')),
    dateOfBirth: date('Date of birth: not in the future, at most 120 years ago.', '1994-11-02'),
    email: trimmed('E-mail address.', 'mara@mail.example'),
    gender: optional(gender()),
    phoneNumberPrivate: optional(typed('Private phone, at least five digits.', '+49 30 5550117')),
    phoneNumberMobile: optional(typed('Mobile phone, at least five digits.', '+49 151 55501234')),
    street: trimmed('Street.', 'Lindenallee'),
    ...addressDetails,
    provinceCode: optional(
      text('Province or state by its ISO 3166-2 code without the country; its name follows from it.', {
        trim: true,
        examples: ['BB'],
        ...added,
      }),
    ),
    language: described(Language, 'Language for letters and messages.'),
    houseNumber: optional(trimmed('House number.', '12a')),
    city: trimmed('Town.', 'Berlin'),
    zipCode: typed('Postal code; its form depends on the country.', '10435'),
    countryCode: text('Country, ISO 3166-1 alpha-2.', { format: 'ISO 3166-1', trim: true, examples: ['DE'] }),
    communicationPreferences: optional(
      list(CommunicationPreference, 'Wishes that differ from what the studio sets for new customers.'),
    ),
    documentIdentification: optional(
      described(DocumentIdentification, 'An identity document; some countries ask for it or for `taxId`.'),
    ),
    paymentRequestToken: optional(text('Token of a payment session that collected the way to pay; usable once.')),
    additionalInformationFieldAssignments: optional(
      list(AdditionalInformationFieldAssignment, 'Values of the fields that the studio has defined.'),
    ),
    placeOfBirth: optional(trimmed('Place of birth; needed in Italy for persons born there.', 'Torino')),
    countryOfBirth: optional(trimmed('Country of birth, ISO 3166-1 alpha-2.', 'IT')),
    taxId: optional(trimmed('Tax number; Spain and Italy ask for it or for `documentIdentification`.', 'X4921087B')),
  }),
)
export type MembershipSignupCustomer = Static<typeof MembershipSignupCustomer>
