import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { databaseUrl } from '../../src/platform/bundled-postgres/index.ts'
import { administer } from './servers/server.ts'

/** A database of this test file alone, migrated and empty; `await using` drops it at the end of the block. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string
  drop(): Promise<void>
}

/**
 * Clones the template that `npm test` prepared. Copying its files takes half the time of writing the same pages through the
 * log.
 */
export async function testDatabase(): Promise<TestDatabase> {
  return clone(preparedServer().template)
}

/**
 * Clones a template of its own kind, which the first caller of the whole run fills with `prepare`; the others wait for
 * it.
 */
export async function preparedDatabase(kind: string, prepare: (url: string) => Promise<void>): Promise<TestDatabase> {
  const { url, template } = preparedServer()
  const prepared = `${template}_${kind}`
  await exclusively(url, async (client) => {
    const known = await client.query('select from pg_database where datname = $1', [prepared])
    if (known.rowCount) return
    const draft = await clone(template)
    await prepare(draft.url)
    await client.query(`alter database ${new URL(draft.url).pathname.slice(1)} rename to ${prepared}`)
  })
  return clone(prepared)
}

function preparedServer() {
  const url = process.env['PALESTRA_TEST_SERVER_URL']
  const template = process.env['PALESTRA_TEST_TEMPLATE']
  if (!url || !template) throw new Error('No test server: run this file with `npm test -- path/to/the.test.ts`')
  return { url, template }
}

async function clone(template: string): Promise<TestDatabase> {
  const server = preparedServer().url
  const name = `palestra_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await administer(server, `create database ${name} template ${template} strategy file_copy`)
  const drop = () => administer(server, `drop database if exists ${name} with (force)`)
  return { url: databaseUrl({ url: server }, name), drop, [Symbol.asyncDispose]: drop }
}

/** An arbitrary number: the process that holds this lock prepares a template. */
const preparing = 7_252_538_003

async function exclusively(serverUrl: string, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [preparing])
    await work(client)
  } finally {
    await client.end()
  }
}
