import type { MakeCall } from './calls.ts'
import { memberId } from '../full/full-studio.ts'

const body: MakeCall = ({ newcomer }) => ({
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

/** A lead whom no other call names: afterwards the caller sees nobody of that id. */
const leaver: MakeCall = (named) => ({
  params: { customerId: memberId(named, 2) },
  body: { targetStudioId: 124, switchDate: '2026-06-14', description: `${named.newcomer}description` },
})

/** Prospects, what studios want to know besides, and a customer who moves. */
export const leadCalls: Readonly<Record<string, MakeCall>> = {
  getLeadConfig: () => ({}),
  validateForLeadCreation: body,
  createLead: body,
  switchStudio: leaver,
  getAdditionalInformationFields: () => ({}),
  setAdditionalInformationFieldAssignments: ({ customerId, additionalFieldId, newcomer }) => ({
    params: { customerId },
    body: [{ additionalInformationFieldId: additionalFieldId, value: newcomer }],
  }),
}
