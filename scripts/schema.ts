/**
 * `npm run schema` writes migrations/schema.sql: what all migrations together make. With `--check` it compares that file,
 * and the functions, triggers and views with their sources in src/<module>/sql, and says what to run when they differ.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareWithSources } from './schema/compare.ts'
import { withMigratedDatabase } from './schema/database.ts'
import { dumpSchema } from './schema/dump.ts'
import { misnamedSources, readSources } from './schema/sources.ts'

const root = join(import.meta.dirname, '..')
const file = join(root, 'migrations', 'schema.sql')
const sources = readSources(root)

const { dump, found } = await withMigratedDatabase(async (client) => ({
  dump: await dumpSchema(client),
  found: await compareWithSources(client, sources),
}))

if (process.argv.includes('--check')) {
  const complaints = misnamedSources(sources)
  const names = found.map(({ migrated, source }) => `${(migrated ?? source)?.kind} ${(migrated ?? source)?.identity}`)
  if (names.length > 0) {
    complaints.push(
      `The migrations make other things than src/*/sql says: ${names.join(', ')}.`,
      'Write the migration with `npm run migration:sql -- --name what_changes`, then run `npm run schema`.',
    )
  }
  if (!existsSync(file) || readFileSync(file, 'utf8') !== dump) {
    complaints.push('migrations/schema.sql is not what the migrations make: run `npm run schema` and commit the diff.')
  }
  for (const complaint of complaints) console.error(complaint)
  process.exitCode = complaints.length === 0 ? 0 : 1
} else {
  writeFileSync(file, dump)
}
