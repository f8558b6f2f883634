import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { addAccessMedium, removeAccessMedium } from './access-mediums.ts'
import { generateAccessMedium, listAccessMediums, replaceAccessMedium } from './staff-mediums.ts'
import { formatCardNumber, parseCardNumber } from '../card-number-rules.ts'
import { accessMediums } from '../tables.ts'

let app: TestApp
let edgar: number
let path: string
before(async () => void (app = await openTestApp()))
after(() => app.close())
beforeEach(async () => {
  edgar = await addCustomer(app)
  path = `/v1/customers/${edgar}/access-mediums`
})

const secrets = () => app.platform.secrets
const byStaff = (type: 'CARD_NUMBER' | 'PIN' | 'BARCODE' | 'WALLET_PASS', value: string, validUntil?: string) =>
  app.write((work) =>
    addAccessMedium(
      work,
      edgar,
      { type, value, ...(validUntil ? { validUntil: Temporal.Instant.from(validUntil) } : {}) },
      secrets(),
    ),
  )
const add = (type: string, value: string, to = edgar) => app.post(`/v1/customers/${to}/access-mediums`, { type, value })
const readCode = ({ status, body }: { status: number; body: any }) => `${status} ${body?.errorCode?.split('.').at(-1)}`
const eventsSince = async (known: number) =>
  (await listEvents(app))
    .slice(known)
    .map(({ type, entityId, audienceStudioIds }) => [type, entityId, audienceStudioIds])
const countEvents = async () => (await listEvents(app)).length

test('a medium is added, listed, found and sent once; the same call again changes nothing', async () => {
  const known = await countEvents()
  const first = await add('CARD_NUMBER', '00998877')
  assert.equal(first.status, 200, first.text)
  assert.deepEqual(first.body, { id: first.body.id, type: 'CARD_NUMBER', value: '998877' })
  assert.deepEqual((await add('CARD_NUMBER', '998877')).body, first.body)
  assert.deepEqual(await eventsSince(known), [['CUSTOMER_ACCESS_MEDIUM_CREATED', edgar, [123]]])
  assert.equal((await app.get('/v1/customers/by?cardNumber=998877')).body.id, edgar)
  const pin = await add('PIN', '00420815')
  assert.equal(pin.body.value, '00420815')
  const line = (await listAudit(app)).filter(({ entityId }) => entityId === pin.body.id)
  assert.equal(line.length, 1)
  assert.doesNotMatch(JSON.stringify(line[0]?.diff), /420815/)
})

test('a value must fit its type', async () => {
  const wrong = [
    ['CARD_NUMBER', '49ab'],
    ['CARD_NUMBER', '1208925819614629174706176'],
    ['PIN', '123'],
    ['PIN', '1234567890123'],
    ['PIN', '12a4'],
    ['BARCODE', 'a b'],
    ['BARCODE', 'ä'],
    ['BARCODE', 'x'.repeat(65)],
    ['WALLET_PASS', ''],
    ['WALLET_PASS', 'x'.repeat(129)],
  ] as const
  for (const [type, value] of wrong) {
    const { status, body } = await add(type, value)
    assert.deepEqual(
      [status, body.errorCode, body.reference],
      [400, 'errormessage.accessMedium.valueInvalid', 'value'],
      value,
    )
  }
  assert.equal((await add('WALLET_PASS', 'with blanks ok')).status, 200)
  assert.equal(readCode(await app.post(path, { type: 'PIN' })), '400 required')
  assert.equal(readCode(await app.post(path, { value: '1234' })), '400 required')
  assert.equal(readCode(await app.post(path, { type: 'FINGER', value: '1' })), '400 enum')
})

test('a value in use is refused, no matter who uses it, and the answer does not say who', async () => {
  await byStaff('BARCODE', 'TAKEN')
  const here = await add('BARCODE', 'TAKEN')
  const other = await addCustomer(app)
  const there = await add('BARCODE', 'TAKEN', other)
  assert.equal(readCode(here), '409 valueInUse')
  assert.deepEqual({ ...there.body, traceId: '' }, { ...here.body, traceId: '' })
  assert.equal((await add('WALLET_PASS', 'TAKEN')).status, 200, 'each type has values of its own')
})

test('a tag is one value, given as EAN-13 that begins with 0 or as UPC-A', async () => {
  const other = await addCustomer(app)
  const ean = await add('BARCODE', '0012345678905')
  assert.equal(ean.body.value, '012345678905')
  assert.equal(readCode(await add('BARCODE', '012345678905', other)), '409 valueInUse')
  assert.deepEqual((await add('BARCODE', '012345678905')).body, ean.body, 'the same call again changes nothing')
  const upc = await add('BARCODE', '725272730706', other)
  assert.equal(readCode(await add('BARCODE', '0725272730706')), '409 valueInUse')
  const change = (value: string) => app.put(`${path}/${ean.body.id}`, { value })
  assert.equal(readCode(await change('0725272730706')), '409 valueInUse')
  assert.deepEqual((await change('0012345678905')).body, ean.body)
  const found = (barcode: string) => app.get(`/v1/customers/by?barcode=${barcode}`).then(({ body }) => body.id)
  for (const form of ['012345678905', '0012345678905']) assert.equal(await found(form), edgar)
  for (const form of ['725272730706', '0725272730706']) assert.equal(await found(form), other)
  await app.delete(`/v1/customers/${other}/access-mediums/${upc.body.id}`)
  assert.equal((await add('BARCODE', '0725272730706')).status, 200)
  for (const [value, neighbour] of [
    ['1725272730706', '725272730707'],
    ['00725272730706', '072527273070'],
    ['0AB345678905', 'AB345678905'],
  ] as const) {
    assert.equal((await add('BARCODE', value)).body.value, value)
    assert.equal((await add('BARCODE', neighbour, other)).status, 200, neighbour)
  }
})

test('a tag that an earlier release has stored in the other form is taken, too', async () => {
  const id = await byStaff('BARCODE', '614141999996')
  const asBefore = { valueNorm: '0614141999996' }
  await app.write(({ tx }) => tx.update(accessMediums).set(asBefore).where(eq(accessMediums.id, id)))
  const other = await addCustomer(app)
  for (const form of ['614141999996', '0614141999996']) {
    assert.equal(readCode(await add('BARCODE', form, other)), '409 valueInUse')
    assert.equal((await app.get(`/v1/customers/by?barcode=${form}`)).body.id, edgar)
  }
})

test('two who are given the two forms of a tag at once: one has it', async () => {
  const other = await addCustomer(app)
  const given = await Promise.all([add('BARCODE', '0036000291452'), add('BARCODE', '036000291452', other)])
  assert.deepEqual(given.map(readCode).sort(), ['200 undefined', '409 valueInUse'])
})

test('a removed or expired value can be given to another customer', async () => {
  const { body } = await add('BARCODE', 'AGAIN')
  await app.delete(`${path}/${body.id}`)
  const other = await addCustomer(app)
  assert.equal((await add('BARCODE', 'AGAIN', other)).status, 200)
  await byStaff('BARCODE', 'EXPIRED', '2026-06-15T07:00:00Z')
  assert.equal((await add('BARCODE', 'EXPIRED', other)).status, 200)
})

test('nobody has more than twenty active media', async () => {
  for (let n = 0; n < 20; n++) await byStaff('BARCODE', `many-${edgar}-${n}`)
  assert.equal(readCode(await add('BARCODE', `many-${edgar}-20`)), '400 limitReached')
  await app.write(({ tx, now }) =>
    tx
      .update(accessMediums)
      .set({ validUntil: now })
      .where(eq(accessMediums.valueNorm, `many-${edgar}-3`)),
  )
  assert.equal((await add('BARCODE', `many-${edgar}-20`)).status, 200, 'expired ones do not count')
})

test('the older way to add one does the same and names its successor', async () => {
  const { status, body, headers } = await app.put(`/v1/customers/${edgar}/access-medium`, {
    type: 'PIN',
    value: '778899',
  })
  assert.equal(status, 200)
  assert.equal(body.value, '778899')
  assert.equal(headers['deprecation'], 'true')
  assert.equal(headers['link'], `<${path}>; rel="successor-version"`)
  assert.equal((await app.post(path, { type: 'PIN', value: '778899' })).body.id, body.id)
})

test('a medium gets another value, keeps its id and sends an event; the same value is no change', async () => {
  const { body: medium } = await add('CARD_NUMBER', '5551')
  const known = await countEvents()
  const changed = await app.put(`${path}/${medium.id}`, { value: '0005552' })
  assert.deepEqual(changed.body, { id: medium.id, type: 'CARD_NUMBER', value: '5552' })
  assert.equal((await app.put(`${path}/${medium.id}`, { value: '5552' })).status, 200)
  assert.deepEqual(await eventsSince(known), [['CUSTOMER_ACCESS_MEDIUM_UPDATED', edgar, [123]]])
  assert.equal((await app.get('/v1/customers/by?cardNumber=5551')).status, 404)
  const { body: pin } = await add('PIN', '313131')
  await app.put(`${path}/${pin.id}`, { value: '414141' })
  const shown = (await app.get(`/v1/customers/${edgar}`)).body.accessMediums
  assert.equal(shown.find(({ type }: { type: string }) => type === 'PIN').value, '414141')
  assert.equal((await app.get('/v1/customers/by?pin=414141')).body.id, edgar)
  assert.equal(readCode(await app.put(`${path}/${pin.id}`, { value: '1' })), '400 valueInvalid')
  assert.equal(readCode(await app.put(`${path}/${pin.id}`, {})), '400 required')
  await byStaff('PIN', '515151')
  assert.equal(readCode(await app.put(`${path}/${pin.id}`, { value: '515151' })), '409 valueInUse')
})

test('what others own can neither be changed nor taken away', async () => {
  const staffs = await byStaff('BARCODE', `staff-${edgar}`)
  assert.equal(readCode(await app.put(`${path}/${staffs}`, { value: 'X' })), '403 notOwned')
  assert.equal(readCode(await app.delete(`${path}/${staffs}`)), '403 notOwned')
  const other = await addCustomer(app)
  const { body } = await add('BARCODE', `own-${other}`, other)
  assert.equal(readCode(await app.put(`${path}/${body.id}`, { value: 'X' })), '404 notFound')
  assert.equal(readCode(await app.delete(`${path}/${body.id}`)), '404 notFound')
  assert.equal((await app.get(`/v1/customers/by?barcode=own-${other}`)).body.id, other)
})

test('an expired medium is gone for partners, and staff can still take it away', async () => {
  const { body } = await add('BARCODE', `late-${edgar}`)
  await app.write(({ tx, now }) =>
    tx.update(accessMediums).set({ validUntil: now }).where(eq(accessMediums.id, body.id)),
  )
  assert.equal(readCode(await app.put(`${path}/${body.id}`, { value: 'X' })), '404 notFound')
  assert.equal(readCode(await app.delete(`${path}/${body.id}`)), '404 notFound')
  await app.write((work) => removeAccessMedium(work, body.id))
})

test('a medium is taken away once', async () => {
  const { body } = await add('BARCODE', `gone-${edgar}`)
  const known = await countEvents()
  const removed = await app.delete(`${path}/${body.id}`)
  assert.deepEqual([removed.status, removed.text], [200, ''])
  assert.equal(readCode(await app.delete(`${path}/${body.id}`)), '404 notFound')
  assert.deepEqual(await eventsSince(known), [['CUSTOMER_ACCESS_MEDIUM_DELETED', edgar, [123]]])
})

test('a customer of another studio does not exist for these calls', async () => {
  const answers = await Promise.all([
    app.post(path, { type: 'PIN', value: '9191919' }, { as: app.hamburg }),
    app.put(`/v1/customers/${edgar}/access-medium`, {}, { as: app.hamburg }),
    app.put(`${path}/1`, { value: 'x' }, { as: app.hamburg }),
    app.delete(`${path}/1`, { as: app.hamburg }),
  ])
  for (const answer of answers) assert.equal(answer.body.errorCode, 'errormessage.customer.notFound')
})

test('staff generate codes that nobody has, see owners and replace a lost card by a new one', async () => {
  const made = await app.write((work) => generateAccessMedium(work, edgar, { type: 'PIN' }, secrets()))
  assert.match(made.value, /^\d{6}$/)
  assert.equal((await app.get(`/v1/customers/by?pin=${made.value}`)).body.id, edgar)
  await app.write((work) => generateAccessMedium(work, edgar, { type: 'BARCODE' }, secrets()))
  await app.write((work) => generateAccessMedium(work, edgar, { type: 'WALLET_PASS' }, secrets()))
  const card = await byStaff('CARD_NUMBER', '616161')
  await add('CARD_NUMBER', '626262')
  const known = await countEvents()
  await app.write((work) => replaceAccessMedium(work, card, '636363', secrets()))
  assert.deepEqual(
    (await eventsSince(known)).map(([type]) => type),
    ['CUSTOMER_ACCESS_MEDIUM_DELETED', 'CUSTOMER_ACCESS_MEDIUM_CREATED'],
  )
  const listed = await app.read(({ db, now }) => listAccessMediums(db, edgar, now))
  assert.deepEqual(
    listed.map(({ type, value, owner }) => [type, type === 'CARD_NUMBER' || type === 'PIN' ? value : '', owner]),
    [
      ['PIN', '***', null],
      ['BARCODE', '', null],
      ['WALLET_PASS', '', null],
      ['CARD_NUMBER', '626262', 'Test App'],
      ['CARD_NUMBER', '636363', null],
    ],
  )
})

test('one card in every format', async () => {
  for (const [decimal, msb, lsb] of [
    ['1173673668653440', '042b73321a3180', '80311a32732b04'],
    ['1290158199', '4ce64077', '7740e64c'],
    ['1', '00000001', '01000000'],
    ['4294967296', '00000100000000', '00000000010000'],
  ] as const) {
    assert.deepEqual([formatCardNumber(decimal, 'HEX_MSB'), formatCardNumber(decimal, 'HEX_LSB')], [msb, lsb])
    assert.deepEqual([parseCardNumber(msb, 'HEX_MSB'), parseCardNumber(lsb, 'HEX_LSB')], [decimal, decimal])
  }
  await byStaff('CARD_NUMBER', '1290158199')
  const { body } = await app.get('/v1/customers/by?cardNumber=77:40:E6:4C&cardNumberFormat=HEX_LSB')
  assert.deepEqual([body.id, body.cardNumbers], [edgar, ['7740e64c']])
  for (const query of ['cardNumber=1208925819614629174706176', 'cardNumber=ABC&cardNumberFormat=HEX_MSB']) {
    const refused = await app.get(`/v1/customers/by?${query}`)
    assert.deepEqual([refused.status, refused.body.errorCode], [400, 'errormessage.cardNumber.invalid'])
  }
})
