import type { MakeCall } from './calls.ts'

const byCustomer: MakeCall = ({ customerId }) => ({ params: { customerId } })

const said: MakeCall = ({ newcomer }) => ({
  body: {
    communicationThreadStatus: 'ONGOING',
    subject: `${newcomer}subject`,
    content: `${newcomer}content`,
    communicationDirection: 'INCOMING',
    communicationChannel: 'EMAIL',
    ticketNumber: `${newcomer}ticket`,
    ticketLink: `https://tickets.example.org/${newcomer}`,
    agent: `${newcomer}agent`,
  },
})
const byThread: MakeCall = ({ customerId, threadId }) => ({ params: { customerId, threadId } })

/** What customers see and change of their own data, what they received and how they may be written to. */
export const selfServiceCalls: Readonly<Record<string, MakeCall>> = {
  getCustomerContactData: byCustomer,
  createCustomerContactDataAmendment: (named) => ({
    ...byCustomer(named),
    body: { email: `${named.newcomer.toLowerCase()}own@mail.example`, phonePrivateMobile: '+49 151 55501234' },
  }),
  getCustomerAddressData: byCustomer,
  createCustomerAddressDataAmendment: (named) => ({
    ...byCustomer(named),
    body: { street: `${named.newcomer}str.`, houseNumber: '5', zipCode: '10117', city: 'Berlin', countryCode: 'DE' },
  }),
  getCustomerMasterData: byCustomer,
  createCustomerMasterDataAmendment: (named) => ({
    ...byCustomer(named),
    body: {
      firstName: `${named.newcomer}Mara`,
      lastName: `${named.newcomer}Lindner`,
      gender: 'FEMALE',
      dateOfBirth: '1994-11-02',
      customerTitle: 'DR',
    },
  }),
  getCustomerPaymentData: byCustomer,
  createCustomerPaymentDataAmendment: (named) => ({
    // The first member has a request that is withdrawn later.
    params: { customerId: named.prospectId },
    body: {
      accountHolder: `${named.newcomer}Lindner`,
      bankName: `${named.newcomer}bank`,
      iban: 'DE89 3704 0044 0532 0130 00',
      bic: 'COBADEFFXXX',
    },
  }),
  withdrawAmendment: ({ customerId, amendmentId }) => ({ params: { customerId, amendmentId } }),
  listCustomerAmendments: byCustomer,
  createCommunicationInNewCommunicationThread: (named) => ({ ...byCustomer(named), ...said(named) }),
  createCommunicationInExistingCommunicationThread: (named) => ({ ...byThread(named), ...said(named) }),
  listCommunicationThreads: byCustomer,
  getCommunicationThread: byThread,
  getCommunicationPreferences: byCustomer,
  updateCommunicationPreferences: (named) => ({
    ...byCustomer(named),
    body: [{ messageCategory: 'NEWSLETTER', channels: [{ communicationChannel: 'EMAIL', active: true }] }],
  }),
}
