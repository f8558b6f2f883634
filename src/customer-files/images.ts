import { notFound } from '../platform/errors/errors.ts'
import { expireFile } from '../platform/files/store.ts'
import type { PendingFile } from '../platform/uploads/pending-file.ts'
import { LINKS_END_AFTER, replaceFile } from '../platform/uploads/replacement.ts'
import type { PartnerWork, UnitOfWork } from '../platform/units/work.ts'
import { findImageFileId, updateImageFileId } from './image-store.ts'
import { announceToHomeStudio, customerUpdated, lockCustomers, lockOwnCustomer } from '../customers/index.ts'

/** Gives a customer of the key's studio another picture; answers its file. The same picture again changes nothing. */
export async function setOwnImage(work: PartnerWork, customerId: number, file: PendingFile): Promise<number> {
  await lockOwnCustomer(work, customerId)
  return setImage(work, customerId, file)
}

/** The same for staff, with customers of all studios. */
export async function setCustomerImage(work: UnitOfWork, customerId: number, file: PendingFile): Promise<number> {
  await lockCustomer(work, customerId)
  return setImage(work, customerId, file)
}

/** Takes the picture of a customer away; links to it work until they end. */
export async function removeCustomerImage(work: UnitOfWork, customerId: number) {
  await lockCustomer(work, customerId)
  const fileId = await findImageFileId(work.tx, customerId)
  if (fileId === null) return
  await updateImageFileId(work.tx, customerId, null, work.now)
  await expireFile(work.tx, fileId, work.now.add(LINKS_END_AFTER))
  work.audit({ action: 'customer.imageRemoved', entityKind: 'customer', entityId: customerId })
  await announceToHomeStudio(work, customerUpdated, customerId)
}

async function setImage(work: UnitOfWork, customerId: number, file: PendingFile): Promise<number> {
  const before = await findImageFileId(work.tx, customerId)
  const { fileId, isNew } = await replaceFile(work, before, file, { ownerKind: 'customerImage', ownerId: customerId })
  if (!isNew) return fileId
  await updateImageFileId(work.tx, customerId, fileId, work.now)
  const diff = { imageFileId: [before, fileId] } as const
  work.audit({ action: 'customer.imageReplaced', entityKind: 'customer', entityId: customerId, diff })
  await announceToHomeStudio(work, customerUpdated, customerId)
  return fileId
}

async function lockCustomer({ tx }: UnitOfWork, customerId: number) {
  const [locked] = await lockCustomers(tx, [customerId])
  if (locked === undefined) throw notFound('customer', customerId)
}
