import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import pino from 'pino'
import { customers } from '../../src/customers/tables.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { deviceScene } from '../support/device-scene.ts'
import { insertFullStudio } from '../support/full-studio.ts'
import { asSuperuser, rowHashes } from '../support/row-hashes.ts'
import { visitScene } from '../support/visit-scene.ts'

const MARK = '7319554028'
const lines: string[] = []
let app: TestApp
before(async () => {
  app = await openTestApp({ log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }) })
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

test('people of another tenant are nobody to a device, by whatever they are shown', async () => {
  const theirs = await insertFullStudio(app.platform, app.stranger, { firstId: 977_000_000 })
  const [person] = await app.read(
    ({ db }) => db.select().from(customers).where(eq(customers.id, theirs.customerId)),
    app.stranger,
  )
  const shown = [
    { type: 'NUMBER', value: theirs.cardNumber },
    { type: 'BARCODE', value: theirs.barcode },
    { type: 'QR_CODE', value: theirs.barcode },
    { type: 'QR_CODE', value: JSON.stringify({ uuid: theirs.customerUuid }) },
    { type: 'QR_CODE', value: person?.staticAccessNumber },
    { type: 'QR_CODE', value: `${'1'.repeat(9)}${String(theirs.customerId).padStart(10, '0')}` },
  ]
  const untouched = await hashes()
  for (const [model, path, config] of everywhere) {
    const device = await deviceScene(app).install(model, config)
    const before = await hashes()
    for (const identification of shown) {
      const { status, body } = await device.post(path, { identification, ...rest })
      assert.deepEqual([status, body.errorCode], [404, 'errormessage.device.customerNotIdentified'], path)
      assert.doesNotMatch(JSON.stringify(body), /977\d{6}|Qx223x/)
    }
    assert.deepEqual(await hashes(), before, path)
  }
  assert.equal(Object.keys(untouched).length, Object.keys(await hashes()).length)
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
