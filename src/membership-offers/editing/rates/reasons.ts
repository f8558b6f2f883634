import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '../../../platform/database/database.ts'
import { notFound } from '../../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../../platform/units/work.ts'
import { cancelationReasons, companies, idleReasons } from '../../tables.ts'
import { auditDocument } from '../audit.ts'
import { toDocument } from '../documents.ts'
import { studioFaults } from '../reference-store.ts'
import { refuseFaults } from '../refusals.ts'
import { insertRow, lockRow, saveRow } from '../rows.ts'

const kinds = {
  idleReason: idleReasons,
  cancelationReason: cancelationReasons,
  company: companies,
} as const

/** Things of the catalogue that have a few fields and are changed one by one. */
type Kind = keyof typeof kinds
type Fields = Readonly<Record<string, unknown>> & { readonly studioId?: number | undefined }

/** Adds one. Returns its id. */
export async function createEntry(work: UnitOfWork, kind: Kind, fields: Fields): Promise<number> {
  refuseFaults(await studioFaults(work.tx, [['studioId', fields.studioId]]))
  const id = await insertRow(work.tx, kinds[kind], fields as never, work.now)
  auditDocument(work, { kind, id, before: undefined, after: fields })
  return id
}

/** Changes one; fields that are left out stay as they are. */
export async function updateEntry(work: UnitOfWork, kind: Kind, id: number, changes: Fields): Promise<void> {
  const { tx } = work
  await lockRow(tx, kinds[kind], { id }, kind)
  const before = await describeEntry(tx, kind, id)
  await saveRow(work, kinds[kind], id, changes as never)
  auditDocument(work, { kind, id, before, after: await describeEntry(tx, kind, id) })
}

async function describeEntry(db: Queryable, kind: Kind, id: number) {
  const table = kinds[kind]
  const [row] = await db
    .select()
    .from(table as typeof companies)
    .where(eq(table.id, id))
  if (!row) throw notFound(kind, id)
  return toDocument(table, row)
}

interface Listed {
  readonly idleReason: { id: number; studioId: number; name: string; position: number }
  readonly cancelationReason: { id: number; studioId: number; name: string; position: number }
  readonly company: { id: number; name: string }
}

/** All of a kind in the order in which members see them; companies by name. */
export async function listEntries<K extends Kind>(db: Queryable, kind: K): Promise<Listed[K][]> {
  const table = kinds[kind]
  const order = 'position' in table ? [table.studioId, table.position] : [companies.name]
  const rows = await db
    .select()
    .from(table as typeof companies)
    .orderBy(...order.map((column) => asc(column)), asc(table.id))
  return rows.map((row) => ({ id: row.id, ...toDocument(table, row) }) as unknown as Listed[K])
}
