import type pg from 'pg'
import { type Definition, readDefinitions } from './catalogue.ts'
import type { SourceStatement } from './sources.ts'

/** How the migrations' database differs from the sources. */
export interface Difference {
  readonly migrated: Definition | undefined
  readonly source: Definition | undefined
}

/** What a statement needs comes first; grants and changes of owner need what they are about. */
const turn = { function: 0, view: 1, grant: 2, trigger: 3 }

/** An order in which the statements run on a database without any of the things that they make. */
const inRunningOrder = (sources: readonly SourceStatement[]): SourceStatement[] =>
  sources.toSorted((a, b) => turn[a.makes?.kind ?? 'grant'] - turn[b.makes?.kind ?? 'grant'])

const bodiesUnchecked = (so: boolean) => `set local check_function_bodies = ${so ? 'off' : 'on'};`
const printDrop = ({ kind, identity }: Definition) => `drop ${kind} ${identity}`

/** Makes everything anew from the sources in a transaction that is taken back, and says what came out different. */
export async function compareWithSources(
  client: pg.Client,
  sources: readonly SourceStatement[],
): Promise<Difference[]> {
  const migrated = await readDefinitions(client)
  await client.query('begin')
  try {
    const ofKind = (kind: Definition['kind']) => migrated.filter((each) => each.kind === kind)
    const all = [...ofKind('trigger'), ...ofKind('view'), ...ofKind('function')]
    await client.query(`set local check_function_bodies = off; ${all.map(printDrop).join(';')}`)
    const ordered = inRunningOrder(sources)
    await runAll(client, ordered)
    // Once more, now that everything is there which a body may call.
    await client.query('set local check_function_bodies = on')
    await runAll(
      client,
      ordered.filter(({ makes }) => makes?.kind === 'function'),
    )
    return differences(migrated, await readDefinitions(client))
  } finally {
    await client.query('rollback')
  }
}

async function runAll(client: pg.Client, statements: readonly SourceStatement[]): Promise<void> {
  for (const { file, text } of statements) {
    await client.query(text).catch((cause: unknown) => {
      throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    })
  }
}

function differences(migrated: readonly Definition[], made: readonly Definition[]): Difference[] {
  const keyed = (all: readonly Definition[]) => new Map(all.map((each) => [`${each.kind} ${each.identity}`, each]))
  const [before, after] = [keyed(migrated), keyed(made)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => ({ migrated: before.get(key), source: after.get(key) }))
    .filter((pair) => pair.migrated?.text !== pair.source?.text)
}

/** The statements that take a migrated database to what the sources say. */
export function migrationStatements(found: readonly Difference[], sources: readonly SourceStatement[]): string[] {
  const gone = found.filter(({ migrated, source }) => migrated && (!source || needsNewShape(migrated, source)))
  const lost = (kind: Definition['kind']) =>
    gone.flatMap(({ migrated }) => (migrated?.kind === kind ? [`${printDrop(migrated)};`] : []))
  const wanted = new Set(found.flatMap(({ source }) => (source ? [`${source.kind} ${source.name}`] : [])))
  const wantedFiles = new Set(
    sources
      .filter(({ makes }) => makes && makes.kind !== 'trigger' && wanted.has(`${makes.kind} ${makes.name}`))
      .map(({ file }) => file),
  )
  const written = inRunningOrder(sources).filter(({ makes, file }) =>
    makes ? wanted.has(`${makes.kind} ${makes.name}`) : wantedFiles.has(file),
  )
  const statements = [...lost('trigger'), ...lost('view'), ...lost('function'), ...written.map(({ text }) => text)]
  // Of several functions one may call another that comes only later; `npm run schema` has their bodies checked.
  const several = written.filter(({ makes }) => makes?.kind === 'function').length > 1
  return several ? [bodiesUnchecked(true), ...statements, bodiesUnchecked(false)] : statements
}

/** A function that was handed to palestra_lookup can only be replaced by dropping it. */
const needsNewShape = (before: Definition, after: Definition) =>
  before.shape !== after.shape || before.text.includes('-- owner: ')
