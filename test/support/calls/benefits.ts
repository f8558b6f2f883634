import type { MakeCall } from './calls.ts'

/** Calls about the benefit that the first member of a full studio has. */
export const benefitCalls: Readonly<Record<string, MakeCall>> = {
  getBenefits: ({ customerId }) => ({ params: { customerId } }),
  getBenefitsByCardNumber: ({ cardNumber }) => ({ query: { cardNumber } }),
  useBenefit: ({ customerId, benefitKey }) => ({ params: { customerId, benefitKey } }),
}
