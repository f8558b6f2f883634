import type { MakeCall } from './calls.ts'

const byCustomer: MakeCall = ({ customerId }) => ({ params: { customerId } })

/** Calls about the account of the first member of a full studio. */
export const accountCalls: Readonly<Record<string, MakeCall>> = {
  getCustomersAccountBalanceData: byCustomer,
  getCustomersAccountTransactionData: byCustomer,
  getCustomersAccountUpcomingData: byCustomer,
}
