/**
 * The committed migrations are what the tables in the code ask for. Compares the last snapshot of the migrations with
 * the snapshot of the tables as they stand; `drizzle-kit generate` would write a new migration exactly when the two
 * differ, but may stop to ask about renames, which nobody answers here.
 */
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { generateDrizzleJson } from 'drizzle-kit/api'

interface Config {
  readonly schema: string | readonly string[]
}
interface Journal {
  readonly entries: readonly { readonly idx: number; readonly tag: string }[]
}
type Snapshot = Readonly<Record<string, unknown>>

const root = join(import.meta.dirname, '..')
const out = join(root, 'migrations')

async function currentSnapshot(): Promise<Snapshot> {
  const { default: config } = (await import(join(root, 'drizzle.config.ts'))) as { default: Config }
  const patterns = typeof config.schema === 'string' ? [config.schema] : config.schema
  const tables: Record<string, unknown> = {}
  for (const file of patterns.flatMap((pattern) => globSync(pattern, { cwd: root }))) {
    Object.assign(tables, await import(join(root, file)))
  }
  return JSON.parse(JSON.stringify(generateDrizzleJson(tables))) as Snapshot
}

function lastSnapshot(): Snapshot {
  const journal = JSON.parse(readFileSync(join(out, 'meta', '_journal.json'), 'utf8')) as Journal
  const number = String(journal.entries.at(-1)?.idx ?? 0).padStart(4, '0')
  return JSON.parse(readFileSync(join(out, 'meta', `${number}_snapshot.json`), 'utf8')) as Snapshot
}

/** Names the objects that differ, so that the reader knows which table was changed. */
function differences(stored: Snapshot, current: Snapshot): string[] {
  const identity = new Set(['id', 'prevId'])
  return [...new Set([...Object.keys(stored), ...Object.keys(current)])].flatMap((kind) => {
    const [before, after] = [stored[kind], current[kind]]
    if (identity.has(kind) || isDeepStrictEqual(before, after)) return []
    if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) return [kind]
    const [old, young] = [before as Snapshot, after as Snapshot]
    const names = new Set([...Object.keys(old), ...Object.keys(young)])
    return [...names].filter((name) => !isDeepStrictEqual(old[name], young[name])).map((name) => `${kind} ${name}`)
  })
}

execFileSync(process.execPath, [join(root, 'node_modules/drizzle-kit/bin.cjs'), 'check'], { cwd: root, stdio: 'pipe' })
const found = differences(lastSnapshot(), await currentSnapshot())
if (found.length > 0) {
  console.error(`The tables differ from the migrations in ${found.join(', ')}.`)
  console.error('Write the migration with `npm run migration -- --name what_changes` and commit it.')
  process.exitCode = 1
}
