import { memberId } from '../full/full-studio.ts'
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

const august = { startDate: '2026-08-01', temporalUnit: 'MONTH', termValue: 1 }
const november = { startDate: '2026-11-01', temporalUnit: 'MONTH', termValue: 2 }
const modulePurchase: MakeCall = ({ contractId, additionalModuleId, moduleFrequencyId }) => ({
  params: { contractId },
  body: { additionalModuleId, paymentFrequencyId: moduleFrequencyId, bookTrialPeriod: false },
})
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
  // The contract of the second member goes on; it is canceled before this is taken back.
  createContractCancelationAmendment: (named) => ({
    params: { customerId: memberId(named, 1) },
    body: {
      contractId: named.contractId + 1,
      cancelationDate: '2030-12-31',
      cancelationReasonId: named.cancelationReasonId,
    },
  }),
  withdrawContractCancelation: (named) => ({
    params: { customerId: memberId(named, 1), contractId: named.contractId + 1 },
  }),
  // That of the fourth member was signed some days ago.
  withdrawContract: (named) => ({ params: { customerId: memberId(named, 3), contractId: named.contractId + 3 } }),
  getIdlePeriodConfig: ({ contractId }) => ({ params: { contractId } }),
  validateIdlePeriodRequest: ({ contractId }) => ({ params: { contractId }, body: august }),
  getIdlePeriods: ({ contractId }) => ({ params: { contractId } }),
  getRemainingIdlePeriods: ({ contractId }) => ({ params: { contractId } }),
  createIdlePeriodAmendment: ({ contractId, idleReasonId }) => ({
    params: { contractId },
    body: { ...august, reasonId: idleReasonId },
  }),
  getIdlePeriodById: ({ contractId, idlePeriodId }) => ({ params: { contractId, idlePeriodId } }),
  updateIdlePeriod: ({ contractId, idlePeriodId, idleReasonId }) => ({
    params: { contractId, idlePeriodId },
    body: { ...november, reasonId: idleReasonId },
  }),
  // Reasons are not judged by a preview: this one is nobody's.
  getIdlePeriodUpdatePreview: ({ contractId, idlePeriodId }) => ({
    params: { contractId, idlePeriodId },
    body: { ...november, reasonId: 1 },
  }),
  withdrawIdlePeriod: ({ contractId, idlePeriodId }) => ({ params: { contractId, idlePeriodId } }),
  getAdditionalModules: () => ({}),
  getPurchasableAdditionalModules: ({ contractId }) => ({ params: { contractId } }),
  validateAdditionalModuleContractRequest: modulePurchase,
  purchaseAdditionalModuleContract: modulePurchase,
  getAdditionalModuleContract: ({ contractId, moduleContractId }) => ({
    params: { contractId, additionalModuleContractId: moduleContractId },
  }),
  createModuleContractCancelationAmendment: ({ contractId, moduleContractId, cancelationReasonId }) => ({
    params: { contractId, additionalModuleContractId: moduleContractId },
    body: { cancelationDate: '2026-06-30', cancelationReasonId },
  }),
  withdrawAdditionalModuleContractCancelation: ({ contractId, canceledModuleId }) => ({
    params: { contractId, additionalModuleContractId: canceledModuleId },
  }),
  getMembershipSwitchConfigurationsForCustomer: ({ customerId }) => ({ params: { customerId } }),
  getMembershipSwitchConfigurationForCustomer: ({ customerId, switchConfigId }) => ({
    params: { customerId, configId: switchConfigId },
  }),
  postMembershipSwitchPreview: change,
  switchMembership: change,
}
