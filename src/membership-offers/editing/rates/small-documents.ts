import { asc, eq } from 'drizzle-orm'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { notFound, type UnknownEntity } from '../../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../../platform/units/work.ts'
import { idlePolicies, textBlocks } from '../../tables.ts'
import { scaleFaults } from '../amounts-rules.ts'
import { auditDocument } from '../audit.ts'
import { listCurrencies } from '../currency-store.ts'
import { toColumns, toDocument, type Values } from '../documents.ts'
import { refuseFaults } from '../refusals.ts'
import { dropDocument } from '../pictures.ts'
import { lockCatalogue, lockRow, saveRow, type VersionedTable } from '../rows.ts'
import { idlePolicyFaults, textBlockFaults } from './rate-rules.ts'
import type { IdlePolicyDocument, TextBlockDocument } from './rate-schemas.ts'

interface Kind<T extends VersionedTable> {
  /** The word of the audit log. */
  readonly audited: string
  /** The word for one that does not exist. */
  readonly entity: UnknownEntity
  readonly table: T
  /** Columns that no document has. */
  readonly leftOut: readonly string[]
}

const policyKind: Kind<typeof idlePolicies> = {
  audited: 'idlePolicy',
  entity: 'idlePeriodRule',
  table: idlePolicies,
  leftOut: [],
}
const blockKind: Kind<typeof textBlocks> = {
  audited: 'textBlock',
  entity: 'textBlock',
  table: textBlocks,
  leftOut: ['documentId'],
}

/** Adds an idle policy, or makes the one that the document names exactly as it says. Contracts keep the one they have. */
export async function saveIdlePolicy(work: UnitOfWork, policy: IdlePolicyDocument): Promise<number> {
  refuseFaults([...idlePolicyFaults(policy), ...scaleFaults('', policy, await listCurrencies(work.tx, []))])
  return saveDocument(work, policyKind, policy, toColumns(idlePolicies, policy))
}

/** Adds a text block, or makes the one that the document names exactly as it says. Its file stays while it is attached, and goes afterwards. */
export async function saveTextBlock(work: UnitOfWork, block: TextBlockDocument): Promise<number> {
  await lockCatalogue(work)
  const documentId = block.id === undefined ? null : await lockDocumentId(work.tx, block.id)
  refuseFaults(textBlockFaults(block, documentId !== null))
  const kept = block.attachmentType === 'FILE' ? documentId : null
  const blockId = await saveDocument(work, blockKind, block, toColumns(textBlocks, block, { documentId: kept }))
  if (documentId !== kept) await dropDocument(work, documentId)
  return blockId
}

/** The row stays locked: staff may attach another file meanwhile. */
async function lockDocumentId(tx: Tx, blockId: number): Promise<number | null> {
  const [row] = await tx
    .select({ id: textBlocks.documentId })
    .from(textBlocks)
    .where(eq(textBlocks.id, blockId))
    .for('update')
  return row?.id ?? null
}

async function saveDocument<T extends VersionedTable>(
  work: UnitOfWork,
  kind: Kind<T>,
  { id, version }: { readonly id?: number | undefined; readonly version?: number | undefined },
  columns: Values<T>,
): Promise<number> {
  const { table, entity, audited } = kind
  if (id !== undefined) await lockRow(work.tx, table, { id, version }, entity)
  const before = id === undefined ? undefined : await describe(work.tx, kind, id)
  const saved = await saveRow(work, table, id, columns)
  auditDocument(work, { kind: audited, id: saved, before, after: await describe(work.tx, kind, saved) })
  return saved
}

async function describe<T extends VersionedTable>(db: Queryable, { table, entity, leftOut }: Kind<T>, id: number) {
  const [row] = await db
    .select()
    .from(table as VersionedTable)
    .where(eq(table.id, id))
  if (!row) throw notFound(entity, id)
  return { id, version: row['version'] as number, ...toDocument(table, row, leftOut) }
}

/** An idle policy as a document has it; what `import` reads is what this shows. */
export const describeIdlePolicy = (db: Queryable, id: number) =>
  describe(db, policyKind, id) as unknown as Promise<IdlePolicyDocument>

/** A text block as a document has it; what `import` reads is what this shows. */
export const describeTextBlock = (db: Queryable, id: number) =>
  describe(db, blockKind, id) as unknown as Promise<TextBlockDocument>

/** All idle policies, in the order in which they were added. */
export async function listIdlePolicies(db: Queryable) {
  const rows = await db.select().from(idlePolicies).orderBy(asc(idlePolicies.id))
  return rows.map((row) => ({ id: row.id, ...toDocument(idlePolicies, row) }))
}

/** All text blocks, by title. */
export async function listTextBlocks(db: Queryable) {
  const rows = await db.select().from(textBlocks).orderBy(asc(textBlocks.title), asc(textBlocks.id))
  return rows.map(({ id, title, attachmentType }) => ({ id, title, attachmentType }))
}
