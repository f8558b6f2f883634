import { createHash } from 'node:crypto'
import { contractDocuments } from '../../../src/contracts/tables.ts'
import { customerDocuments } from '../../../src/customer-files/tables.ts'
import { newStorageKey } from '../../../src/platform/files/counted-bytes.ts'
import type { OwnerKind } from '../../../src/platform/files/owner-kinds.ts'
import { files } from '../../../src/platform/tables.ts'
import { CREATED, type Fill, FIRST_CONTRACT, FIRST_MEMBER, stamps } from './full-members.ts'
import { tinyPdf } from '../multipart.ts'

const DOCUMENT = 70
const FILE = 71
const SIGNED_FILE = 72

export const findDocument = (firstId: number) => ({ documentId: firstId + DOCUMENT })

/** A document of the first member, and the printed contract of the same one. */
export async function insertDocuments(fill: Fill) {
  const { tx, mark, firstId } = fill
  const customerId = firstId + FIRST_MEMBER
  const [fileId, fileName] = [firstId + FILE, `${mark}contract.pdf`]
  await insertPdf(fill, { fileId, fileName, ownerKind: 'customerDocument' })
  await tx.insert(customerDocuments).values({
    id: firstId + DOCUMENT,
    customerId,
    fileId,
    fileName,
    description: `${mark}description`,
    uploadedBy: 'STAFF',
    ...stamps,
  })
  const signed = {
    fileId: firstId + SIGNED_FILE,
    fileName: `${mark}signed.pdf`,
    ownerKind: 'customerContract',
  } as const
  await insertPdf(fill, signed)
  await tx.insert(contractDocuments).values({
    contractId: firstId + FIRST_CONTRACT,
    fileId: signed.fileId,
    attempts: 1,
    createdAt: CREATED,
    printedAt: CREATED,
  })
}

interface Pdf {
  readonly fileId: number
  readonly fileName: string
  readonly ownerKind: OwnerKind
}

async function insertPdf({ tx, studio: { tenantId }, firstId }: Fill, { fileId, fileName, ownerKind }: Pdf) {
  await tx.insert(files).values({
    id: fileId,
    storageKey: newStorageKey(tenantId),
    mime: 'application/pdf',
    size: tinyPdf.length,
    sha256: createHash('sha256').update(tinyPdf).digest(),
    originalName: fileName,
    ownerKind,
    ownerId: firstId + FIRST_MEMBER,
    scanState: 'SKIPPED',
    content: tinyPdf,
    createdAt: CREATED,
  })
}
