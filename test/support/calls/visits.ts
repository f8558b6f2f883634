import type { StudioContents } from '../full/full-studio.ts'

const byCustomer = ({ customerId }: StudioContents) => ({ params: { customerId } })

/** Calls of the operations about visits. */
export const visitCalls = {
  getCustomersCheckinHistory: byCustomer,
  getCrossStudioCustomersCheckinHistory: byCustomer,
  checkInCustomer: byCustomer,
  checkOutCustomer: byCustomer,
}
