/**
 * `npm run migration:sql -- --name what_changes`: writes the migration that takes the functions, triggers and views of the
 * present migrations to what src/<module>/sql says. Tables come from `npm run migration`, first.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compareWithSources, migrationStatements } from './schema/compare.ts'
import { withMigratedDatabase } from './schema/database.ts'
import { readSources } from './schema/sources.ts'

interface Journal {
  readonly entries: readonly { readonly tag: string }[]
}

const root = join(import.meta.dirname, '..')
const { name } = parseArgs({ options: { name: { type: 'string' } } }).values

/** drizzle-kit gives the number, the entry in the journal and the snapshot, and leaves the statements to us. */
function writeMigration(title: string, statements: readonly string[]): string {
  const kit = join(root, 'node_modules/drizzle-kit/bin.cjs')
  execFileSync(process.execPath, [kit, 'generate', '--custom', '--name', title], { cwd: root, stdio: 'pipe' })
  const journal = JSON.parse(readFileSync(join(root, 'migrations/meta/_journal.json'), 'utf8')) as Journal
  const file = join('migrations', `${journal.entries.at(-1)?.tag}.sql`)
  writeFileSync(join(root, file), `${statements.join('\n--> statement-breakpoint\n')}\n`)
  return file
}

if (name === undefined || !/^\w+$/.test(name))
  throw new Error('Say what changes: `npm run migration:sql -- --name what_changes`')
const sources = readSources(root)
const found = await withMigratedDatabase((client) => compareWithSources(client, sources))
console.log(
  found.length === 0
    ? 'The migrations make what src/*/sql says: nothing to write.'
    : `Wrote ${writeMigration(name, migrationStatements(found, sources))}: read it, then run \`npm run schema\`.`,
)
