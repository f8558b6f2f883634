import type { FileStorage } from '../files/storage.ts'
import { readDocumentType, readImage, type UploadLimits } from './admission.ts'
import { readBytes, type PendingFile, storePending } from './pending-file.ts'
import type { UploadedFile } from './spool.ts'

/** Stores a picture as we keep pictures; refuses what is none. */
export async function storeImage(
  storage: FileStorage,
  tenantId: number,
  file: UploadedFile,
  maxMb: number,
): Promise<PendingFile> {
  const jpeg = await readImage(file, maxMb)
  const stored = { mime: 'image/jpeg', originalName: file.fileName, size: jpeg.length }
  return storePending(storage, tenantId, [jpeg], stored)
}

/** Stores a document byte for byte; refuses types that the limits leave out. */
export async function storeDocument(
  storage: FileStorage,
  tenantId: number,
  file: UploadedFile,
  limits: UploadLimits,
): Promise<PendingFile> {
  const mime = await readDocumentType(file, limits)
  return storePending(storage, tenantId, readBytes(file), { mime, originalName: file.fileName, size: file.size })
}
