import type { Named, Parts } from './calls.ts'

const ofCustomer = ({ customerId }: Named) => ({ params: { customerId } })
const ofMedium = ({ customerId, ownMediumId }: Named) => ({ params: { customerId, accessMediumId: ownMediumId } })
const restriction = { reason: 'Destroyed equipment', startDate: '2026-01-01', endDate: '2026-01-02' }

/** Calls about what opens doors, and what keeps them closed. */
export const accessCalls: Readonly<Record<string, (named: Named) => Parts>> = {
  getCustomerAccessCode: ofCustomer,
  addAccessMediums: (named) => ({ ...ofCustomer(named), body: { type: 'BARCODE', value: `${named.newcomer}code` } }),
  addAccessMedium: (named) => ({ ...ofCustomer(named), body: { type: 'WALLET_PASS', value: `${named.newcomer}pass` } }),
  updateAccessMediums: (named) => ({ ...ofMedium(named), body: { value: `${named.newcomer}changed` } }),
  deleteAccessMediums: ofMedium,
  setAccessRestriction: (named) => ({ ...ofCustomer(named), body: restriction }),
  deleteAccessRestriction: ofCustomer,
  getCustomerMeasurement: ({ barcode }) => ({ query: { barcode } }),
  createCustomerWeighing: (named) => ({
    ...ofCustomer(named),
    body: { rawResults: `${named.mark}results`, weight: 71.25, height: 182 },
  }),
}
