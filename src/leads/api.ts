import { type Static, Type } from 'typebox'
import { addressDetails, CommunicationPreference } from '../customers/index.ts'
import { gender } from '../employees/api.ts'
import { operation } from '../platform/api/operation.ts'
import { date, flag, id, list, choice, text, trimmed, typed } from '../platform/api/schema.ts'
import { fieldModes } from './form-rules.ts'

const optional = Type.Optional
const tag = 'Leads'

export const fieldMode = (what: string) =>
  choice(fieldModes, `Whether to ask for ${what}: not at all, with an answer left to the prospect, or always.`, {
    examples: ['OPTIONAL'],
  })

/** The four modes under which more than names and e-mail is asked for. */
export const modeFields = {
  addressMode: fieldMode('the address'),
  dateOfBirthMode: fieldMode('the date of birth'),
  genderMode: fieldMode('the gender'),
  telephoneMode: fieldMode('a phone number'),
}

/** What is known of the person of a lead; the same for leads and for trial offers. */
export const leadCustomerFields = {
  thirdPartyId: optional(trimmed('Your own id for this person; one that is in use makes a duplicate.', 'P-2204')),
  firstname: trimmed('Given name.', 'Mara'),
  secondFirstname: optional(trimmed('Second given name.', 'Luise')),
  lastname: trimmed('Family name.', 'Lindner'),
  secondLastname: optional(trimmed('Second family name.', 'Ortega')),
  email: trimmed('E-mail address.', 'mara@mail.example'),
  gender: optional(gender()),
  dateOfBirth: optional(date('Date of birth: not in the future, at most 120 years ago.', '1994-11-02')),
  telephone: optional(typed('Phone number, at least five digits.', '+49 30 5550117')),
  language: optional(
    Type.Object(
      {
        languageCode: text('Language, ISO 639-1.', { examples: ['de'] }),
        countryCode: optional(text('Regional variant, ISO 3166-1 alpha-2.', { examples: ['AT'] })),
      },
      { description: 'Language for letters and messages; that of the studio when left out.', emptyIsAbsent: true },
    ),
  ),
}

const LeadAddress = Type.Object(
  {
    street: trimmed('Street.', 'Lindenallee'),
    houseNumber: trimmed('House number.', '12a'),
    zipCode: typed('Postal code; its form depends on the country.', '10435'),
    city: trimmed('Town.', 'Berlin'),
    countryCode: trimmed('Country, ISO 3166-1 alpha-2.', 'DE'),
    ...addressDetails,
  },
  { description: 'Where the person lives. An object of nothing but nulls counts as absent.', emptyIsAbsent: true },
)

const LeadAnswer = Type.Object({
  additionalFieldId: id('A field that the configuration offers.', { examples: [1000000041] }),
  value: optional(text('The answer as text; for a list the name of an item.', { examples: ['Friends'] })),
  values: optional(
    list(Type.String(), 'Names of several items, where the list allows it.', { examples: [['Friends', 'Web']] }),
  ),
})

const LeadBody = Type.Object({
  leadCustomer: Type.Object(leadCustomerFields, { description: 'The person.' }),
  address: optional(LeadAddress),
  communicationPreferences: optional(
    list(CommunicationPreference, 'Wishes that differ from what the studio sets for new customers.'),
  ),
  additionalInformation: optional(list(LeadAnswer, 'Answers to the fields of the studio’s own.')),
  notes: optional(text('What the staff should know, at most 4,000 characters.', { examples: ['Asks for yoga.'] })),
  externalIdentifier: optional(
    text('Code of the campaign that brought the person; unknown ones are kept as they are.', {
      examples: ['SPRING-26'],
    }),
  ),
})

const LeadFormField = Type.Object({
  additionalFieldId: id('The field.', { examples: [1000000041] }),
  name: text('Its question.', { examples: ['How did you hear of us?'] }),
  type: choice(['BOOLEAN', 'DATE', 'LIST', 'NUMERIC', 'TEXT'], 'Kind of answer.', { examples: ['LIST'] }),
  allowMultiSelection: flag('Whether several items may be chosen.'),
  selectionValues: optional(
    list(Type.String(), 'Items to choose from; only for lists.', { examples: [['Friends', 'Web']] }),
  ),
  mode: fieldMode('it'),
})

const LeadConfig = Type.Object({
  ...modeFields,
  additionalInformation: optional(list(LeadFormField, 'Fields of the studio’s own, in the order to ask them in.')),
  communicationPreferences: optional(
    list(CommunicationPreference, 'What the studio sets per category and channel, and what prospects may choose.'),
  ),
})
export type LeadConfig = Static<typeof LeadConfig>

export const getLeadConfig = operation({
  operationId: 'getLeadConfig',
  method: 'GET',
  path: '/v1/leads/config',
  tag,
  summary: 'Read what to ask prospects for',
  description: 'Names and e-mail address are always needed. Fields that are not listed must not be asked for.',
  scopes: ['LEAD_READ'],
  response: LeadConfig,
})

export const validateForLeadCreation = operation({
  operationId: 'validateForLeadCreation',
  method: 'POST',
  path: '/v1/leads/validate',
  tag,
  summary: 'Ask whether a prospect could be entered',
  description:
    'Unfit data comes before a duplicate. A person is a duplicate by third-party id, by names and date of birth, or by ' +
    'e-mail address, in any studio that has activated the integration.',
  scopes: ['LEAD_READ'],
  body: LeadBody,
  response: Type.Object({
    status: choice(['POSSIBLE', 'INVALID_LEAD_DATA', 'DUPLICATE_CUSTOMER'], 'The outcome.', { examples: ['POSSIBLE'] }),
  }),
})

export const createLead = operation({
  operationId: 'createLead',
  method: 'POST',
  path: '/v1/leads/create',
  tag,
  summary: 'Enter a prospect',
  description:
    'Makes a customer without a contract and the lead. What the studio does not ask for is ignored and not stored.',
  scopes: ['LEAD_WRITE'],
  emits: ['CUSTOMER_CREATED'],
  body: LeadBody,
  response: Type.Object({
    id: id('The lead.', { examples: [1000000920] }),
    customerId: id('The customer that the lead is about.', { examples: [1000000101] }),
    uuid: text('Random identifier of the customer that never changes.', {
      examples: ['5f0f1c1e-6a53-4d0e-9d1b-2a7f6f1f4a10'],
    }),
    customerNumber: text('Customer number.', { examples: ['1-10027'] }),
  }),
  errors: { 400: ['errormessage.lead.duplicateCustomer', 'errormessage.lead.invalidLeadData'] },
})
