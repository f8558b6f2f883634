import { notFound } from '../platform/errors/errors.ts'
import { cleanName, insertFile } from '../platform/files/files.ts'
import { expireFile } from '../platform/files/store.ts'
import { parsePosition, positionSlice, type Slice } from '../platform/api/slices.ts'
import type { PendingFile } from '../platform/uploads/pending-file.ts'
import { shortenName } from '../platform/uploads/type-rules.ts'
import type { PartnerView, PartnerWork, UnitOfWork } from '../platform/units/work.ts'
import { type AccessLog, findOwnCustomer, lockCustomers, lockOwnCustomer } from '../customers/index.ts'
import {
  deleteDocumentRow,
  type DocumentRow,
  findOpenDocument,
  insertDocument,
  listOpenDocuments,
  lockDocument,
  updateDocument,
} from './document-store.ts'

export interface NewDocument {
  readonly customerId: number
  readonly description?: string | undefined
  readonly internal?: boolean
}

/** Files a document of a customer of the key's studio; every call makes a new one. */
export async function fileOwnDocument(work: PartnerWork, document: NewDocument, file: PendingFile): Promise<number> {
  await lockOwnCustomer(work, document.customerId)
  return storeDocument(work, document, file)
}

/** The same for staff, with customers of all studios. */
export async function fileDocument(work: UnitOfWork, document: NewDocument, file: PendingFile): Promise<number> {
  const [locked] = await lockCustomers(work.tx, [document.customerId])
  if (locked === undefined) throw notFound('customer', document.customerId)
  return storeDocument(work, document, file)
}

/** Files what another module keeps about a customer whom it has locked; answers the file. */
export async function keepDocument(work: UnitOfWork, document: NewDocument, file: PendingFile): Promise<number> {
  return (await addDocument(work, document, file)).fileId
}

async function storeDocument(work: UnitOfWork, document: NewDocument, file: PendingFile): Promise<number> {
  return (await addDocument(work, document, file)).documentId
}

async function addDocument(
  work: UnitOfWork,
  { customerId, description, internal = false }: NewDocument,
  file: PendingFile,
) {
  const fileName = shortenName(cleanName(file.originalName))
  const row = { mime: file.mime, originalName: fileName, ownerKind: 'customerDocument', ownerId: customerId } as const
  const { fileId } = await insertFile(work, file.take(), row)
  const { kind, id } = work.caller.actor
  const uploadedBy = id === null ? kind : `${kind} ${id}`
  const text = description?.trim() || null
  const document = { customerId, fileId, fileName, description: text, internal, uploadedBy }
  const documentId = await insertDocument(work.tx, document, work.now)
  const diff = { fileId: [null, fileId], internal: [null, internal] } as const
  work.audit({ action: 'document.filed', entityKind: 'customerDocument', entityId: documentId, diff })
  return { documentId, fileId }
}

interface Reading {
  readonly accessLog: AccessLog
  readonly operation: string
}

/** The documents of a customer of the key's studio, without those that staff keep to themselves. */
export async function listDocuments(
  view: PartnerView,
  customerId: number,
  { offset, sliceSize }: { readonly offset: string | undefined; readonly sliceSize: number },
  reading: Reading,
): Promise<Slice<DocumentRow>> {
  await seeCustomer(view, customerId, reading)
  const position = parsePosition(offset)
  const rows = await listOpenDocuments(view.db, customerId, { position, limit: sliceSize + 1 })
  return positionSlice(rows, sliceSize, position)
}

/** One document of a customer; internal ones and those of others do not exist. */
export async function getDocument(
  view: PartnerView,
  customerId: number,
  documentId: number,
  reading: Reading,
): Promise<DocumentRow> {
  await seeCustomer(view, customerId, reading)
  const found = await findOpenDocument(view.db, customerId, documentId)
  if (!found) throw notFound('document', documentId)
  return found
}

async function seeCustomer(view: PartnerView, customerId: number, { accessLog, operation }: Reading) {
  await findOwnCustomer(view, customerId)
  accessLog.record(view, operation, customerId)
}

/** Hides a document from partners, or shows it to them again. */
export async function setDocumentInternal(work: UnitOfWork, documentId: number, internal: boolean) {
  const document = await getLocked(work, documentId)
  if (document.internal === internal) return
  await updateDocument(work.tx, documentId, { internal }, work.now)
  const diff = { internal: [document.internal, internal] } as const
  work.audit({ action: 'document.changed', entityKind: 'customerDocument', entityId: documentId, diff })
}

/** Removes a document; links to it end at once. */
export async function deleteDocument(work: UnitOfWork, documentId: number) {
  const { fileId } = await getLocked(work, documentId)
  await deleteDocumentRow(work.tx, documentId)
  await expireFile(work.tx, fileId, work.now)
  work.audit({ action: 'document.deleted', entityKind: 'customerDocument', entityId: documentId })
}

async function getLocked({ tx }: UnitOfWork, documentId: number): Promise<DocumentRow> {
  const document = await lockDocument(tx, documentId)
  if (!document) throw notFound('document', documentId)
  return document
}
