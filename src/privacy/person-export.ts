import { listFilesOfOwner } from '../platform/files/store.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { listPersonTables, type PersonTable, readRowsOfPerson, type Row } from './person-tables-store.ts'

export interface PersonExport {
  readonly customerId: number
  readonly exportedAt: string
  /** Table → rows, as they are stored; sealed values in clear. */
  readonly data: Readonly<Record<string, readonly Row[]>>
  readonly files: Awaited<ReturnType<typeof listFilesOfOwner>>
}

/** The columns that are only for looking up. */
const INDEX_COLUMN = /_(?:hmac|hash)$/
const SEALED_COLUMN = /_enc$/

/**
 * Everything stored about one person: the person's own row, every row that names the person, and every row that belongs
 * to one of these and names no other person. It follows the references of the database, so that no table is forgotten.
 */
export async function exportPerson(work: UnitOfWork, secrets: Secrets, customerId: number): Promise<PersonExport> {
  const { tx, caller, now } = work
  const tables = await listPersonTables(tx)
  const found = new Map<string, Row[]>()
  await collect('customers', await readRowsOfPerson(tx, caller.tenantId, ownRow, [customerId]))
  if (!found.get('customers')?.length) throw notFound('customer', customerId)
  for (const table of tables.filter(({ parent }) => parent === undefined)) {
    await collect(table.table, await readRowsOfPerson(tx, caller.tenantId, table, [customerId]))
  }
  work.audit({ action: 'customer.exported', entityKind: 'customer', entityId: customerId })
  const files = await listFilesOfOwner(tx, caller.tenantId, { kinds: personFileKinds, id: customerId }, now)
  return { customerId, exportedAt: now.toString(), data: present(found, secrets), files }

  /** Takes rows in, once each, and then whatever belongs to them. */
  async function collect(table: string, rows: readonly Row[]) {
    const known = found.get(table) ?? []
    const fresh = rows.filter((row) => !known.some((each) => isSame(each, row)) && !namesAnother(row, customerId))
    if (fresh.length === 0) return
    found.set(table, [...known, ...fresh])
    const ids = fresh.map(({ id }) => Number(id)).filter((id) => Number.isSafeInteger(id))
    for (const child of tables.filter(({ parent }) => parent === table)) {
      await collect(child.table, await readRowsOfPerson(tx, caller.tenantId, child, ids))
    }
  }
}

const ownRow: PersonTable = { table: 'customers', column: 'id' }
export const personFileKinds = ['customerImage', 'customerDocument', 'customerContract', 'signature'] as const

const isSame = (a: Row, b: Row) => JSON.stringify(a) === JSON.stringify(b)

/** A row shared with another person is that person's as well, and not ours to give away. */
function namesAnother(row: Row, customerId: number): boolean {
  const named = row['customer_id']
  return named !== undefined && named !== null && Number(named) !== customerId
}

function present(found: ReadonlyMap<string, readonly Row[]>, secrets: Secrets): Record<string, readonly Row[]> {
  return Object.fromEntries([...found].map(([table, rows]) => [table, rows.map((row) => presentRow(row, secrets))]))
}

function presentRow(row: Row, secrets: Secrets): Row {
  const presented = Object.entries(row).flatMap(([column, value]): [string, unknown][] => {
    if (column === 'tenant_id' || value === null || INDEX_COLUMN.test(column)) return []
    if (!SEALED_COLUMN.test(column)) return [[column, value]]
    const sealed = Buffer.from(typeof value === 'string' ? value.replace(/^\\x/, '') : '', 'hex')
    return [[column.replace(SEALED_COLUMN, ''), secrets.unseal(sealed)]]
  })
  return Object.fromEntries(presented)
}
