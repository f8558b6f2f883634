import { findPaymentWay } from '../../payments/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findBuyer, waitingPart } from './document-store.ts'

/** Lets the document of a contract be printed after the commit, for the person who has signed it in this unit. */
export async function orderDocument(work: UnitOfWork, contractId: number, customerId: number) {
  const [buyer, payment] = await Promise.all([findBuyer(work.tx, customerId), findPaymentWay(work, customerId)])
  if (buyer) work.writeLast(waitingPart(contractId, { ...buyer, payment }, work.now))
}
