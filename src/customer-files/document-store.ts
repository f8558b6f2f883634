import { and, asc, eq, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { files } from '../platform/tables.ts'
import { customerDocuments } from './tables.ts'

export interface DocumentRow {
  readonly id: number
  readonly customerId: number
  readonly fileId: number
  readonly fileName: string
  readonly description: string | null
  readonly internal: boolean
  readonly uploadedBy: string
  readonly mime: string
  /** Bytes. */
  readonly size: number
}

const columns = {
  id: customerDocuments.id,
  customerId: customerDocuments.customerId,
  fileId: customerDocuments.fileId,
  fileName: customerDocuments.fileName,
  description: customerDocuments.description,
  internal: customerDocuments.internal,
  uploadedBy: customerDocuments.uploadedBy,
  mime: files.mime,
  size: files.size,
}
const withFile = and(eq(files.tenantId, customerDocuments.tenantId), eq(files.id, customerDocuments.fileId))
const ofCustomer = eq(customerDocuments.customerId, sql.placeholder('customerId'))
const shownToPartners = eq(customerDocuments.internal, false)

const open = prepared((db) =>
  db
    .select(columns)
    .from(customerDocuments)
    .innerJoin(files, withFile)
    .where(and(ofCustomer, shownToPartners))
    .orderBy(asc(customerDocuments.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('position'))
    .prepare('customers_list_documents'),
)

/** Documents of a customer that partners may see, in the order of their ids. */
export function listOpenDocuments(
  db: Queryable,
  customerId: number,
  part: { readonly position: number; readonly limit: number },
): Promise<DocumentRow[]> {
  return open(db).execute({ customerId, ...part })
}

const openOne = prepared((db) =>
  db
    .select(columns)
    .from(customerDocuments)
    .innerJoin(files, withFile)
    .where(and(ofCustomer, shownToPartners, eq(customerDocuments.id, sql.placeholder('documentId'))))
    .prepare('customers_find_document'),
)

/** One document that partners may see. */
export async function findOpenDocument(
  db: Queryable,
  customerId: number,
  documentId: number,
): Promise<DocumentRow | undefined> {
  const [row] = await openOne(db).execute({ customerId, documentId })
  return row
}

/** All documents of a customer, those that are internal too. */
export function listDocumentRows(db: Queryable, customerId: number): Promise<DocumentRow[]> {
  return db
    .select(columns)
    .from(customerDocuments)
    .innerJoin(files, withFile)
    .where(eq(customerDocuments.customerId, customerId))
    .orderBy(asc(customerDocuments.id))
}

/** Any document, locked for a change. */
export async function lockDocument(tx: Tx, documentId: number): Promise<DocumentRow | undefined> {
  const [row] = await tx
    .select(columns)
    .from(customerDocuments)
    .innerJoin(files, withFile)
    .where(eq(customerDocuments.id, documentId))
    .for('update', { of: customerDocuments })
  return row
}

type NewDocument = Omit<typeof customerDocuments.$inferInsert, 'id' | 'tenantId' | 'createdAt' | 'updatedAt'>

export async function insertDocument(tx: Tx, document: NewDocument, now: Temporal.Instant): Promise<number> {
  const [row] = await tx
    .insert(customerDocuments)
    .values({ ...document, createdAt: now, updatedAt: now })
    .returning({ id: customerDocuments.id })
  if (!row) throw new Error('The document was not stored.')
  return row.id
}

export async function updateDocument(
  tx: Tx,
  documentId: number,
  changes: { readonly internal: boolean },
  now: Temporal.Instant,
) {
  await tx
    .update(customerDocuments)
    .set({ ...changes, updatedAt: now, version: sql`${customerDocuments.version} + 1` })
    .where(eq(customerDocuments.id, documentId))
}

export async function deleteDocumentRow(tx: Tx, documentId: number) {
  await tx.delete(customerDocuments).where(eq(customerDocuments.id, documentId))
}

export async function deleteDocumentRows(tx: Tx, customerId: number) {
  await tx.delete(customerDocuments).where(eq(customerDocuments.customerId, customerId))
}
