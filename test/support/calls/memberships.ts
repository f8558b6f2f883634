import type { MakeCall, Named } from './calls.ts'

const contract = ({ offerTermId }: Named) => ({ contractOfferTermId: offerTermId, startDate: '2026-07-01' })

/** Calls about the one membership that a full studio sells. */
export const membershipCalls: Readonly<Record<string, MakeCall>> = {
  getMembershipOffers: () => ({}),
  getMembershipOfferById: ({ membershipOfferId }) => ({ params: { membershipOfferId } }),
  getStudiosWithActiveMembershipOffers: () => ({}),
  postSignupPreview: (named) => ({
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
  }),
  postMembershipPreview: (named) => ({
    params: { customerId: named.customerId },
    body: contract(named),
  }),
}
