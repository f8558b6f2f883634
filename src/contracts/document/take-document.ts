import { notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findDocument } from './document-store.ts'

/** The file of the document of a contract, for staff; that they took it is on record. Not found (404) before it is printed. */
export async function takeDocument(work: UnitOfWork, contractId: number): Promise<number> {
  const document = await findDocument(work.tx, contractId)
  if (!document || document.fileId === null) throw notFound('contractDocument', contractId)
  const { fileId, studioId } = document
  work.audit({ action: 'contract.documentTaken', entityKind: 'contract', entityId: contractId, studioId })
  return fileId
}
