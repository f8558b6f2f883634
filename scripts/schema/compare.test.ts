import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '../../test/support/database.ts'
import { compareWithSources, migrationStatements } from './compare.ts'
import { dumpSchema } from './dump.ts'
import { readSources, type SourceStatement } from './sources.ts'

const sources = readSources(join(import.meta.dirname, '..', '..'))
let database: TestDatabase
let client: pg.Client

before(async () => {
  database = await testDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
after(async () => {
  await client.end()
  await database.drop()
})

const without = (name: string) => sources.filter(({ makes }) => makes?.name !== name)
const changed = (name: string, from: string, to: string): SourceStatement[] =>
  sources.map((each) => (each.makes?.name === name ? { ...each, text: each.text.replace(from, to) } : each))

/** Applies what a migration from these sources would say; afterwards nothing may be left to do. */
async function migrateTo(wanted: readonly SourceStatement[]): Promise<string[]> {
  const statements = migrationStatements(await compareWithSources(client, wanted), wanted)
  for (const statement of statements) await client.query(statement)
  assert.deepEqual(await compareWithSources(client, wanted), [])
  return statements
}

test('comparing leaves the database as it was', async () => {
  const dump = await dumpSchema(client)
  assert.deepEqual(await compareWithSources(client, sources), [])
  assert.equal(await dumpSchema(client), dump)
})

test('a changed body is replaced, and nothing else is touched', async () => {
  const statements = await migrateTo(changed('palestra_last_day', 'ELSE committed_end', 'ELSE (committed_end)'))
  assert.equal(statements.length, 1)
  assert.match(statements[0] ?? '', /create or replace function palestra_last_day/)
})

test('a function of palestra_lookup is dropped, made and handed over again', async () => {
  await migrateTo(sources)
  const statements = await migrateTo(changed('palestra_find_tenant', 't.slug = wanted_slug', 'wanted_slug = t.slug'))
  assert.deepEqual(
    statements.map((each) => /^(?:drop function|create or replace|select palestra_own_lookup)/m.exec(each)?.[0]),
    ['drop function', 'create or replace', 'select palestra_own_lookup'],
  )
})

test('what has no source any more is dropped, and made again when it is back', async () => {
  assert.deepEqual((await migrateTo(without('customers_view_insert'))).slice(0, 1), [
    'drop trigger customers_view_insert on customers;',
  ])
  await migrateTo(sources)
})

test('a body that calls what is not there is refused', async () => {
  const broken = changed('palestra_customer_whole', 'palestra_customer_idle_periods(', 'palestra_idle_periods(')
  await assert.rejects(compareWithSources(client, broken), /palestra_customer_whole\.sql: .*palestra_idle_periods/)
})

test('of several functions one may call another that the migration makes later', async () => {
  const before = sources.filter(({ makes }) => makes?.name !== 'palestra_customer_bank_account')
  const alone = before.map((each) =>
    each.makes?.name === 'palestra_customer_whole'
      ? { ...each, text: each.text.replace(/\(SELECT i\.bank_account .*?\) i\)/s, 'null::json') }
      : each,
  )
  await migrateTo(alone)
  const statements = migrationStatements(await compareWithSources(client, sources), sources)
  await client.query(`begin; ${statements.join('\n')} commit`)
  assert.deepEqual(await compareWithSources(client, sources), [])
})

test('a right that is given away is a difference', async () => {
  await client.query('grant execute on function palestra_protect_tables() to public')
  const found = await compareWithSources(client, sources)
  assert.deepEqual(
    found.map(({ migrated }) => migrated?.name),
    ['palestra_protect_tables'],
  )
})
