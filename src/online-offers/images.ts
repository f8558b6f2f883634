import { notFound } from '../platform/errors/errors.ts'
import type { PendingFile } from '../platform/uploads/pending-file.ts'
import { replaceFile } from '../platform/uploads/replacement.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { lockOffer } from './offer-store.ts'
import { updateOnlineOffer } from './offers.ts'

/** Gives an offer another picture; the same one again changes nothing. Answers the id of the file. */
export async function setOfferImage(work: UnitOfWork, offerId: number, file: PendingFile): Promise<number> {
  const before = await lockOffer(work.tx, offerId)
  if (!before) throw notFound('onlineOffer', offerId)
  const owner = { ownerKind: 'offerImage', ownerId: offerId } as const
  const { fileId } = await replaceFile(work, before.imageKey, file, owner)
  await updateOnlineOffer(work, offerId, { imageKey: fileId })
  return fileId
}
