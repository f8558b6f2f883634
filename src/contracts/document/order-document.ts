import { findPaymentWay } from '../../payments/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findBuyer, insertDocument } from './document-store.ts'

/** Lets the document of a contract be printed after the commit, for the person who has signed it in this unit. */
export async function orderDocument(work: UnitOfWork, contractId: number, customerId: number) {
  const buyer = await findBuyer(work.tx, customerId)
  if (!buyer) return
  const payment = await findPaymentWay(work, customerId)
  await insertDocument(work.tx, contractId, { ...buyer, payment }, work.now)
}
