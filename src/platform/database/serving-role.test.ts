import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { testDatabase } from '../../../test/support/database.ts'
import { Secrets } from '../secrets.ts'
import { withLoginConnection } from './login-connection.ts'
import { readLoginRights, servingConnectionString } from './serving-role.ts'

const secrets = new Secrets(['a secret of at least thirty-two characters'])

async function refusal(work: Promise<unknown>): Promise<string | undefined> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof pg.DatabaseError ? error.code : undefined
}

test('who serves may become the role of requests and nothing else, also after reset role', async () => {
  const database = await testDatabase()
  try {
    const serving = await servingConnectionString(database.url, secrets)
    assert.notEqual(serving, database.url)
    assert.equal(await servingConnectionString(database.url, secrets), serving, 'a second process gets the same')
    await withLoginConnection(serving, async (client) => {
      await client.query('set role palestra_app')
      assert.deepEqual((await client.query('select count(*)::int as seen from tenants')).rows, [{ seen: 0 }])
      await client.query('reset role')
      for (const text of [
        'select 1 from tenants',
        'delete from customers',
        'update deployment set secret_check = null',
        'select secret_check from deployment',
        'alter table tenants disable row level security',
        'create table mine (n int)',
        'set role postgres',
        'set session authorization postgres',
        `create role more`,
      ]) {
        assert.equal(await refusal(client.query(text)), '42501', text)
      }
      assert.deepEqual(await readLoginRights(client), { isPowerful: false, mayCreateRoles: false })
    })
    assert.equal(await servingConnectionString(serving, secrets), serving, 'a login without rights stays as it is')
    await withLoginConnection(database.url, async (client) => {
      assert.deepEqual(await readLoginRights(client), { isPowerful: true, mayCreateRoles: true })
    })
  } finally {
    await database.drop()
  }
})

test('a login that may not make roles serves itself', async () => {
  const database = await testDatabase()
  const name = `owner_${process.pid}`
  try {
    await withLoginConnection(database.url, async (client) => {
      await client.query(`create role ${name} login bypassrls password 'x'; grant palestra_app to ${name}`)
    })
    const url = new URL(database.url)
    url.username = name
    url.password = 'x'
    assert.equal(await servingConnectionString(url.href, secrets), url.href)
  } finally {
    await database.drop()
  }
})
