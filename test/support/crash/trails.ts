import { deviceOperations, publicOperations } from '../../../src/api.ts'
import { type Trace, traces } from '../traces.ts'

const nothing: Trace = { actions: [], events: [] }

/** What devices leave when their calls are carried out. */
const deviceTraces: Readonly<Record<string, readonly Trace[]>> = {
  cardReaderIdentification: [
    { actions: ['visit.begun'], events: ['CUSTOMER_CHECKIN'] },
    { actions: ['visit.ended'], events: ['CUSTOMER_CHECKOUT'] },
  ],
  timeIdentification: [nothing],
  timeUsage: [{ actions: ['benefit.used', 'deviceUsage.begun'], events: [] }, nothing],
  vendingRevalue: [{ actions: ['journal.booked', 'credit.toppedUp'], events: [] }, nothing],
  vendingSale: [{ actions: ['journal.booked', 'purchase.completed'], events: [] }, nothing],
  vendingIdentification: [{ actions: ['purchase.begun'], events: [] }, nothing],
}

const exported = ['customer.exported', 'customer.exportStored']

/** What a write leaves besides the trace of `traces.ts` when it finds something else, nothing to change for instance. */
const furtherTraces: Readonly<Record<string, readonly Trace[]>> = {
  confirmActivation: [nothing],
  // Changed again as it is already.
  updateIdlePeriod: [
    { actions: ['idlePeriod.updated', 'contract.pauseChanged'], events: ['CONTRACT_IDLE_PERIOD_UPDATED'] },
  ],
  createContractCancelationAmendment: [nothing],
  createModuleContractCancelationAmendment: [nothing],
  switchStudio: [nothing],
  updateImage: [nothing],
  updateStudioTags: [nothing],
  requestCustomerErasure: [nothing],
  // A read: sent again after a crash it hands the data out again, which is on record again.
  getCustomerDataExport: [
    { actions: ['customer.exported', ...exported], events: [] },
    { actions: [...exported, ...exported], events: [] },
  ],
  updateCommunicationPreferences: [nothing],
  activateDevice: [{ actions: ['device.tokenShown'], events: [] }],
  setAccessRestriction: [{ actions: ['accessRestriction.created'], events: ['CUSTOMER_ACCESS_RESTRICTION_CREATED'] }],
  createCustomerAddressDataAmendment: [{ actions: ['amendment.superseded', 'amendment.requested'], events: [] }],
  createCustomerMasterDataAmendment: [{ actions: ['amendment.superseded', 'amendment.requested'], events: [] }],
  // The wish before still waited for the staff.
  createCustomerPaymentDataAmendment: [{ actions: ['amendment.superseded', 'amendment.requested'], events: [] }],
  releaseHold: [nothing],
  // A second confirmation and a repeated report change nothing.
  confirmTransfer: [nothing],
  updateDebtCollection: [nothing],
  confirmTrialOfferBooking: [{ actions: ['booking.confirmed'], events: ['CLASS_BOOKING_CREATED'] }],
}

/** Each of what an acknowledged call may have left: one of them, whole and once. */
export function findTraces(operationId: string): readonly Trace[] {
  const usual = traces[operationId]
  return deviceTraces[operationId] ?? (usual ? [usual, ...(furtherTraces[operationId] ?? [])] : [nothing])
}

const reads = new Set(
  [...publicOperations, ...deviceOperations].filter(({ method }) => method === 'GET').map((each) => each.operationId),
)

/** Whether the answer is kept under the idempotency key of the call, so that the call may be repeated. */
export const isRemembered = (operationId: string) =>
  !reads.has(operationId) && (operationId in traces || operationId in deviceTraces)
