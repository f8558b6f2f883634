import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { runRoutine } from '../../../test/support/routines.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { defined } from '../../platform/values/defined.ts'
import { updateStudio } from '../../studios/index.ts'
import { tenants } from '../../studios/tables.ts'
import { accessCodeRetention } from './access-code-jobs.ts'
import { addAccessMedium } from './access-mediums.ts'
import { identifyCustomer, useAccessCode } from './identification.ts'
import type { Identification } from './identification-rules.ts'
import { accessMediums } from '../tables.ts'
import { customers } from '../customer-table.ts'

const uuid = '7be3932c-825b-4401-abff-29e9f9410bc7'
const early = '2026-03-02T08:00:10Z'
const code = '5882080200000001001'
let app: TestApp
let other: number

before(async () => {
  app = await openTestApp({ now: early })
  await addCustomer(app, {}, { id: 1001 })
  other = await addCustomer(app)
  const give = (type: 'CARD_NUMBER' | 'PIN' | 'BARCODE' | 'WALLET_PASS', value: string) =>
    app.write((work) => addAccessMedium(work, 1001, { type, value }, app.platform.secrets))
  await give('CARD_NUMBER', '1233588160')
  await give('PIN', '0123')
  await give('BARCODE', 'aB7')
  await give('WALLET_PASS', 'wallet 1')
  await app.write(({ tx }) =>
    tx
      .update(customers)
      .set({ uuid, accessCodeVersion: 1, customerNumber: '1-12345', staticAccessNumber: '000000001001' })
      .where(eq(customers.id, 1001)),
  )
})
after(() => app.close())

interface Where {
  readonly now?: string
  readonly studioId?: number
  readonly deviceId?: number
}

const identify = (type: Identification['type'], value: string, more: Partial<Identification> & Where = {}) => {
  const { now = early, studioId = 124, deviceId, ...given } = more
  const context = { tenantId: 1, studioId, now: Temporal.Instant.from(now), secrets: app.platform.secrets }
  return app.read(({ db }) => identifyCustomer(db, { type, value, ...given }, { ...context, ...defined({ deviceId }) }))
}
const whoIs = async (...given: Parameters<typeof identify>) => (await identify(...given))?.customerId
const setMode = (accessCodeMode: 'STATIC_ONLY' | 'MIXED' | 'DYNAMIC_ONLY') =>
  app.write((work) => updateStudio(work, 124, { accessCodeMode }))

test('a card is found in every format, and what is no card number is refused', async () => {
  for (const [value, format] of [
    ['1233588160', 'DECIMAL'],
    ['0001233588160', 'DECIMAL'],
    ['49870fc0', 'HEX_MSB'],
    ['c00f8749', 'HEX_LSB'],
  ] as const) {
    assert.equal(await whoIs('NUMBER', value, { format }), 1001, value)
  }
  assert.equal(typeof (await identify('NUMBER', '1233588160'))?.accessMediumId, 'number')
  await assert.rejects(identify('NUMBER', '49870fc', { format: 'HEX_MSB' }), {
    code: 'errormessage.cardNumber.invalid',
    details: { reference: 'identification.value' },
  })
})

test('digits that are no access code of ours are a barcode, also where the reader calls it a QR code', async () => {
  const give = (value: string) =>
    app.write((work) => addAccessMedium(work, other, { type: 'BARCODE', value }, app.platform.secrets))
  for (const value of ['036000291452', '1234567890123456789']) {
    assert.equal(await whoIs('QR_CODE', value), undefined)
    await give(value)
    assert.equal(await whoIs('QR_CODE', value), other)
  }
  assert.equal(await whoIs('QR_CODE', '000000001001'), 1001, 'an access number is still one')
})

test('an EAN-13 that begins with 0 and its UPC-A without it are the same tag', async () => {
  await app.write((work) =>
    addAccessMedium(work, other, { type: 'BARCODE', value: '0614141999996' }, app.platform.secrets),
  )
  await app.write((work) =>
    addAccessMedium(work, 1001, { type: 'BARCODE', value: '725272730706' }, app.platform.secrets),
  )
  for (const type of ['BARCODE', 'QR_CODE'] as const) {
    assert.equal(await whoIs(type, '0614141999996'), other)
    assert.equal(await whoIs(type, '614141999996'), other)
    assert.equal(await whoIs(type, '0725272730706'), 1001)
    assert.equal(await whoIs(type, '1614141999996'), undefined)
  }
})

test('PIN, barcode and wallet pass are found in any studio of the tenant, each as its own kind', async () => {
  assert.equal(await whoIs('PIN', '0123'), 1001)
  assert.equal(await whoIs('PIN', '123'), undefined, 'leading zeros count')
  assert.equal(await whoIs('BARCODE', 'aB7'), 1001)
  assert.equal(await whoIs('BARCODE', 'AB7'), undefined)
  assert.equal(await whoIs('WALLET_PASS', 'wallet 1'), 1001)
  assert.equal(await whoIs('WALLET_PASS', 'aB7'), undefined)
  assert.equal(await whoIs('QR_CODE', 'aB7'), 1001, 'a code of no other form is a barcode')
})

test('a removed or expired medium and an erased person are nobody', async () => {
  const change = (set: Partial<typeof accessMediums.$inferInsert>) =>
    app.write(({ tx }) => tx.update(accessMediums).set(set).where(eq(accessMediums.valueNorm, 'aB7')))
  await change({ validUntil: Temporal.Instant.from(early) })
  assert.equal(await whoIs('BARCODE', 'aB7'), undefined)
  assert.equal(await whoIs('BARCODE', 'aB7', { now: '2026-03-02T08:00:09.999Z' }), 1001)
  await change({ validUntil: null, removedAt: Temporal.Instant.from(early) })
  assert.equal(await whoIs('BARCODE', 'aB7'), undefined)
  await change({ removedAt: null })
  const erase = (erasedAt: Temporal.Instant | null) =>
    app.write(({ tx }) => tx.update(customers).set({ erasedAt }).where(eq(customers.id, 1001)))
  await erase(Temporal.Instant.from(early))
  for (const [type, value] of [
    ['BARCODE', 'aB7'],
    ['QR_CODE', code],
    ['QR_CODE', '000000001001'],
    ['QR_CODE', JSON.stringify({ uuid })],
  ] as const) {
    assert.equal(await whoIs(type, value), undefined, value)
  }
  await erase(null)
})

test('a personal code must be true in everything that it says', async () => {
  const json = (more: object) => JSON.stringify({ uuid, ...more })
  assert.equal(await whoIs('QR_CODE', json({})), 1001)
  assert.equal(await whoIs('QR_CODE', json({ customer_number: '1-12345', tenant: 'demo', extra: [1] })), 1001)
  assert.equal(await whoIs('QR_CODE', json({ tenant: 'other' })), undefined)
  assert.equal(await whoIs('QR_CODE', json({ customer_number: '1-99999' })), undefined)
  assert.equal(await whoIs('QR_CODE', json({ customer_number: 12345 })), undefined)
  assert.equal(await whoIs('QR_CODE', '{"uuid":"nobody"}'), undefined)
  assert.equal(await whoIs('QR_CODE', '{"uuid":'), undefined)
})

test('a dynamic code is taken in every studio until it is out of date, and no other number is', async () => {
  assert.equal(await whoIs('QR_CODE', code), 1001)
  assert.equal(await whoIs('QR_CODE', code, { studioId: 123, now: '2026-03-02T08:00:59.999Z' }), 1001)
  assert.equal(await whoIs('QR_CODE', code, { now: '2026-03-02T08:01:00Z' }), undefined)
  assert.equal(await whoIs('QR_CODE', `6${code.slice(1)}`), undefined)
  assert.equal(await whoIs('QR_CODE', code.slice(0, 9) + String(other).padStart(10, '0')), undefined)
})

test('the mode of the studio decides which codes count', async () => {
  const personal = JSON.stringify({ uuid })
  const known = () => Promise.all([personal, code, '000000001001'].map((value) => whoIs('QR_CODE', value)))
  assert.deepEqual(await known(), [1001, 1001, 1001])
  await setMode('STATIC_ONLY')
  assert.deepEqual(await known(), [1001, undefined, 1001])
  await setMode('DYNAMIC_ONLY')
  assert.deepEqual(await known(), [undefined, 1001, undefined])
  assert.equal(await whoIs('QR_CODE', 'aB7'), 1001, 'barcodes are no access codes')
  await setMode('MIXED')
})

test('after a rotation the old secret counts for a minute', async () => {
  const [before] = await app.read(({ db }) => db.select().from(tenants))
  const rotated = {
    accessSecretEnc: app.platform.secrets.seal('field', Buffer.alloc(32, 9).toString('base64')),
    previousAccessSecretEnc: before?.accessSecretEnc ?? null,
  }
  const rotate = (at: string) =>
    app.write(({ tx }) => tx.update(tenants).set({ ...rotated, accessSecretRotatedAt: Temporal.Instant.from(at) }))
  await rotate('2026-03-02T08:00:05Z')
  assert.equal(await whoIs('QR_CODE', code), 1001)
  await rotate('2026-03-02T07:59:10Z')
  assert.equal(await whoIs('QR_CODE', code), undefined, 'a minute later')
  assert.equal(await whoIs('QR_CODE', code, { now: '2026-03-02T08:00:09.999Z' }), 1001)
  await app.write(({ tx }) =>
    tx.update(tenants).set({ accessSecretEnc: rotated.previousAccessSecretEnc, previousAccessSecretEnc: null }),
  )
})

test('where codes count once, a device takes a code once and another device still does', async () => {
  await app.write((work) => updateStudio(work, 124, { accessCodeSingleUse: true }))
  const identity = await identify('QR_CODE', code, { deviceId: 7 })
  assert.deepEqual(identity, { customerId: 1001, codeStep: 59_081_280 })
  const taken = { customerId: 1001, codeStep: 59_081_280, deviceId: 7 }
  assert.equal(await app.write((work) => useAccessCode(work, taken)), true)
  assert.equal(await app.write((work) => useAccessCode(work, taken)), false)
  assert.equal(await identify('QR_CODE', code, { deviceId: 7 }), undefined)
  assert.equal(await whoIs('QR_CODE', code, { deviceId: 8 }), 1001)
  assert.equal(await whoIs('QR_CODE', '3895523300000001001', { deviceId: 7, now: '2026-03-02T08:00:40Z' }), 1001)
  await app.write((work) => updateStudio(work, 124, { accessCodeSingleUse: false }))
  assert.deepEqual(await identify('QR_CODE', code, { deviceId: 7 }), { customerId: 1001 })
})

test('uses of codes are forgotten when the codes are out of date', async () => {
  const use = (codeStep: number) =>
    app.write((work) => useAccessCode(work, { customerId: 1001, codeStep, deviceId: 99 }))
  await app.travelTo('2026-03-02T08:00:59.999Z')
  await runRoutine(app.platform, accessCodeRetention)
  for (const step of [59_081_279, 59_081_280, 59_081_281]) await use(step)
  assert.equal(await runRoutine(app.platform, accessCodeRetention), 1)
  await app.travelTo('2026-03-02T08:01:30Z')
  assert.ok((await runRoutine(app.platform, accessCodeRetention)) >= 2)
})
