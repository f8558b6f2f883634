import type { MakeCall, Named } from './calls.ts'

const byCustomer = (named: Named) => ({ params: { customerId: named.customerId } })

/** One call per operation about what people may ask for. */
export const privacyCalls: Readonly<Record<string, MakeCall>> = {
  getCustomerDataExport: byCustomer,
  requestCustomerErasure: byCustomer,
}
