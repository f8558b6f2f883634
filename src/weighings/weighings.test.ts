import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listCounters, insertEntitled } from '../../test/support/scenes/benefit-world.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { addAccessMedium } from '../customers/index.ts'
import { enterWeighing, removeWeighing, setHeight } from './weighings.ts'
import { listWeighings } from './store.ts'
import { weighings } from './tables.ts'
import { bodyFields } from './weighing-rules.ts'

const latest = '/v1/customers/measurement/latest'
let app: TestApp
let mara: number
let path: string
before(async () => void (app = await openTestApp()))
after(() => app.close())
beforeEach(async () => {
  mara = await addCustomer(app, { dateOfBirth: '1994-11-02', email: `mara${performance.now()}@mail.example` })
  path = `/v1/customers/${mara}/weighing`
})

const readCode = ({ status, body }: { status: number; body: any }) => `${status} ${body?.errorCode?.split('.').at(-1)}`
const stored = () => app.read(({ db }) => listWeighings(db, mara))

test('a weighing keeps all its values and the raw results byte for byte, and sends no event', async () => {
  const known = (await listEvents(app)).length
  const values = Object.fromEntries(bodyFields.map((field, n) => [field, field === 'height' ? 171.5 : n + 10.0625]))
  const rawResults = ' {"ä":\u0000"\\n",\r\n\t "x": 1}  '
  const sent = { ...values, visceralFatLevel: 7, rawResults, databaseId: 5 }
  const { status, body, text } = await app.post(path, sent)
  assert.equal(status, 200, text)
  assert.deepEqual(body, { ...sent, databaseId: body.databaseId })
  assert.notEqual(body.databaseId, 5)
  const [row] = await stored()
  assert.doesNotMatch(row?.rawResultsEnc?.toString('latin1') ?? '', /"x"/)
  assert.equal((await listEvents(app)).length, known)
  assert.equal((await listAudit(app)).filter(({ entityId }) => entityId === body.databaseId).length, 1)
})

test('values are kept with four decimals and checked against their bounds', async () => {
  const { body } = await app.post(path, { rawResults: 'a', weight: 70.123_45, bodyFatMass: 0.000_04 })
  assert.deepEqual([body.weight, body.bodyFatMass], [70.1235, 0])
  const refused = await app.post(path, { rawResults: 'b', weight: 500.1, height: 49, visceralFatLevel: 60 })
  assert.deepEqual([readCode(refused), refused.body.reference], ['400 valueOutOfRange', 'visceralFatLevel'])
  assert.equal((await stored()).length, 1)
})

test('raw results are needed and have at most a mebibyte', async () => {
  assert.equal(readCode(await app.post(path, { weight: 70 })), '400 required')
  const most = '\u0001'.repeat(1_048_576)
  const kept = await app.post(path, { rawResults: most })
  assert.ok(kept.body.rawResults === most, `${kept.status}`)
  assert.equal(readCode(await app.post(path, { rawResults: `${most}x` })), '400 maxLength')
  assert.equal(readCode(await app.post(path, { rawResults: `${'ä'.repeat(524_288)}x` })), '400 maxLength')
})

test('the same raw results within ten minutes are the same weighing', async () => {
  const send = async (rawResults = 'same') => (await app.post(path, { rawResults, weight: 70 })).body.databaseId
  const first = await send()
  assert.notEqual(await send('other'), first)
  await app.travelTo('2026-06-15T09:10:00+02:00')
  assert.equal(await send(), first)
  await app.travelTo('2026-06-15T09:10:00.001+02:00')
  assert.notEqual(await send(), first)
  const [one, two] = await Promise.all([send('twin'), send('twin')])
  assert.equal(one, two, 'also when both come at once')
})

test('a scale finds the person by card, code or PIN; the height is the one measured last', async () => {
  const give = (type: 'CARD_NUMBER' | 'PIN' | 'BARCODE', value: string) =>
    app.write((work) => addAccessMedium(work, mara, { type, value }, app.platform.secrets))
  await give('CARD_NUMBER', String(mara))
  await give('PIN', '24680')
  await give('BARCODE', 'scale')
  const { uuid } = (await app.get(`/v1/customers/${mara}`)).body
  const bare = await app.get(`${latest}?pin=24680`)
  assert.deepEqual(bare.body, {
    id: mara,
    firstName: 'Mara',
    lastName: 'Lindner',
    gender: 'UNISEX',
    age: 31,
    dateOfBirth: '1994-11-02',
  })
  await app.write((work) => setHeight(work, mara, 170))
  assert.equal((await app.get(`${latest}?barcode=scale`)).body.height, 170)
  await app.post(path, { rawResults: 'tall', height: 171.5 })
  await app.post(path, { rawResults: 'no height', weight: 60 })
  assert.equal((await app.get(`${latest}?qrCodeUuid=${uuid}`)).body.height, 171.5)
  const hex = mara.toString(16).padStart(8, '0')
  assert.equal((await app.get(`${latest}?cardNumber=${hex}&cardNumberFormat=HEX_MSB`)).body.id, mara)
  const both = await app.get(`${latest}?pin=24680&barcode=scale`)
  assert.deepEqual([readCode(both), both.body.args], ['400 oneParameterRequired', ['barcode', 'pin']])
  assert.equal(readCode(await app.get(`${latest}?barcode=nobody`)), '404 notFound')
  assert.equal(readCode(await app.get(`${latest}?barcode=scale`, { as: app.hamburg })), '404 notFound')
  assert.equal(readCode(await app.post(path, { rawResults: 'x' }, { as: app.hamburg })), '404 notFound')
})

test('the age goes by the date in the home studio', async () => {
  await using own = await openTestApp({ now: '2025-02-28T22:59:59.999Z' })
  const leap = await addCustomer(own, { dateOfBirth: '2004-02-29' })
  await own.write((work) => addAccessMedium(work, leap, { type: 'PIN', value: '2902' }, own.platform.secrets))
  const age = async () => (await own.get(`${latest}?pin=2902`)).body.age
  assert.equal(await age(), 20)
  await own.travelTo('2025-02-28T23:00:00Z')
  assert.equal(await age(), 21)
})

test('staff enter weighings by hand and take them away', async () => {
  const enter = (values: object, measuredAt?: string) =>
    app.write((work) =>
      enterWeighing(
        work,
        { customerId: mara, studioId: 123, ...(measuredAt ? { measuredAt: Temporal.Instant.from(measuredAt) } : {}) },
        values,
      ),
    )
  const { id } = await enter({ weight: 80, height: 165 })
  await enter({ height: 160 }, '2026-06-01T10:00:00Z')
  await assert.rejects(enter({ weight: 80 }, '2027-01-01T00:00:00Z'), {
    code: 'errormessage.validation.mustNotBeFuture',
  })
  await assert.rejects(enter({ weight: 501 }), { code: 'errormessage.weighing.valueOutOfRange' })
  await app.write((work) => addAccessMedium(work, mara, { type: 'PIN', value: '97531' }, app.platform.secrets))
  const height = async () => (await app.get(`${latest}?pin=97531`)).body.height
  assert.equal(await height(), 165, 'the one measured last, not the one entered last')
  await app.write((work) => removeWeighing(work, id))
  assert.equal(await height(), 160)
  await assert.rejects(
    app.write((work) => removeWeighing(work, id)),
    { code: 'errormessage.weighing.notFound' },
  )
  const rows = await app.read(({ db }) => db.select().from(weighings).where(eq(weighings.id, id)))
  assert.deepEqual(rows, [])
})

test('a weighing with a benefit and its usage are there together or not at all', async () => {
  const { customerId, ruleId } = await insertEntitled(app, { contingent: 'TOTAL', amount: 2 })
  const weigh = (rawResults: string, benefitKey = 'SOLARIUM') =>
    app.post(`/v1/customers/${customerId}/weighing?benefitKey=${benefitKey}`, { rawResults })
  const rows = () => app.read(({ db }) => listWeighings(db, customerId))
  const uses = async () => (await listCounters(app, ruleId)).usages['0001-01-01'] ?? 0
  assert.equal((await weigh('one')).status, 200)
  assert.equal((await weigh('one')).status, 200, 'a repeated transmission')
  assert.deepEqual([(await rows()).length, await uses()], [1, 1])
  const answers = await Promise.all(['two', 'three', 'four'].map((results) => weigh(results)))
  assert.deepEqual(answers.map(readCode).sort(), [
    '200 undefined',
    '400 contingentExhausted',
    '400 contingentExhausted',
  ])
  assert.deepEqual([(await rows()).length, await uses()], [2, 2])
  assert.equal(readCode(await weigh('five', 'NONE')), '404 notFound')
  const [last, first] = await rows()
  assert.equal(new Set([last?.benefitUsageId, first?.benefitUsageId, null]).size, 3, 'each has a usage of its own')
  await app.write((work) => removeWeighing(work, last?.id ?? 0))
  assert.deepEqual([(await rows()).length, await uses()], [1, 1], 'taken away together')
})
