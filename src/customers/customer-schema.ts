import { type Static, Type } from 'typebox'
import { gender } from '../employees/api.ts'
import { date, dateTime, described, flag, id, list, named, choice, text, trimmed } from '../platform/api/schema.ts'
import { addressDetails } from './address-fields.ts'

const optional = Type.Optional

export const Language = named(
  'Language',
  Type.Object({
    languageCode: text('Language, ISO 639-1.', { format: 'ISO 639-1', examples: ['de'] }),
    countryCode: optional(text('Regional variant, ISO 3166-1 alpha-2.', { format: 'ISO 3166-1', examples: ['AT'] })),
  }),
)

export const AdditionalInformationFieldAssignment = named(
  'AdditionalInformationFieldAssignment',
  Type.Object({
    additionalInformationFieldId: id('The field that the studio has defined.', { examples: [1000000041] }),
    value: text('Its value for this customer, as text.', { examples: ['L'] }),
  }),
)

const SimpleContract = named(
  'SimpleContract',
  Type.Object({
    id: id('The contract.', { examples: [1000000820] }),
    rateName: text('Name of its rate.', { examples: ['Flex 12'] }),
  }),
)

const CustomerIdlePeriod = named(
  'CustomerIdlePeriod',
  Type.Object({
    id: id('The idle period.', { examples: [1000000850] }),
    startDate: date('First idle day.', '2026-08-01'),
    endDate: date('Last idle day; the end of the contract when the period has no end of its own.', '2026-08-31'),
    reason: optional(text('Why the membership rests.', { examples: ['Travel'] })),
    contract: optional(described(SimpleContract, 'The contract that rests.')),
    unlimited: flag('Whether the period goes on until it is ended.'),
  }),
)

const BankAccount = named(
  'BankAccount',
  Type.Object({
    accountHolder: optional(text('Account holder.', { examples: ['Mara Lindner'] })),
    bankName: optional(text('Name of the bank.', { examples: ['Musterbank'] })),
    bic: optional(text('BIC of the bank.', { examples: ['MUSTDEFFXXX'] })),
    iban: optional(text('IBAN without spaces.', { examples: ['DE02120300000000202051'] })),
  }),
)

export const AccessRestriction = named(
  'AccessRestriction',
  Type.Object({
    reason: text('Why access is refused.', { examples: ['Unpaid fees'] }),
    startDate: optional(date('First day in force; from now on when left out.')),
    endDate: optional(date('Last day in force; without end when left out.', '2026-07-15')),
  }),
)

const mediumTypes = ['CARD_NUMBER', 'PIN', 'BARCODE', 'WALLET_PASS'] as const

export const AccessMediumDto = named(
  'AccessMediumDto',
  Type.Object({
    id: optional(id('The access medium.', { examples: [1000000130] })),
    type: optional(choice(mediumTypes, 'Kind of medium.', { examples: ['CARD_NUMBER'] })),
    value: optional(text('What a reader sees; card numbers in the requested format.', { examples: ['2864434397'] })),
  }),
)

/** How card numbers are written, in the request and in the answer. The stored number is the same in every format. */
export const CardNumberFormat = named(
  'CardNumberFormat',
  choice(
    ['DECIMAL', 'HEX_MSB', 'HEX_LSB'],
    'How card numbers are written: decimal, or hexadecimal with the most or the least significant byte first.',
    {
      default: 'DECIMAL',
    },
  ),
)
export type CardNumberFormat = Static<typeof CardNumberFormat>

const person = {
  id: id('The customer.', { examples: [1000000101] }),
  customerNumber: optional(text('Number given by the home studio; it never changes.', { examples: ['1-10027'] })),
  firstName: optional(text('Given name.', { examples: ['Mara'] })),
  lastName: optional(text('Family name.', { examples: ['Lindner'] })),
  dateOfBirth: optional(date('Date of birth.', '1994-11-02')),
  email: optional(text('E-mail address.', { examples: ['mara@mail.example'] })),
  gender: optional(gender()),
  street: optional(text('Street.', { examples: ['Lindenallee'] })),
  houseNumber: optional(text('House number, always text.', { examples: ['12a'] })),
  zipCode: optional(text('Postal code.', { examples: ['10435'] })),
  city: optional(text('Town.', { examples: ['Berlin'] })),
  country: optional(text('Country, ISO 3166-1 alpha-2.', { format: 'ISO 3166-1', examples: ['DE'] })),
}

const phones = {
  phonePrivate: optional(text('Private phone.', { examples: ['+49 30 5550117'] })),
  phonePrivateMobile: optional(text('Private mobile phone.', { examples: ['+49 151 55501234'] })),
  phoneBusiness: optional(text('Business phone.')),
  phoneBusinessMobile: optional(text('Business mobile phone.')),
}

const phases = ['MEMBER', 'PROSPECT', 'FORMER_MEMBER'] as const

export const Customer = named(
  'Customer',
  Type.Object({
    ...person,
    status: choice(phases, 'Computed from the contracts, as of today in the home studio.', { examples: ['MEMBER'] }),
    cardNumbers: optional(
      list(text('A card number.'), 'Active card numbers in the requested format; `accessMediums` has more.', {
        deprecated: true,
      }),
    ),
    imageUrl: optional(text('Link to the portrait; it expires after 15 minutes. Left out without one.')),
    ...phones,
    idlePeriods: optional(list(CustomerIdlePeriod, 'Accepted idle periods of all contracts, ordered by start.')),
    bankAccount: optional(described(BankAccount, 'Account that is debited; left out for other ways to pay.')),
    accessRefusal: flag('Whether a restriction is in force today, so that doors stay closed.'),
    accessRestrictions: optional(list(AccessRestriction, 'Restrictions in force or still to come, ordered by start.')),
    uuid: optional(
      text('Random identifier that never changes.', { examples: ['5f0f1c1e-6a53-4d0e-9d1b-2a7f6f1f4a10'] }),
    ),
    referralCode: optional(text('Code to hand on when recruiting friends.', { examples: ['7K2QX'] })),
    studioId: optional(id('Home studio.', { examples: [1000000003] })),
    preferredLanguage: optional(described(Language, 'Language for letters and messages.')),
    additionalInformationFieldAssignments: optional(
      list(AdditionalInformationFieldAssignment, 'Values of the fields that the studio has defined.'),
    ),
    thirdPartyId: optional(text('Your own id for this customer; other integrations do not see it.')),
    accessMediums: optional(list(AccessMediumDto, 'Cards, PINs and codes that open doors now.')),
    secondFirstName: optional(trimmed('Second given name.', 'Luise')),
    secondLastName: optional(trimmed('Second family name.', 'Ortega')),
    ...addressDetails,
    createdDateTime: optional(
      dateTime(
        'When the customer was created, in the zone of the home studio.',
        '2025-09-01T11:20:05.123+02:00[Europe/Berlin]',
      ),
    ),
  }),
)
export type Customer = Static<typeof Customer>
