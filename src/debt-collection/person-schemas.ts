import { type Static, Type } from 'typebox'
import { choice, date, described, flag, int32, id, list, named, text } from '../platform/api/schema.ts'

const optional = Type.Optional

const ContactStatus = named(
  'ContactStatus',
  Type.Object({
    type: choice(
      [
        'NO_EMAIL',
        'NOT_YET_USED',
        'VALIDATION_IN_PROGRESS',
        'VALID',
        'VALID_READ',
        'INVALID',
        'WARNING',
        'REFUSED',
        'REFUSED_FULL',
        'REFUSED_VIRUS',
      ],
      'Whether mails arrive.',
    ),
    statusInformation: optional(text('What the mail server said.')),
  }),
)

const ContactDetails = named(
  'ContactDetails',
  Type.Object({
    type: choice(
      ['TEL_PRIVATE', 'TEL_PRIVATE_MOBILE', 'TEL_BUSINESS', 'TEL_BUSINESS_MOBILE', 'FAX', 'EMAIL'],
      'What it is.',
    ),
    value: text('Number or address.', { examples: ['+49 30 901820'] }),
    status: optional(described(ContactStatus, 'Of a mail address.')),
  }),
)
export type ContactDetails = Static<typeof ContactDetails>

const AddressStatus = named(
  'AddressStatus',
  Type.Object({
    type: choice(['VALID', 'INVALID'], 'Whether letters arrive.'),
    statusInformation: optional(text('Why not.')),
    since: optional(date('Since when.')),
  }),
)

const AddressDetails = named(
  'AddressDetails',
  Type.Object({
    street: optional(text('The street alone.', { examples: ['Kastanienallee'] })),
    houseNumber: optional(text('The number alone.', { examples: ['83'] })),
    addressStatus: optional(described(AddressStatus, 'Whether letters arrive, as of now.')),
  }),
)

const PaymentDetails = named(
  'PaymentDetails',
  Type.Object({
    accountNumber: optional(text('The account without its bank.')),
    bankCode: optional(text('The bank without its country.')),
    iban: optional(text('The whole account.', { examples: ['DE89370400440532013000'] })),
    bic: optional(text('The bank, internationally.', { examples: ['DEUTDEFFXXX'] })),
    bank: text('The bank; empty where it is not known.', { examples: ['Deutsche Bank'] }),
    bankCountryCode: optional(text('ISO 3166-1 code of the country of the bank.', { examples: ['DE'] })),
    accountHolder: optional(text('Who owns the account.')),
  }),
)
export type PaymentDetails = Static<typeof PaymentDetails>

const address = {
  postalCode: text('Empty where it is not known.', { examples: ['10435'] }),
  city: text('Empty where it is not known.', { examples: ['Berlin'] }),
  countryCode: optional(text('ISO 3166-1 code.', { examples: ['DE'] })),
  country: optional(text('The country by its name.', { examples: ['Deutschland'] })),
  addressLine1: optional(text('Street and number, as the country writes them.', { examples: ['Kastanienallee 83'] })),
  addressLine2: optional(text('Code and town, as the country writes them.', { examples: ['10435 Berlin'] })),
  addressLine3: optional(text('The country.', { examples: ['Deutschland'] })),
  region: optional(text('State or province.')),
  addressData: optional(described(AddressDetails, 'The address in parts.')),
}

const contacts = optional(list(ContactDetails, 'How to reach them.'))
const payment = optional(described(PaymentDetails, 'Where money comes from or goes to.'))

export const ClientDetails = named(
  'ClientDetails',
  Type.Object({
    name1: text('The studio.', { examples: ['Berlin-Mitte'] }),
    name2: optional(text('The legal entity behind it.', { examples: ['Lindenhof GmbH'] })),
    legalForm: optional(text('Of the legal entity.', { examples: ['GmbH'] })),
    preTaxAttribute: flag('Whether it gets the tax back that it pays to others.'),
    vatSerialNo: optional(text('Its VAT number.', { examples: ['DE142156559'] })),
    ...address,
    paymentDetails: payment,
    contactDetails: contacts,
  }),
)
export type ClientDetails = Static<typeof ClientDetails>

const person = {
  firstName: text('First name.', { examples: ['Max'] }),
  lastName: text('Last name.', { examples: ['Berger'] }),
  secondLastName: optional(text('Where there are two.')),
  birthdate: optional(date('Date of birth.', '1993-09-12')),
}

export const LiablePersonDetails = named(
  'LiablePersonDetails',
  Type.Object({
    ...person,
    sex: optional(text('MALE, FEMALE or UNISEX.')),
    ...address,
    postalCode: optional(address.postalCode),
    city: optional(address.city),
    country: optional(text('The country by its name.')),
    contactDetails: contacts,
    identificationNumber: optional(text('Tax id, or number of a document.')),
    paymentDetails: payment,
  }),
)
export type LiablePersonDetails = Static<typeof LiablePersonDetails>

export const Recurrence = named(
  'Recurrence',
  Type.Object({
    period: choice(['DAY', 'MONTH', 'WEEK', 'YEAR', 'ONCE'], 'Its unit; ONCE for what does not come again.'),
    frequency: optional(int32('Number of units.', { examples: [1] })),
  }),
)

export const ContractDetails = named(
  'ContractDetails',
  Type.Object({
    id: id('The membership.', { examples: [1000000820] }),
    rateName: optional(text('The rate.', { examples: ['Basic 12'] })),
    startDate: date('First day.'),
    endDate: date('Last day, as far as it is agreed.', '2027-06-14'),
    createdDate: date('Day of signing.'),
    cancelled: flag('Whether it was canceled.'),
    contractPeriod: optional(described(Recurrence, 'First term.')),
    extensionPeriod: optional(described(Recurrence, 'Terms after the first one.')),
    cancellationPeriod: optional(described(Recurrence, 'Notice.')),
  }),
)

/** What is known of a debtor as a person. */
export const debtorPerson = {
  membershipNr: text('Number of the customer.', { examples: ['1-10203'] }),
  identificationNumber: optional(text('Tax id, or number of a document.')),
  paymentDetails: payment,
  contractDetails: optional(list(ContractDetails, 'Memberships that are not over.')),
  ...person,
  sex: text('MALE, FEMALE or UNISEX.', { examples: ['MALE'] }),
  ...address,
  liablePerson: optional(described(LiablePersonDetails, 'Who stands for a minor.')),
  contactDetails: contacts,
}
