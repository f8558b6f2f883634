import { keepDocument } from '../../customer-files/index.ts'
import { badRequest } from '../../platform/errors/errors.ts'
import type { PendingFile } from '../../platform/uploads/pending-file.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { findActiveReason, type ReasonRow } from './idle-store.ts'

/** Types of documents that a pause may come with. */
export const documentTypes = ['jpg', 'jpeg', 'png', 'pdf', 'heic', 'heif'] as const
export const DOCUMENT_MAX_MB = 20

/** A reason of the studio that may still be chosen. */
export async function requireReason(work: UnitOfWork, studioId: number, reasonId: number): Promise<ReasonRow> {
  const reason = await findActiveReason(work.tx, studioId, reasonId)
  if (!reason) throw badRequest('errormessage.idlePeriod.reasonInvalid', { reference: 'reasonId' })
  return reason
}

/** The document of a pause: what comes with the request, else what is there already. */
export async function keepEvidence(
  work: UnitOfWork,
  { row }: SignedContract,
  reason: ReasonRow,
  { file, earlier }: { readonly file: PendingFile | undefined; readonly earlier: number | null },
): Promise<number | null> {
  if (file) return keepDocument(work, { customerId: row.customerId, description: reason.name, internal: true }, file)
  if (reason.documentRequired && earlier === null) {
    throw badRequest('errormessage.idlePeriod.documentRequired', { reference: 'document' })
  }
  return earlier
}
