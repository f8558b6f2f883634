import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { keepServedUrl } from '../platform/deployment/served-url.ts'
import { withPlatform } from './session.ts'

/** The address that links of a command begin with, in an environment of these settings. */
async function readLinkBase(settings: Readonly<Record<string, string>>): Promise<string> {
  const before = process.env
  const others = Object.entries(before).filter(([name]) => !name.startsWith('PALESTRA_'))
  process.env = { ...Object.fromEntries(others), ...settings }
  try {
    return await withPlatform(async ({ config }) => config.publicUrl)
  } finally {
    process.env = before
  }
}

test('links of a command lead to the port at which the server listens, unless an address is set', async () => {
  const database = await testDatabase()
  const settings = { PALESTRA_DATABASE_URL: database.url, PALESTRA_DEMO: 'true', PALESTRA_PORT: '3000' }
  try {
    assert.equal(await readLinkBase(settings), 'http://localhost:3000', 'the control: no server has started yet')
    await keepServedUrl(database.url, { host: '127.0.0.1', port: 4711 })
    assert.equal(await readLinkBase(settings), 'http://localhost:4711')
    const publicUrl = 'https://gym.example'
    assert.equal(await readLinkBase({ ...settings, PALESTRA_PUBLIC_URL: publicUrl }), publicUrl)
  } finally {
    await database.drop()
  }
})
