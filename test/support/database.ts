import { randomBytes } from 'node:crypto'
import { databaseUrl } from '../../src/platform/bundled-postgres/index.ts'
import { administer } from './server.ts'

/** A database of this test file alone, migrated and empty; `await using` drops it at the end of the block. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string
  drop(): Promise<void>
}

/**
 * Clones the template that `npm test` prepared. Copying files takes 50 ms for the whole schema, writing the same
 * pages through the log 130 ms.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = process.env['PALESTRA_TEST_SERVER_URL']
  const template = process.env['PALESTRA_TEST_TEMPLATE']
  if (!server || !template) throw new Error('No test server: run this file with `npm test -- path/to/the.test.ts`')
  const name = `palestra_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await administer(server, `create database ${name} template ${template} strategy file_copy`)
  const drop = () => administer(server, `drop database if exists ${name} with (force)`)
  return { url: databaseUrl({ url: server }, name), drop, [Symbol.asyncDispose]: drop }
}
