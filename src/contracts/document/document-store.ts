import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { customers } from '../../customers/index.ts'
import { prepared, type Queryable, type Tx } from '../../platform/database/database.ts'
import { files } from '../../platform/tables.ts'
import type { PartKind, WritePart } from '../../platform/units/write-parts.ts'
import { contractDocuments, contracts, contractSignatures } from '../tables.ts'
import type { BuyerSnapshot } from './buyer-snapshot.ts'

export type DocumentRow = typeof contractDocuments.$inferSelect

/** Who signs, as the documents name the person. */
export async function findBuyer(
  db: Queryable,
  customerId: number,
): Promise<Omit<BuyerSnapshot, 'payment'> | undefined> {
  const [row] = await buyer(db).execute({ customerId })
  return row && { ...row, birthDate: row.birthDate?.toString() ?? null }
}

const buyer = prepared((db) => {
  const { firstName, secondFirstName, lastName, secondLastName, dateOfBirth, customerNumber } = customers
  const { street, houseNumber, zipCode, city } = customers
  return db
    .select({
      name: sql<string>`concat_ws(' ', ${firstName}, ${secondFirstName}, ${lastName}, ${secondLastName})`,
      address: sql<string>`concat_ws(', ', nullif(concat_ws(' ', ${street}, ${houseNumber}), ''),
        nullif(concat_ws(' ', ${zipCode}, ${city}), ''))`,
      birthDate: dateOfBirth,
      customerNumber,
    })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId')))
    .prepare('contracts_find_buyer')
})

const waiting: PartKind = {
  name: 'document',
  queries: `
    waiting_document as (
      insert into contract_documents (contract_id, buyer, created_at)
      select "contractId", buyer, at from jsonb_to_recordset(:rows::jsonb) as d("contractId" bigint, buyer jsonb, at timestamptz))`,
}

/** A document that is printed after the commit. */
export const waitingPart = (contractId: number, who: BuyerSnapshot, now: Temporal.Instant): WritePart => ({
  kind: waiting,
  rows: [{ contractId, buyer: who, at: now.toString() }],
})

export async function listTenantsWithDueDocuments(
  db: Queryable,
  realNow: Temporal.Instant,
): Promise<readonly number[]> {
  const rows = await db
    .select({ id: sql<number>`tenant_id` })
    .from(sql`palestra_tenants_with_due_documents(${realNow.toString()}::timestamptz)`)
  return rows.map(({ id }) => id)
}

/** The document that has waited longest and is due; others may be printed by other processes meanwhile. */
export async function lockDueDocument(tx: Tx, realNow: Temporal.Instant): Promise<DocumentRow | undefined> {
  const { fileId, dueAt, contractId } = contractDocuments
  const isDue = or(isNull(dueAt), sql`${dueAt} <= ${realNow.toString()}::timestamptz`)
  const [row] = await tx
    .select()
    .from(contractDocuments)
    .where(and(isNull(fileId), isDue))
    .orderBy(sql`${dueAt} nulls first`, asc(contractId))
    .limit(1)
    .for('update', { skipLocked: true })
  return row
}

type Changes = Partial<Pick<DocumentRow, 'attempts' | 'dueAt' | 'failure' | 'buyer' | 'fileId' | 'printedAt'>>

/** Changes a document that is still in the hands of the attempt `attempts`, and not printed; answers whether it was. */
export async function updateDocument(
  tx: Tx,
  { contractId, attempts }: Pick<DocumentRow, 'contractId' | 'attempts'>,
  changes: Changes,
): Promise<boolean> {
  const { contractId: id, attempts: own, fileId } = contractDocuments
  const rows = await tx
    .update(contractDocuments)
    .set(changes)
    .where(and(eq(id, contractId), eq(own, attempts), isNull(fileId)))
    .returning({ id })
  return rows.length > 0
}

/** Waits for the document of an attempt; false where it is printed, taken by another attempt, or gone with its person. */
export async function lockAttempt(tx: Tx, { contractId, attempts }: Pick<DocumentRow, 'contractId' | 'attempts'>) {
  const { contractId: id, attempts: own, fileId } = contractDocuments
  const rows = await tx
    .select({ id })
    .from(contractDocuments)
    .where(and(eq(id, contractId), eq(own, attempts), isNull(fileId)))
    .for('update')
  return rows.length > 0
}

/** Whose contract it is, and of which studio. */
export async function findOwner(db: Queryable, contractId: number) {
  const [row] = await db
    .select({ customerId: contracts.customerId, studioId: contracts.studioId })
    .from(contracts)
    .where(eq(contracts.id, contractId))
  return row
}

/** What was drawn when a contract was signed: cleaned SVG. Null: below the contract itself. */
export async function listDrawings(db: Queryable, contractId: number): Promise<ReadonlyMap<number | null, string>> {
  const rows = await db
    .select({ textBlockId: contractSignatures.textBlockId, drawing: contractSignatures.drawing })
    .from(contractSignatures)
    .where(eq(contractSignatures.contractId, contractId))
  return new Map(rows.map(({ textBlockId, drawing }) => [textBlockId, Buffer.from(drawing).toString('utf8')]))
}

/** The printed documents of a customer: contract to file. */
export async function listPrintedFiles(db: Queryable, customerId: number): Promise<ReadonlyMap<number, number>> {
  const rows = await db
    .select({ contractId: contractDocuments.contractId, fileId: contractDocuments.fileId })
    .from(contractDocuments)
    .innerJoin(contracts, eq(contracts.id, contractDocuments.contractId))
    .where(eq(contracts.customerId, customerId))
  return new Map(rows.flatMap(({ contractId, fileId }) => (fileId === null ? [] : [[contractId, fileId] as const])))
}

/** The document of one contract, with the name of its file where it is printed. */
export async function findDocument(db: Queryable, contractId: number) {
  const { contractId: id, fileId, attempts, failure, printedAt } = contractDocuments
  const [row] = await db
    .select({ fileId, attempts, failure, printedAt, fileName: files.originalName, studioId: contracts.studioId })
    .from(contractDocuments)
    .innerJoin(contracts, eq(contracts.id, id))
    .leftJoin(files, eq(files.id, fileId))
    .where(eq(id, contractId))
  return row
}

/** Documents of a customer who is forgotten, printed or not; their files are ended by the privacy module. */
export async function deleteDocuments(tx: Tx, customerId: number) {
  const own = tx.select({ id: contracts.id }).from(contracts).where(eq(contracts.customerId, customerId))
  await tx.delete(contractDocuments).where(inArray(contractDocuments.contractId, own))
}
