import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { testDatabase } from './database.ts'

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

test('two test databases do not see each other', async () => {
  await using first = await testDatabase()
  await using second = await testDatabase()
  await query(first.url, 'create table only_here ()')
  assert.deepEqual(await query(second.url, `select to_regclass('only_here') as found`), [{ found: null }])
})

test('a dropped test database is gone, also while a connection is open', async () => {
  const database = await testDatabase()
  const client = new pg.Client({ connectionString: database.url })
  client.on('error', () => {})
  await client.connect()
  await database.drop()
  await assert.rejects(query(database.url, 'select 1'), /does not exist/)
})
