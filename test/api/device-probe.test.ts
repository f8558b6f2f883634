import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import pino from 'pino'
import { customers } from '../../src/customers/customer-table.ts'
import { createDevice, importDeviceToken, setIntervals } from '../../src/devices/index.ts'
import type { DeviceModel } from '../../src/devices/tables.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { deviceScene } from '../support/scenes/device-scene.ts'
import { insertFullStudio, type StudioContents } from '../support/full/full-studio.ts'
import { asSuperuser, rowHashes } from '../support/row-hashes.ts'
import { openSecondApp } from '../support/second-app.ts'
import { watchStatements, withoutFilters } from '../support/statements.ts'
import { visitScene } from '../support/scenes/visit-scene.ts'
import type { TestStudio } from '../support/scenes/world.ts'

const MARK = '7319554028'
const lines: string[] = []
const watch = watchStatements()
let app: TestApp
let theirs: readonly object[]
let ours: readonly object[]
before(async () => {
  app = await openTestApp({ log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }) })
  theirs = await shownBy(await insertFullStudio(app.platform, app.stranger, { firstId: 977_000_000 }), app.stranger)
  ours = await shownBy(await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000 }), app.berlin)
})
after(() => app.close())

const everywhere = [
  ['GENERIC_CARD_READER', 'cardreader/identification', { purpose: 'TOGGLE', debounceSeconds: 0 }],
  ['GENERIC_VENDING_READER', 'vending/identification', {}],
  ['GENERIC_VENDING_READER', 'vending/sale', {}],
  ['GENERIC_VENDING_READER', 'vending/revalue', {}],
  ['GENERIC_TIME_READER', 'time/identification', { mode: 'PER_MINUTE', pricePerMinute: 1 }],
  ['GENERIC_TIME_READER', 'time/usage', { mode: 'PER_MINUTE', pricePerMinute: 1 }],
] as const

const rest = {
  transactionId: '40000000-0000-4000-8000-000000000001',
  productId: '1',
  price: 1,
  amount: 1,
  durationInSeconds: 60,
}

/** Everything but what devices leave behind by calling at all. */
async function hashes() {
  const { device_access_log: _log, devices: _seen, ...others } = await rowHashes(app.url)
  return others
}

/** Everything by which a person may be known to a device. */
async function shownBy(contents: StudioContents, studio: TestStudio) {
  const [person] = await app.read(
    ({ db }) => db.select().from(customers).where(eq(customers.id, contents.customerId)),
    studio,
  )
  return [
    { type: 'NUMBER', value: contents.cardNumber },
    { type: 'BARCODE', value: contents.barcode },
    { type: 'QR_CODE', value: contents.barcode },
    { type: 'QR_CODE', value: JSON.stringify({ uuid: contents.customerUuid }) },
    { type: 'QR_CODE', value: person?.staticAccessNumber },
    { type: 'QR_CODE', value: `${'1'.repeat(9)}${String(contents.customerId).padStart(10, '0')}` },
  ]
}

let tokens = 0

/** The token of a new device of any studio. */
function installIn(studio: TestStudio, model: DeviceModel, config: object): Promise<string> {
  const token = `50000000-0000-4000-8000-${String(++tokens).padStart(12, '0')}`
  const prices = [{ durationSeconds: 300, price: `${studio.studioId}.01` }]
  return app.write(async (work) => {
    const id = await createDevice(work, { studioId: studio.studioId, name: `Device ${tokens}`, model, config })
    await importDeviceToken(work, id, token, app.platform.secrets)
    if ('mode' in config && config.mode === 'INTERVALS') await setIntervals(work, id, prices)
    return token
  }, studio)
}

async function assertNobody(on: TestApp, token: string, path: string, people: readonly object[]) {
  for (const identification of people) {
    const answer = await on.call('POST', `/open-api/device/${path}`, {
      body: { identification, ...rest },
      headers: { authorization: `Bearer ${token}` },
    })
    assert.deepEqual([answer.status, answer.body.errorCode], [404, 'errormessage.device.customerNotIdentified'], path)
    // A trace id may well look like an id of theirs.
    assert.doesNotMatch(answer.text.replace(answer.body.traceId, ''), /977\d{6}|Qx[12]23x/)
  }
}

test('people of another tenant are unknown to a device, by every means of identification', async () => {
  for (const [model, path, config] of everywhere) {
    const [here, there] = [await installIn(app.berlin, model, config), await installIn(app.stranger, model, config)]
    const before = await hashes()
    await assertNobody(app, here, path, theirs)
    await assertNobody(app, there, path, ours)
    assert.deepEqual(await hashes(), before, path)
  }
  const door = await installIn(app.berlin, 'GENERIC_CARD_READER', { purpose: 'ENTRANCE' })
  const headers = { authorization: `Bearer ${door}` }
  const identification = ours[0]
  const control = await app.post('/open-api/device/cardreader/identification', { identification }, { headers })
  assert.equal(control.status, 200, 'the same way to be known works at home')
})

test('a device knows its own prices, never those of another tenant', async () => {
  for (const studio of [app.berlin, app.stranger]) {
    const token = await installIn(studio, 'GENERIC_TIME_READER', { mode: 'INTERVALS' })
    const answer = await app.get('/open-api/device/time/price', { headers: { authorization: `Bearer ${token}` } })
    assert.deepEqual(
      answer.body.selection.map(({ price }: any) => price.amount),
      [studio.studioId + 0.01],
    )
  }
})

test('with every filter of the application disabled, row-level security alone keeps devices to their tenant', async (t) => {
  t.after(() => Object.assign(watch, { rewrite: (text: string) => text, onResult: () => {} }))
  const installed = []
  for (const [model, path, config] of everywhere)
    installed.push({ path, token: await installIn(app.berlin, model, config) })
  const untouched = await hashes()
  watch.rewrite = withoutFilters
  const [texts, rows]: [string[], unknown[]] = [[], []]
  await using bare = await openSecondApp(app)
  watch.onResult = (statement) => {
    texts.push(statement.text)
    rows.push(...statement.rows)
  }
  for (const { path, token } of installed) await assertNobody(bare, token, path, theirs)
  assert.ok(
    texts.some((text) => text.includes('or true')),
    'filters have been disabled',
  )
  assert.doesNotMatch(JSON.stringify(rows), /\b977\d{6}\b|Qx223x/)
  assert.deepEqual(await hashes(), untouched)
})

test('an id of a purchase means nothing to another tenant', async () => {
  const { card, member, machine } = { ...deviceScene(app), ...visitScene(app) }
  const [bar, identification] = [await machine(), await card(await member())]
  await asSuperuser(app.url, (client) =>
    client.query(`insert into vending_transactions (tenant_id, device_id, transaction_id, customer_id, kind, state, expires_at, created_at, updated_at)
      select 2, id, '${rest.transactionId}', 977001000, 'VENDING', 'COMPLETED', '2026-06-15Z', '2026-06-15Z', '2026-06-15Z'
      from devices where tenant_id = 2 limit 1`),
  )
  const { body } = await bar.post('vending/identification', { identification, transactionId: rest.transactionId })
  assert.equal(body.authorized, true)
})

test('a dry run changes nothing but what devices leave behind by calling at all', async () => {
  const { reader, card, member, solarium } = { ...deviceScene(app), ...visitScene(app) }
  const identification = await card(await member())
  const [door, sun] = [await reader({ purpose: 'TOGGLE' }), await solarium()]
  const before = await hashes()
  const dry = { identification, shouldExecuteAction: false }
  assert.equal((await door.post('cardreader/identification', dry)).status, 200)
  await sun.post('time/usage', { ...dry, durationInSeconds: 300 })
  assert.deepEqual(await hashes(), before)
})

test('nothing that a device reads or shows reaches the logs', async () => {
  for (const [model, path, config] of everywhere) {
    const device = await deviceScene(app).install(model, config)
    for (const type of ['NUMBER', 'PIN', 'BARCODE', 'WALLET_PASS', 'QR_CODE', MARK]) {
      await device.post(path, { identification: { type, value: MARK }, ...rest, transactionId: MARK })
      await device.post(path, { identification: { type, value: MARK }, ...rest })
    }
    assert.ok(!lines.join('').includes(device.token))
  }
  assert.ok(
    lines.some((line) => line.includes('"device":')),
    'the log names the device',
  )
  assert.doesNotMatch(lines.join(''), new RegExp(MARK))
})
