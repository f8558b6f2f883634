import type { FileStorage } from '../platform/files/storage.ts'
import { readDocumentType, readImage } from '../platform/uploads/admission.ts'
import { bytesOf, type PendingFile, storePending } from '../platform/uploads/pending-file.ts'
import type { UploadedFile } from '../platform/uploads/spool.ts'
import type { Extension } from '../platform/uploads/type-rules.ts'
import { DOCUMENT_MAX_MB, IMAGE_MAX_MB } from './file-api.ts'

/** Stores a picture as we keep pictures, whoever it shows; refuses what is none. */
export async function storeImageFile(storage: FileStorage, tenantId: number, file: UploadedFile): Promise<PendingFile> {
  const jpeg = await readImage(file, IMAGE_MAX_MB)
  return storePending(storage, tenantId, [jpeg], {
    mime: 'image/jpeg',
    originalName: file.fileName,
    size: jpeg.length,
  })
}

/** Stores a document byte for byte; refuses types that are not allowed. */
export async function storeDocumentFile(
  storage: FileStorage,
  tenantId: number,
  file: UploadedFile,
  allowed: readonly Extension[],
): Promise<PendingFile> {
  const mime = await readDocumentType(file, { maxMb: DOCUMENT_MAX_MB, allowed })
  return storePending(storage, tenantId, bytesOf(file), { mime, originalName: file.fileName, size: file.size })
}
