import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addCustomer, newPerson } from '../../../test/support/scenes/customers.ts'
import { meetWaiting } from '../../../test/support/lock-waiters.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { asSuperuser } from '../../../test/support/row-hashes.ts'
import { consentLog, customerCommPreferences } from '../../communication/tables.ts'
import { updateStudio } from '../../studios/index.ts'
import { takeNumbers } from './creation-store.ts'
import { referralCodeLength } from './identifiers.ts'
import { internationalPhone } from './phone.ts'
import { additionalInformationFields, customerThirdPartyIds } from '../tables.ts'
import { customers } from '../customer-table.ts'

const path = '/v1/customers/create'
let app: TestApp

before(async () => {
  app = await openTestApp()
  await app.write(({ tx, now }) =>
    tx.insert(additionalInformationFields).values({
      id: 41,
      name: 'Shirt',
      type: 'NUMERIC',
      position: 1,
      studioIds: [123],
      createdAt: now,
      updatedAt: now,
    }),
  )
})
after(() => app.close())

type Changes = Parameters<typeof newPerson>[0]
const create = (changes: Changes = {}, as = app.berlin) => app.post(path, newPerson(changes), { as })
const refusal = async (changes: Changes, as = app.berlin) => {
  const { status, body } = await create(changes, as)
  return [status, body.errorCode, body.reference]
}
const countCustomers = () => app.read(({ db }) => db.$count(customers))
const selectRow = async (id: number) => {
  const [row] = await app.read(({ db }) => db.select().from(customers).where(eq(customers.id, id)))
  return row
}

test('a created customer is a prospect of the studio, sent once and audited without names', async () => {
  const known = (await listEvents(app)).length
  const { status, body } = await create({
    firstName: '  Ma\u0301ra  Lu ',
    phoneNumberMobile: '0151 55501234',
    taxId: 'T-77',
    documentIdentification: { documentNumber: 'L01X00T47', documentType: 'PASSPORT' },
    additionalInformationFieldAssignments: [{ additionalInformationFieldId: 41, value: '-7' }],
    thirdPartyId: 'A-1',
  })
  assert.equal(status, 200)
  const shown = (await app.get(`/v1/customers/${body.customerId}`)).body
  assert.equal(shown.firstName, 'Mára Lu')
  assert.equal(shown.status, 'PROSPECT')
  assert.equal(shown.gender, 'UNISEX')
  assert.equal(shown.phonePrivateMobile, '0151 55501234')
  assert.equal(shown.thirdPartyId, 'A-1')
  assert.deepEqual(shown.additionalInformationFieldAssignments, [{ additionalInformationFieldId: 41, value: '-7' }])
  const row = await selectRow(body.customerId)
  assert.deepEqual(row?.phoneFolds, ['+4915155501234'])
  assert.match(row?.staticAccessNumber ?? '', /^\d{12}$/)
  assert.doesNotMatch(row?.taxIdEnc?.toString('latin1') ?? '', /T-77/)
  const added = (await listEvents(app)).slice(known)
  assert.deepEqual(
    added.map(({ type, entityId, customerId, audienceStudioIds }) => [type, entityId, customerId, audienceStudioIds]),
    [['CUSTOMER_CREATED', body.customerId, body.customerId, [123]]],
  )
  const line = (await listAudit(app)).find(({ entityId }) => entityId === body.customerId)
  assert.equal(line?.action, 'customer.created')
  assert.doesNotMatch(JSON.stringify(line?.diff), /Mára|Lindner|@|5550|T-77|L01X/)
})

test('the checks come in their order, and a refused customer leaves nothing', async () => {
  const before = await countCustomers()
  const events = (await listEvents(app)).length
  await create({ thirdPartyId: 'ORDER' })
  const twin = newPerson()
  const { body: original } = await app.post(path, twin)
  const wrongValue = [{ additionalInformationFieldId: 41, value: 'x' }]
  const wrongWish = [
    { messageCategory: 'CONTRACT', channels: [{ communicationChannel: 'EMAIL', active: false }] },
  ] as const
  const all = {
    ...twin,
    additionalInformationFieldAssignments: wrongValue,
    communicationPreferences: [...wrongWish] as any,
    paymentRequestToken: 'unknown',
  }
  const { firstName: _, ...withoutName } = { ...all, thirdPartyId: 'ORDER', zipCode: '1' }
  const code = async (person: object) => {
    const { status, body } = await app.post(path, person)
    return `${status} ${body.errorCode} ${body.reference ?? ''}`.trim()
  }
  assert.equal(await code(withoutName), '400 errormessage.validation.required firstName')
  assert.equal(
    await code({ ...all, thirdPartyId: 'ORDER', zipCode: '1' }),
    '400 errormessage.validation.pattern zipCode',
  )
  assert.equal(
    await code({ ...all, thirdPartyId: 'ORDER' }),
    '409 errormessage.customer.thirdPartyIdInUse thirdPartyId',
  )
  const duplicate = await app.post(path, all)
  assert.deepEqual([duplicate.status, duplicate.body.errorCode], [409, 'errormessage.customer.duplicate'])
  assert.deepEqual(duplicate.body.args, [original.customerId])
  const fresh = { ...all, email: 'other@mail.example' }
  assert.equal(
    await code(fresh),
    '400 errormessage.additionalInformationField.valueInvalid additionalInformationFieldAssignments[0].value',
  )
  const { additionalInformationFieldAssignments: __, ...later } = fresh
  assert.equal(
    await code(later),
    '400 errormessage.communication.notOverridable communicationPreferences[0].channels[0].active',
  )
  const { communicationPreferences: ___, ...last } = later
  assert.equal(await code(last), '400 errormessage.paymentToken.invalid paymentRequestToken')
  assert.equal(await countCustomers(), before + 2)
  assert.equal((await listEvents(app)).length, events + 2)
})

test('a duplicate has the same names, birth date and e-mail, however they are spelt, in the same studio', async () => {
  const person = newPerson({ firstName: 'Jörg', lastName: 'Groß', email: 'j@mail.example' })
  assert.equal((await app.post(path, person)).status, 200)
  const again = { ...person, firstName: 'JORG', lastName: 'gross', email: 'J@Mail.example', city: 'Elsewhere' }
  assert.equal((await app.post(path, again)).status, 409)
  for (const changes of [{ firstName: 'Georg' }, { email: 'k@mail.example' }, { dateOfBirth: '1990-01-01' }]) {
    assert.equal((await app.post(path, { ...person, ...changes })).status, 200)
  }
  assert.equal((await app.post(path, person, { as: app.hamburg })).status, 200)
  await app.write((work) => updateStudio(work, 123, { duplicateCheck: false }))
  assert.equal((await app.post(path, person)).status, 200)
  await app.write((work) => updateStudio(work, 123, { duplicateCheck: true }))
})

test('a third-party id in use names the customer only to those who may see it', async () => {
  const { body } = await create({ thirdPartyId: 'MINE' })
  const here = await create({ thirdPartyId: 'MINE' })
  assert.deepEqual([here.status, here.body.args], [409, [body.customerId]])
  const elsewhere = await create({ thirdPartyId: 'MINE' }, app.hamburg)
  assert.deepEqual([elsewhere.status, elsewhere.body.args], [409, undefined])
  await app.write(({ tx, now }) =>
    tx
      .insert(customerThirdPartyIds)
      .values({ customerId: body.customerId, integrationId: null, value: 'OTHER', createdAt: now }),
  )
  assert.equal((await create({ thirdPartyId: 'OTHER' })).status, 200)
  assert.equal((await create({ thirdPartyId: 'MINE' }, app.stranger)).status, 200)
})

test('of parallel equal requests one creates and the others learn its id', async () => {
  const person = newPerson({ email: 'race@mail.example' })
  const answers = await Promise.all(Array.from({ length: 6 }, () => app.post(path, person)))
  const created = answers.filter(({ status }) => status === 200)
  assert.equal(created.length, 1)
  for (const { status, body } of answers) {
    if (status !== 200) assert.deepEqual([status, body.args], [409, [created[0]?.body.customerId]])
  }
})

test('parallel requests of one third-party id create one customer', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => create({ thirdPartyId: 'RACE' })))
  assert.deepEqual(
    answers.map(({ status }) => status).sort((a, b) => a - b),
    [200, 409, 409, 409, 409, 409],
  )
})

test('without the check of duplicates the same requests all pass, so it is the check that stops them', async () => {
  await app.write((work) => updateStudio(work, 124, { duplicateCheck: false }))
  const person = newPerson({ email: 'control@mail.example' })
  const answers = await Promise.all(Array.from({ length: 6 }, () => app.post(path, person, { as: app.hamburg })))
  assert.ok(answers.every(({ status }) => status === 200))
})

test('parallel customers get distinct numbers and codes', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => create()))
  const rows = await Promise.all(answers.map(({ body }) => selectRow(body.customerId)))
  for (const key of ['customerNumber', 'uuid', 'referralCode', 'staticAccessNumber'] as const) {
    assert.equal(new Set(rows.map((row) => row?.[key])).size, 12, key)
  }
})

test('numbers that customers have brought along are passed over, and none besides', async () => {
  const newNumber = async () => (await selectRow((await create()).body.customerId))?.customerNumber ?? ''
  const taken = await newNumber()
  const following = (by: number) => `123-${Number(taken.split('-')[1]) + by}`
  for (const by of [1, 2, 3]) {
    const id = await addCustomer(app)
    await app.write(({ tx }) =>
      tx
        .update(customers)
        .set({ customerNumber: following(by) })
        .where(eq(customers.id, id)),
    )
  }
  assert.deepEqual([await newNumber(), await newNumber()], [following(4), following(5)])
})

test('a studio in Spain asks for a tax number', async () => {
  await app.write((work) => updateStudio(work, 124, { countryCode: 'ES' }))
  assert.deepEqual(await refusal({}, app.hamburg), [400, 'errormessage.customer.taxIdRequired', 'taxId'])
  assert.deepEqual(await refusal({ taxId: '?' }, app.hamburg), [400, 'errormessage.customer.taxIdInvalid', 'taxId'])
  assert.equal((await create({ taxId: '12345678A' }, app.hamburg)).status, 200)
})

test('wishes about messages are stored, and every departure from the default is on record', async () => {
  const { body } = await create({
    communicationPreferences: [
      {
        messageCategory: 'NEWSLETTER',
        channels: [
          { communicationChannel: 'EMAIL', active: true },
          { communicationChannel: 'LETTER', active: false },
        ],
      },
    ],
  })
  const { customerId } = body
  const [rows, lines] = await app.read(async ({ db }) => [
    await db.select().from(customerCommPreferences).where(eq(customerCommPreferences.customerId, customerId)),
    await db.select().from(consentLog).where(eq(consentLog.customerId, customerId)),
  ])
  assert.deepEqual(Object.fromEntries(rows.map(({ channel, active }) => [channel, active])), {
    EMAIL: true,
    LETTER: false,
  })
  assert.deepEqual(
    lines.map(({ channel, oldActive, newActive }) => [channel, oldActive, newActive]),
    [['EMAIL', false, true]],
  )
})

test('an idempotency key makes a retry safe', async () => {
  const call = { headers: { 'idempotency-key': 'create-1' } }
  const person = newPerson()
  const first = await app.post(path, person, call)
  const second = await app.post(path, person, call)
  assert.deepEqual([second.status, second.body], [200, first.body])
})

test('phone numbers are compared in international form', () => {
  assert.equal(internationalPhone('0151 55501234', 'DE'), '+4915155501234')
  assert.equal(internationalPhone('+43 664 1234567', 'DE'), '+436641234567')
  assert.equal(internationalPhone('(1) 23-45', 'XX'), '12345')
})

test('referral codes grow when a tenth of the short ones is given out', () => {
  assert.equal(referralCodeLength(3_355_443), 5)
  assert.equal(referralCodeLength(3_355_444), 6)
})

test('staff can bring an id along', async () => {
  const id = await addCustomer(app, {}, { id: 1500 })
  assert.equal(id, 1500)
})

test('people who are created at once wait for the numbers of their studio in memory, and one of them in the database', async () => {
  const free = Promise.withResolvers<void>()
  const held = app.write(async ({ tx }) => {
    await takeNumbers(tx, app.berlin.studioId, 1)
    await free.promise
  })
  const names = ['Abe', 'Bea', 'Cid', 'Dot', 'Eve']
  const created = Promise.all(names.map((firstName) => create({ firstName, email: `${firstName}@example.org` })))
  await meetWaiting(app.url)
  await sleep(200)
  const waiting = await asSuperuser(app.url, (client) =>
    client.query(`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`),
  )
  free.resolve()
  await held
  assert.equal(waiting.rowCount, 1)
  assert.deepEqual(new Set((await created).map(({ status }) => status)), new Set([200]))
})
