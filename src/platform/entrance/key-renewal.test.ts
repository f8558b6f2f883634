import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import pg from 'pg'
import { openTestApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { Secrets } from '../secrets.ts'

test('a key that is used during a change of secrets works without the old one afterwards', async () => {
  await using database = await testDatabase()
  const [old, fresh] = ['an-old-root-key-of-more-than-32-characters', 'a-new-root-key-of-more-than-32-characters']
  const during = { PALESTRA_SECRET_KEY: `${fresh},${old}` }
  await using before = await openTestApp({ database, environment: { PALESTRA_SECRET_KEY: old } })
  const { berlin, hamburg, stranger } = before
  const world = { berlin, hamburg, stranger }
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const selectHash = async () =>
    (await client.query('select key_hash from api_keys where activation_id = $1', [berlin.activationId])).rows[0]
      .key_hash
  try {
    await using app = await openTestApp({ database, world, environment: during })
    assert.equal((await app.call('HEAD', '/v1/studios/information')).status, 200)
    assert.equal((await app.get('/v1/studios/information')).status, 200)
    const wanted = new Secrets([fresh]).hash('api-key', berlin.key)
    for (let wait = 0; wait < 100 && !wanted.equals(await selectHash()); wait++) await sleep(20)
    await using afterwards = await openTestApp({ database, world, environment: { PALESTRA_SECRET_KEY: fresh } })
    assert.equal((await afterwards.get('/v1/studios/information')).status, 200)
    const unused = await afterwards.get('/v1/studios/information', { as: hamburg })
    assert.equal(unused.status, 401, 'the control: a key that was not used is lost with the old secret')
  } finally {
    await client.end()
  }
})
