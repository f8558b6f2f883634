import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { integrations } from '../integrations/tables.ts'
import { createDevice, createParkingLot, updateDevice } from './devices.ts'
import { deactivateDevice, importDeviceToken, rotateDeviceToken } from './activation.ts'
import { setIntervals, setProducts } from './vending/assortment.ts'
import { deviceProducts, devices } from './tables.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const door = { model: 'GENERIC_CARD_READER', config: { purpose: 'TOGGLE' } } as const
const create = (changes: Partial<Parameters<typeof createDevice>[1]> = {}) =>
  app.write((work) => createDevice(work, { studioId: 123, name: 'Turnstile (left)', ...door, ...changes }))
const activate = (id: number, options?: Parameters<TestApp['put']>[2]) =>
  app.put(`/v1/devices/${id}/activate`, undefined, options)
const selectRow = async (id: number) => {
  const [row] = await app.read(({ db }) => db.select().from(devices).where(eq(devices.id, id)))
  return row
}

test('a studio sees its devices that belong to the integration or to none, by id and without tokens', async () => {
  const other = 777
  await app.write(({ tx, now }) =>
    tx.insert(integrations).values({
      id: other,
      name: 'Another partner',
      requestedScopes: [],
      webhookAccess: false,
      createdAt: now,
      updatedAt: now,
    }),
  )
  const free = await create()
  const own = await create({ name: 'Shake bar', model: 'GENERIC_VENDING_READER', config: {}, integrationId: 11 })
  const foreign = await create({ integrationId: other })
  const elsewhere = await create({ studioId: 124 })
  await activate(own)
  const { status, body } = await app.get('/v1/devices')
  assert.equal(status, 200)
  assert.deepEqual(body, [
    { id: free, name: 'Turnstile (left)', active: false, model: 'GENERIC_CARD_READER' },
    { id: own, name: 'Shake bar', active: true, model: 'GENERIC_VENDING_READER' },
  ])
  for (const hidden of [foreign, elsewhere, 1]) {
    const refused = await activate(hidden)
    assert.deepEqual([refused.status, refused.body.errorCode], [404, 'errormessage.device.notFound'])
  }
})

test('activation hands out one token until the device is taken out of use or its token is renewed', async () => {
  const id = await create()
  const first = await activate(id)
  assert.equal(first.status, 200)
  assert.deepEqual(Object.keys(first.body), ['id', 'accessToken'])
  assert.match(first.body.accessToken, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.deepEqual((await activate(id)).body, first.body)
  const stored = await selectRow(id)
  assert.doesNotMatch(JSON.stringify(stored), new RegExp(first.body.accessToken))
  await app.write((work) => rotateDeviceToken(work, id, app.platform.secrets))
  const renewed = await activate(id)
  assert.notEqual(renewed.body.accessToken, first.body.accessToken)
  await app.write((work) => deactivateDevice(work, id))
  assert.deepEqual(await selectRow(id).then((row) => [row?.state, row?.tokenHash, row?.tokenEnc]), [
    'INACTIVE',
    null,
    null,
  ])
  const again = await activate(id)
  assert.notEqual(again.body.accessToken, renewed.body.accessToken)
})

test('the creation of a device sends an event, to its own integration where it has one', async () => {
  const [free, bound] = [await create(), await create({ integrationId: 11 })]
  const announced = (await listEvents(app)).filter(({ type }) => type === 'DEVICE_CREATED')
  const of = (id: number) => announced.filter(({ entityId }) => entityId === id)
  assert.deepEqual(
    [...of(free), ...of(bound)].map(({ audienceStudioIds, onlyIntegrationId }) => [
      audienceStudioIds,
      onlyIntegrationId,
    ]),
    [
      [[123], null],
      [[123], 11],
    ],
  )
  const lines = (await listAudit(app)).filter(({ entityId }) => entityId === bound)
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['device.created'],
  )
})

test('a configuration gets its defaults, and is refused by the name of the field that is wrong', async () => {
  const row = await selectRow(await create())
  assert.deepEqual(row?.config, {
    purpose: 'TOGGLE',
    enforceOpeningHours: false,
    enforceCapacity: false,
    antiPassback: 'OFF',
    admitBookings: true,
    debounceSeconds: 10,
    requireCheckedIn: false,
  })
  const refused = async (changes: Parameters<typeof create>[0], reference: string, code: string) =>
    assert.rejects(create(changes), (error: { code?: string; details?: { reference?: string } }) => {
      assert.deepEqual([error.details?.reference, error.code], [reference, `errormessage.validation.${code}`])
      return true
    })
  await refused({ config: {} }, 'config.purpose', 'required')
  await refused({ config: { purpose: 'WINDOW' } }, 'config.purpose', 'enum')
  await refused({ config: { purpose: 'EXIT', debounceSeconds: 121 } }, 'config.debounceSeconds', 'max')
  await refused({ config: { purpose: 'PARKING_IN' } }, 'config.parkingLotId', 'required')
  const lot = await app.write((work) => createParkingLot(work, { studioId: 124, name: 'Yard', capacity: 2 }))
  await refused({ config: { purpose: 'PARKING_IN', parkingLotId: lot } }, 'config.parkingLotId', 'format')
  const time = 'GENERIC_TIME_READER' as const
  await refused({ model: time, config: { mode: 'PER_MINUTE' } }, 'config.pricePerMinute', 'required')
  await refused({ model: time, config: { mode: 'BENEFIT_ONLY' } }, 'config.benefitKey', 'required')
  const short = { mode: 'PER_MINUTE', pricePerMinute: 1, minSeconds: 600, maxSeconds: 60 }
  await refused({ model: time, config: short }, 'config.maxSeconds', 'min')
})

test('changing a device to what it is leaves no trace', async () => {
  const id = await create()
  const lines = async () => (await listAudit(app)).filter(({ entityId }) => entityId === id).length
  await app.write((work) => updateDevice(work, id, { name: ' Turnstile (left) ', config: { purpose: 'TOGGLE' } }))
  assert.equal(await lines(), 1)
  await app.write((work) => updateDevice(work, id, { name: 'Turnstile (right)' }))
  assert.equal(await lines(), 2)
})

test('products and durations are replaced as a whole, in the currency of the studio', async () => {
  const bar = await create({ model: 'GENERIC_VENDING_READER', config: {} })
  const offer = (price: string, shelf = '1') =>
    app.write((work) => setProducts(work, bar, [{ shelf, product: 'Shake', price, minAge: 16 }]))
  await offer('1.29')
  await offer('1.39')
  await assert.rejects(offer('1.295'), { code: 'errormessage.validation.moneyScale' })
  await assert.rejects(offer('0'), { code: 'errormessage.validation.min' })
  const rows = await app.read(({ db }) => db.select().from(deviceProducts).where(eq(deviceProducts.deviceId, bar)))
  const shown = rows.map(({ price, active }) => `${price} ${active}`)
  assert.deepEqual(shown.toSorted(), ['1.2900 false', '1.3900 true'])
  const solarium = await create({ model: 'GENERIC_TIME_READER', config: { mode: 'INTERVALS' } })
  const twice = [300, 300].map((durationSeconds) => ({ durationSeconds, price: '5.00' }))
  await assert.rejects(
    app.write((work) => setIntervals(work, solarium, twice)),
    { code: 'errormessage.validation.uniqueItems' },
  )
  await assert.rejects(
    app.write((work) => setIntervals(work, bar, [])),
    { code: 'errormessage.device.notFound' },
  )
})

test('a token that a device uses already can be taken over', async () => {
  const id = await create()
  const token = '53cda15a-5652-4f62-9b97-508f870ff40b'
  await app.write((work) => importDeviceToken(work, id, token, app.platform.secrets))
  assert.deepEqual((await activate(id)).body, { id, accessToken: token })
})
