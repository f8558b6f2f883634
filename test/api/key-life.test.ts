import { test } from 'node:test'
import assert from 'node:assert/strict'
import { inboundKey } from '../../src/demo/house/keys.ts'
import { addAccessMedium } from '../../src/customers/index.ts'
import { importKey, issueKey, listKeys } from '../../src/integrations/index.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { manualTime } from '../support/manual-time.ts'
import { openSecondApp } from '../support/second-app.ts'

const TAGS = '/v1/studios/tags'
const [older, newer] = ['older-secret-of-an-installation-1', 'newer-secret-of-an-installation-2']

const deps = (app: TestApp) => ({ secrets: app.platform.secrets, realNow: app.platform.real.now() })
const statusWith = async (app: TestApp, key: string) => (await app.get(TAGS, { headers: { 'x-api-key': key } })).status

test('the fixed keys of the demo open nothing outside of it, even when they are stored', async () => {
  const key = inboundKey('demoBerlinFull')
  await using demo = await openTestApp()
  await demo.write((work) => importKey(work, demo.berlin.activationId, { kind: 'INBOUND', key }, deps(demo)))
  assert.equal(await statusWith(demo, key), 200)
  const environment = { PALESTRA_DEMO: 'false', PALESTRA_TEST_CLOCK: 'false', PALESTRA_SECRET_KEY: older }
  await using real = await openTestApp({ environment })
  await real.write((work) => importKey(work, real.berlin.activationId, { kind: 'INBOUND', key }, deps(real)))
  assert.deepEqual([await statusWith(real, key), await statusWith(real, real.berlin.key)], [401, 200])
})

test('after a change of the secret what was issued under the old one still counts, while it is listed', async () => {
  await using before = await openTestApp({ environment: { PALESTRA_SECRET_KEY: older } })
  const customerId = await addCustomer(before)
  const pin = { type: 'PIN', value: '4711' } as const
  await before.write((work) => addAccessMedium(work, customerId, pin, before.platform.secrets))
  const foundBy = async (app: TestApp) => {
    const { status, body } = await app.get('/v1/customers/by?pin=4711')
    return [status, body.accessMediums?.[0]?.value]
  }
  await using without = await openSecondApp(before, { environment: { PALESTRA_SECRET_KEY: newer } })
  assert.equal(await statusWith(without, before.berlin.key), 401)
  await using after = await openSecondApp(before, { environment: { PALESTRA_SECRET_KEY: `${newer},${older}` } })
  assert.deepEqual(await foundBy(after), [200, '4711'])
  const other = await addCustomer(after)
  await assert.rejects(
    after.write((work) => addAccessMedium(work, other, pin, after.platform.secrets)),
    { code: 'errormessage.accessMedium.valueInUse' },
  )
})

async function lastUse(app: TestApp): Promise<string | undefined> {
  const [key] = await app.read((view) => listKeys(view, app.berlin.activationId))
  return key?.lastUsedAt?.toString()
}

async function untilUsedAt(app: TestApp, at: string) {
  for (let tries = 0; (await lastUse(app)) !== at; tries++) {
    assert.ok(tries < 200, `last used at ${await lastUse(app)}, not ${at}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('the last use of a key is stored, at most once a minute', async () => {
  const real = manualTime('2026-06-15T12:00:00Z')
  await using app = await openTestApp({ real })
  assert.equal(await statusWith(app, app.berlin.key), 200)
  await untilUsedAt(app, '2026-06-15T12:00:00Z')
  real.pass({ seconds: 59 })
  assert.equal(await statusWith(app, app.berlin.key), 200)
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(await lastUse(app), '2026-06-15T12:00:00Z')
  real.pass({ seconds: 1 })
  assert.equal(await statusWith(app, app.berlin.key), 200)
  await untilUsedAt(app, '2026-06-15T12:01:00Z')
})

test('both keys of an activation draw on one limit', async () => {
  await using app = await openTestApp({ real: manualTime(), environment: { PALESTRA_RATELIMIT_DEFAULT: '2' } })
  const { key } = await app.write((work) => issueKey(work, app.berlin.activationId, 'INBOUND', deps(app)))
  const used = [app.berlin.key, key, key, app.berlin.key]
  const statuses: number[] = []
  for (const each of used) statuses.push(await statusWith(app, each))
  assert.deepEqual(statuses, [200, 200, 429, 429])
})
