import { eq } from 'drizzle-orm'
import { notFound } from '../../platform/errors/errors.ts'
import { expireFile } from '../../platform/files/store.ts'
import type { PendingFile } from '../../platform/uploads/pending-file.ts'
import { replaceFile } from '../../platform/uploads/replacement.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { linksEndAfter } from '../links.ts'
import { membershipOffers, membershipSwitchConfigs, modules, textBlocks } from '../tables.ts'

const kinds = {
  membershipOffer: membershipOffers,
  module: modules,
  membershipSwitchConfig: membershipSwitchConfigs,
} as const

/** What of the catalogue has a picture. */
export type Pictured = keyof typeof kinds

/** Gives an offer, module or switch another picture; the same one changes nothing. Returns the id of the file. */
export async function setPicture(work: UnitOfWork, kind: Pictured, id: number, file: PendingFile): Promise<number> {
  const { tx, now } = work
  const table = kinds[kind] as typeof modules
  const [row] = await tx.select({ imageKey: table.imageKey }).from(table).where(eq(table.id, id)).for('update')
  if (!row) throw notFound(kind, id)
  const owner = { ownerKind: 'catalogueImage', ownerId: id, linksEndAfter } as const
  const { fileId, isNew } = await replaceFile(work, row.imageKey, file, owner)
  if (!isNew) return fileId
  await tx.update(table).set({ imageKey: fileId, updatedAt: now }).where(eq(table.id, id))
  const diff = { imageKey: [row.imageKey, fileId] } as const
  work.audit({ action: `${kind}.updated`, entityKind: kind, entityId: id, diff })
  return fileId
}

/** A file that is attached no more goes when no link to it can work any longer. */
export async function dropDocument(work: UnitOfWork, documentId: number | null) {
  if (documentId !== null) await expireFile(work.tx, documentId, work.now.add(linksEndAfter))
}

/** Attaches a file to a text block; the same one changes nothing. Returns the id of the file. */
export async function attachDocument(work: UnitOfWork, blockId: number, file: PendingFile): Promise<number> {
  const { tx, now } = work
  const { id, documentId } = textBlocks
  const [row] = await tx.select({ documentId }).from(textBlocks).where(eq(id, blockId)).for('update')
  if (!row) throw notFound('textBlock', blockId)
  const owner = { ownerKind: 'textBlockDocument', ownerId: blockId, linksEndAfter } as const
  const { fileId, isNew } = await replaceFile(work, row.documentId, file, owner)
  if (!isNew) return fileId
  const attached = { attachmentType: 'FILE', documentId: fileId, url: null, urlTitle: null } as const
  await tx
    .update(textBlocks)
    .set({ ...attached, updatedAt: now })
    .where(eq(id, blockId))
  const diff = { documentId: [row.documentId, fileId], attachmentType: [null, 'FILE'] } as const
  work.audit({ action: 'textBlock.updated', entityKind: 'textBlock', entityId: blockId, diff })
  return fileId
}
