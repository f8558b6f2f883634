import type { MakeCall, Named } from './calls.ts'

const contract = ({ offerTermId }: Named) => ({ contractOfferTermId: offerTermId, startDate: '2026-07-01' })

const signup: MakeCall = (named) => ({
  body: {
    contract: contract(named),
    customer: {
      firstName: `${named.newcomer}Ida`,
      lastName: `${named.newcomer}Neu`,
      dateOfBirth: '1990-05-05',
      email: `${named.newcomer.toLowerCase()}ida@mail.example`,
      language: { languageCode: 'de' },
      street: 'Allee',
      city: 'Berlin',
      zipCode: '10435',
      countryCode: 'DE',
    },
  },
})

const addition: MakeCall = (named) => ({ params: { customerId: named.customerId }, body: contract(named) })

const change: MakeCall = ({ switcherId, switchConfigId, offerTermId, switchedContractId }) => ({
  params: { customerId: switcherId },
  body: {
    configId: switchConfigId,
    membershipOfferTermId: offerTermId,
    sourceContractId: switchedContractId,
    startDate: '2026-07-01',
  },
})

/** Calls about the one membership that a full studio sells. */
export const membershipCalls: Readonly<Record<string, MakeCall>> = {
  getMembershipOffers: () => ({}),
  getMembershipOfferById: ({ membershipOfferId }) => ({ params: { membershipOfferId } }),
  getStudiosWithActiveMembershipOffers: () => ({}),
  postSignupPreview: signup,
  postMembershipPreview: addition,
  signupMembership: signup,
  addMembership: addition,
  getCustomersContracts: ({ customerId }) => ({ params: { customerId } }),
  getCustomerContractsBy: ({ cardNumber }) => ({ query: { cardNumber, cardNumberFormat: 'DECIMAL' } }),
  getContractData: ({ customerId }) => ({ params: { customerId } }),
  getContractCancelationReasonData: () => ({}),
  getIdlePeriodConfig: ({ contractId }) => ({ params: { contractId } }),
  getAdditionalModules: () => ({}),
  getPurchasableAdditionalModules: ({ contractId }) => ({ params: { contractId } }),
  getMembershipSwitchConfigurationsForCustomer: ({ customerId }) => ({ params: { customerId } }),
  getMembershipSwitchConfigurationForCustomer: ({ customerId, switchConfigId }) => ({
    params: { customerId, configId: switchConfigId },
  }),
  postMembershipSwitchPreview: change,
  switchMembership: change,
}
