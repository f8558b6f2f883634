import { createHash } from 'node:crypto'
import { customerDocuments } from '../../../src/customer-files/tables.ts'
import { newStorageKey } from '../../../src/platform/files/counted-bytes.ts'
import { files } from '../../../src/platform/tables.ts'
import { CREATED, type Fill, FIRST_MEMBER, stamps } from './full-members.ts'
import { tinyPdf } from '../multipart.ts'

const DOCUMENT = 70
const FILE = 71

export const findDocument = (firstId: number) => ({ documentId: firstId + DOCUMENT })

/** A document of the first member. */
export async function insertDocuments({ tx, studio: { tenantId }, mark, firstId }: Fill) {
  const customerId = firstId + FIRST_MEMBER
  const [fileId, fileName] = [firstId + FILE, `${mark}contract.pdf`]
  await tx.insert(files).values({
    id: fileId,
    storageKey: newStorageKey(tenantId),
    mime: 'application/pdf',
    size: tinyPdf.length,
    sha256: createHash('sha256').update(tinyPdf).digest(),
    originalName: fileName,
    ownerKind: 'customerDocument',
    ownerId: customerId,
    scanState: 'SKIPPED',
    content: tinyPdf,
    createdAt: CREATED,
  })
  await tx.insert(customerDocuments).values({
    id: firstId + DOCUMENT,
    customerId,
    fileId,
    fileName,
    description: `${mark}description`,
    uploadedBy: 'STAFF',
    ...stamps,
  })
}
