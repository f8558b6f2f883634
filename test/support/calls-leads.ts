import type { CallOf } from './calls.ts'

const body: CallOf = ({ newcomer }) => ({
  body: {
    leadCustomer: {
      firstname: `${newcomer}Lea`,
      lastname: `${newcomer}Neugier`,
      email: `${newcomer.toLowerCase()}lead@mail.example`,
      telephone: '+49 30 5550118',
      dateOfBirth: '1999-05-04',
      language: { languageCode: 'de' },
    },
    address: {
      street: `${newcomer}allee`,
      houseNumber: '12',
      zipCode: '10435',
      city: 'Berlin',
      countryCode: 'DE',
    },
    notes: `${newcomer}notes`,
    externalIdentifier: `${newcomer}campaign`,
  },
})

/** Prospects, and what studios want to know besides. */
export const leadCalls: Readonly<Record<string, CallOf>> = {
  getLeadConfig: () => ({}),
  validateForLeadCreation: body,
  createLead: body,
  getAdditionalInformationFields: () => ({}),
  setAdditionalInformationFieldAssignments: ({ customerId, additionalFieldId, newcomer }) => ({
    params: { customerId },
    body: [{ additionalInformationFieldId: additionalFieldId, value: newcomer }],
  }),
}
