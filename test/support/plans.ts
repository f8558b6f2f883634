import pg from 'pg'
import type { SentStatement } from './statements.ts'

/** How a plan reads one table. */
export interface Scan {
  readonly table: string
  readonly node: string
  readonly condition: string
  readonly index: string | undefined
  /** Rows that came out, and rows that were read and then thrown away; 0 where the statement was not carried out. */
  readonly rows: number
  readonly wasted: number
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly 'Actual Rows'?: number
  readonly 'Recheck Cond'?: string
  readonly 'Rows Removed by Filter'?: number
  readonly 'Actual Loops'?: number
  readonly Plans?: readonly PlanNode[]
}

/** `prepareValue` is what the driver itself sends a value as. */
const { prepareValue } = (await import('pg/lib/utils.js' as string)) as {
  prepareValue(value: unknown): string | Buffer | null
}

function literal(value: unknown): string {
  const sent = prepareValue(value)
  if (sent === null) return 'null'
  return Buffer.isBuffer(sent) ? `'\\x${sent.toString('hex')}'` : pg.escapeLiteral(String(sent))
}

/**
 * How the server carries out a statement as the application sends it: prepared, planned once for all values, bound by
 * row-level security. Reads and locks are carried out, to count rows.
 */
export async function findScans(client: pg.Client, { text, values }: SentStatement): Promise<readonly Scan[]> {
  await client.query('begin')
  try {
    await client.query(`prepare looked_at as ${text}`)
    const given = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`
    // A write would meet what it did the first time.
    const isWrite = /\binsert into\b|\bupdate\s+\S+\s+set\b|\bdelete from\b/i.test(text)
    const run = isWrite ? '' : 'analyze, timing off, summary off, '
    const { rows } = await client.query(`explain (${run}format json) execute looked_at${given}`)
    return findScansIn(rows[0]['QUERY PLAN'][0].Plan)
  } finally {
    await client.query('rollback')
    await client.query('deallocate all')
  }
}

function findScansIn(node: PlanNode): Scan[] {
  const table = node['Relation Name']
  const below = (node.Plans ?? []).flatMap(findScansIn)
  // A bitmap is made by an index scan below, which names no table; the heap scan above repeats its condition.
  if (table === undefined || node['Node Type'] === 'ModifyTable') return below
  const loops = node['Actual Loops'] ?? 1
  const found = {
    table,
    node: node['Node Type'],
    condition: node['Index Cond'] ?? node['Recheck Cond'] ?? '',
    index: node['Index Name'],
    rows: (node['Actual Rows'] ?? 0) * loops,
    wasted: (node['Rows Removed by Filter'] ?? 0) * loops,
  }
  return [found, ...below]
}

/** Whether an index was entered by more than the tenant: everything of a tenant may be millions of rows. */
export function isNarrowed({ condition }: Scan): boolean {
  const columns = [...condition.matchAll(/\(?\(?"?(\w+)"?\)?(?:::\w+)?\s*(?:=|<|>|<=|>=|&&|@>|~)/g)].map(
    ([, name]) => name,
  )
  return columns.some((name) => name !== 'tenant_id')
}
