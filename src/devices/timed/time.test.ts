import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { deviceScene, type TestDevice } from '../../../test/support/scenes/device-scene.ts'
import { selectAccount, assertLedgerWhole, topUp } from '../../../test/support/scenes/accounts.ts'
import { visitScene } from '../../../test/support/scenes/visit-scene.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { deviceUsages } from '../tables.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(async () => {
  await assertLedgerWhole(app)
  await app.close()
})

const at = (time: string) => app.travelTo(`2026-06-15T${time}+02:00`)

async function user(credit = '10.00') {
  const { card, member } = { ...deviceScene(app), ...visitScene(app) }
  const customerId = await member()
  await topUp(app, customerId, credit)
  return { customerId, identification: await card(customerId) }
}

async function use(device: TestDevice, { identification }: { identification: object }, asked: object): Promise<string> {
  const { status, body } = await device.post('time/usage', { identification, ...asked }, { 'accept-language': 'en' })
  if (status === 204) return '204'
  if (status !== 200) return `${status} ${body.errorCode.split('.').at(-1)}`
  return `${body.authorized ? 'authorized' : `refused: ${body.text}`} ${body.price?.amount ?? '-'}`
}

const selectCredit = (customerId: number) =>
  app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).credit))

test('durations come with their prices, shortest first; by the minute there is nothing to choose', async () => {
  const { solarium, install } = deviceScene(app)
  const prices = async (device: TestDevice) =>
    (await app.call('GET', '/open-api/device/time/price', { headers: { authorization: `Bearer ${device.token}` } }))
      .body
  assert.deepEqual(await prices(await solarium()), {
    selection: [
      { durationInSeconds: 300, price: { amount: 5, currency: 'EUR' } },
      { durationInSeconds: 600, price: { amount: 9, currency: 'EUR' } },
      { durationInSeconds: 900, price: { amount: 12, currency: 'EUR' } },
    ],
  })
  const chair = await install('GENERIC_TIME_READER', { mode: 'PER_MINUTE', pricePerMinute: 0.5 })
  assert.deepEqual(await prices(chair), { selection: [] })
})

test('a use by the minute is rounded half up, and by the interval costs what the list says', async () => {
  const scene = deviceScene(app)
  const who = await user()
  const chair = (pricePerMinute: number) => scene.install('GENERIC_TIME_READER', { mode: 'PER_MINUTE', pricePerMinute })
  const ask = { shouldExecuteAction: false }
  assert.equal(await use(await chair(0.67), who, { durationInSeconds: 90, ...ask }), 'authorized 1.01')
  assert.equal(await use(await chair(0.5), who, { durationInSeconds: 100, ...ask }), 'authorized 0.83')
  assert.equal(await use(await chair(0.5), who, { durationInSeconds: 59 }), '400 durationNotAvailable')
  assert.equal(await use(await chair(0.5), who, { durationInSeconds: 3601 }), '400 durationNotAvailable')
  assert.equal(await use(await chair(0.5), who, {}), '400 required')
  assert.equal(await use(await scene.solarium(), who, { durationInSeconds: 301 }), '400 durationNotAvailable')
})

test('the same use within ten seconds is charged once, and too little credit is named', async () => {
  const [device, who] = [await deviceScene(app).solarium(), await user()]
  await at('10:00:00')
  assert.equal(await use(device, who, { durationInSeconds: 300 }), '204')
  await at('10:00:09')
  assert.equal(await use(device, who, { durationInSeconds: 300 }), '204')
  assert.equal(await selectCredit(who.customerId), '5.00')
  await at('10:00:10')
  assert.equal(await use(device, who, { durationInSeconds: 300 }), '204')
  assert.equal(await selectCredit(who.customerId), '0.00')
  await at('10:01:00')
  const poor = 'refused: Your credit is not sufficient. Missing amount: €9.00. 9'
  assert.equal(await use(device, who, { durationInSeconds: 600 }), poor)
  const rows = await app.read(({ db }) => db.select().from(deviceUsages).where(eq(deviceUsages.deviceId, device.id)))
  assert.deepEqual(
    rows.map(({ durationSeconds, price }) => [durationSeconds, price]),
    [
      [300, '5.0000'],
      [300, '5.0000'],
    ],
  )
})

test('what only a benefit pays for is refused without it', async () => {
  const who = await user()
  const bed = await deviceScene(app).install('GENERIC_TIME_READER', { mode: 'BENEFIT_ONLY', benefitKey: 'sun' })
  assert.equal(await use(bed, who, {}), 'refused: This is not included in your membership. -')
})
