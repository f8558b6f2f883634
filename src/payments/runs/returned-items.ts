import type { RejectionReason } from '../../accounts/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { forgetFirstCollection } from '../instruments/instrument-use-store.ts'
import { isLastingMandate } from './booking-store.ts'
import { findItem, updateItem } from './run-store.ts'

/**
 * The money that an item has collected was taken back: another run may collect its claims. A mandate of which no
 * collection has stayed is used for the first time again.
 */
export async function recordReturnedItem(work: UnitOfWork, itemId: number, rejectionReason: RejectionReason) {
  const item = await findItem(work.tx, itemId)
  if (item?.state !== 'BOOKED') return
  await updateItem(work.tx, itemId, { state: 'RETURNED', rejectionReason }, work.now)
  if (item.sequenceType !== 'FRST' || (await isLastingMandate(work.tx, item.instrumentId))) return
  await forgetFirstCollection(work.tx, item.instrumentId, work.now)
}
