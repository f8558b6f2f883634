import type { MakeCall } from './calls.ts'

const byCustomer: MakeCall = ({ customerId }) => ({ params: { customerId } })

/** Calls about the account of the first member of a full studio. */
export const accountCalls: Readonly<Record<string, MakeCall>> = {
  getCustomersAccountBalanceData: byCustomer,
  getCustomersAccountTransactionData: byCustomer,
  getCustomersAccountUpcomingData: byCustomer,
  searchCrossStudioCustomersByPaymentDetails: ({ iban }) => ({ body: { type: 'SEPA', bankAccountNumber: iban } }),
  userSession: ({ customerId, paymentIdentity }) => ({
    body: {
      amount: 20,
      scope: 'ECOM',
      customerId,
      finionPayCustomerId: paymentIdentity,
      permittedPaymentChoices: ['CREDIT_CARD'],
      referenceText: 'Ten visits',
    },
  }),
  bookCustomerPayment: (named) => ({
    ...byCustomer(named),
    body: { paymentRequestToken: named.paymentToken, amount: { amount: 20, currency: 'EUR' } },
  }),
  updateCustomerPaymentInstrument: ({ changerId, instrumentToken }) => ({
    params: { customerId: changerId },
    body: { paymentRequestToken: instrumentToken },
  }),
}
