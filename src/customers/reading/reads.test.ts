import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { paymentInstruments } from '../../payments/tables.ts'
import { contracts, idlePeriods } from '../../contracts/tables.ts'
import { addAccessMedium, removeAccessMedium } from '../access/access-mediums.ts'
import { liftRestriction, restrictAccess } from '../access/access-restrictions.ts'
import {
  additionalInformationAssignments,
  additionalInformationFields,
  customerAccessLog,
  customerIntegrationBlocks,
  customerThirdPartyIds,
} from '../tables.ts'
import { customers } from '../customer-table.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
let app: TestApp, edgar: number

before(async () => {
  app = await openTestApp()
  const name = { firstName: 'Edgar', secondFirstName: 'Thomas', lastName: 'Bullock' }
  const person = { ...name, dateOfBirth: '1970-01-02', houseNumber: '89', gender: 'MALE' } as const
  edgar = await addCustomer(app, person, { id: 1001 })
  for (const medium of [
    { type: 'CARD_NUMBER', value: '1290158199' },
    { type: 'PIN', value: '012378' },
    { type: 'BARCODE', value: 'aBc-1' },
    { type: 'BARCODE', value: 'gone', validUntil: Temporal.Instant.from('2026-06-15T09:00:00+02:00') },
  ] as const) {
    await app.write((work) => addAccessMedium(work, edgar, medium, app.platform.secrets))
  }
})
after(() => app.close())

const get = (path: string) => app.get(path).then(({ body }) => body)
const findError = async (path: string) => {
  const { status, body } = await app.get(path)
  return [status, body.errorCode]
}

test('a prospect is returned with every list, and without what is absent', async () => {
  const { uuid, referralCode, dateOfBirth, accessMediums, ...rest } = await get(`/v1/customers/${edgar}`)
  assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4/)
  assert.match(referralCode, /^[0-9A-HJKMNP-TV-Z]{5}$/)
  assert.equal(dateOfBirth, '1970-01-02')
  assert.deepEqual(
    accessMediums.map(({ type, value }: any) => [type, value]),
    [
      ['CARD_NUMBER', '1290158199'],
      ['PIN', '012378'],
      ['BARCODE', 'aBc-1'],
    ],
  )
  assert.deepEqual(rest, {
    id: 1001,
    customerNumber: '123-10000',
    firstName: 'Edgar',
    secondFirstName: 'Thomas',
    lastName: 'Bullock',
    email: 'mara@mail.example',
    gender: 'MALE',
    street: 'Lindenallee',
    houseNumber: '89',
    zipCode: '10435',
    city: 'Berlin',
    country: 'DE',
    status: 'PROSPECT',
    cardNumbers: ['1290158199'],
    idlePeriods: [],
    accessRefusal: false,
    accessRestrictions: [],
    studioId: 123,
    preferredLanguage: { languageCode: 'de' },
    additionalInformationFieldAssignments: [],
    createdDateTime: '2026-06-15T09:00:00.000+02:00[Europe/Berlin]',
  })
})

test('unknown, foreign, blocked and erased customers look the same', async () => {
  const foreign = await addCustomer(app, {}, { studio: app.hamburg })
  const stranger = await addCustomer(app, {}, { studio: app.stranger })
  const blocked = await addCustomer(app)
  const erased = await addCustomer(app)
  await app.write(async ({ tx, now }) => {
    const block = { customerId: blocked, integrationId: app.berlin.integrationId, since: now, createdAt: now }
    await tx.insert(customerIntegrationBlocks).values(block)
    await tx.update(customers).set({ erasedAt: now }).where(sql`id = ${erased}`)
  })
  const answers = await Promise.all(
    [999_999, foreign, stranger, blocked, erased].map(async (id) => {
      const { status, body } = await app.get(`/v1/customers/${id}`)
      assert.deepEqual(body.args, [id])
      return { status, ...body, args: undefined, typedArgs: undefined, errorMessage: undefined, traceId: undefined }
    }),
  )
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  const { pool } = app.platform.database
  for (const id of [999_999, foreign, stranger, blocked, erased]) {
    // The workers of the process send statements of their own, which count as well: what a read costs is the least of three.
    const costs: number[] = []
    for (let round = 0; round < 3; round++) {
      const sent = pool.statementsSent
      await app.get(`/v1/customers/${id}`)
      costs.push(pool.statementsSent - sent)
    }
    assert.equal(Math.min(...costs), 1, 'one statement, for every customer')
  }
  assert.equal(answers[0]?.status, 404)
  const across = await Promise.all(
    [foreign, stranger, blocked].map(async (id) => (await app.get(`/v1/cross-studio/customers/${id}`)).status),
  )
  assert.deepEqual(across, [200, 404, 404])
})

test('a card is found in every format, and returned in it', async () => {
  const found = await get('/v1/customers/by?cardNumber=77:40:E6:4C&cardNumberFormat=HEX_LSB')
  assert.equal(found.id, edgar)
  assert.deepEqual(found.cardNumbers, ['7740e64c'])
  assert.deepEqual(await findError('/v1/customers/by?cardNumber=ABC&cardNumberFormat=HEX_MSB'), [
    400,
    'errormessage.cardNumber.invalid',
  ])
})

test('a customer is found by number in any case, by uuid, PIN and barcode', async () => {
  const { uuid } = await get(`/v1/customers/${edgar}`)
  for (const query of [`qrCodeUuid=${uuid}`, 'customerNumber=%20123-10000', 'pin=012378', 'barcode=aBc-1&pin=%20']) {
    assert.equal((await get(`/v1/customers/by?${query}`)).id, edgar, query)
  }
  const pasted = ['customerNumber=%E2%80%8B123%E2%80%9110000', 'pin=%EF%BC%9012378%E2%80%AC', 'barcode=%EF%BB%BFaBc-1']
  for (const query of pasted) assert.equal((await get(`/v1/customers/by?${query}`)).id, edgar, query)
  for (const query of ['pin=12378', 'barcode=abc-1', 'barcode=gone', 'customerNumber=123-1', 'debtorId=1']) {
    assert.deepEqual(await findError(`/v1/customers/by?${query}`), [404, 'errormessage.customer.notFound'], query)
  }
  const foreign = await addCustomer(app, {}, { studio: app.hamburg })
  await app.write((work) => addAccessMedium(work, foreign, { type: 'PIN', value: '4711' }, app.platform.secrets))
  assert.deepEqual(await findError('/v1/customers/by?pin=4711'), [404, 'errormessage.customer.notFound'])
  assert.equal((await get('/v1/cross-studio/customers/by?pin=4711')).id, foreign)
})

test('a look-up takes exactly one parameter and never repeats its value', async () => {
  assert.deepEqual(await findError('/v1/customers/by?cardNumberFormat=HEX_MSB'), [
    400,
    'errormessage.customerLookup.oneParameterRequired',
  ])
  const { body, text } = await app.get('/v1/customers/by?pin=987654&barcode=secret')
  assert.deepEqual(body.args, ['barcode', 'pin'])
  assert.doesNotMatch(text, /987654|secret/)
  assert.doesNotMatch((await app.get('/v1/customers/by?pin=987654')).text, /987654/)
})

test('the same PIN cannot be given to two customers', async () => {
  const other = await addCustomer(app)
  const add = () =>
    app.write((work) => addAccessMedium(work, other, { type: 'PIN', value: '012378' }, app.platform.secrets))
  await assert.rejects(add(), { code: 'errormessage.accessMedium.valueInUse' })
})

test('of parallel grants of one card exactly one wins', async () => {
  const holders = await Promise.all(Array.from({ length: 6 }, () => addCustomer(app)))
  const granted = await Promise.allSettled(
    holders.map((id) =>
      app.write((work) => addAccessMedium(work, id, { type: 'CARD_NUMBER', value: '4242' }, app.platform.secrets)),
    ),
  )
  assert.equal(granted.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const result of granted) {
    if (result.status === 'rejected') assert.equal(result.reason.code, 'errormessage.accessMedium.valueInUse')
  }
})

test('restrictions that are not over are listed; one in force refuses access', async () => {
  const customerId = await addCustomer(app)
  const restrict = (reason: string, from?: string, until?: string) =>
    app.write((work) =>
      restrictAccess(work, {
        customerId,
        source: 'STAFF',
        reason,
        ...(from && until ? { startDate: day(from), endDate: day(until) } : {}),
      }),
    )
  await restrict('Over', '2026-06-01', '2026-06-14')
  await restrict('Later', '2026-07-01', '2026-07-31')
  const read = () => get(`/v1/customers/${customerId}`)
  assert.equal((await read()).accessRefusal, false)
  await restrict('Until today', '2026-06-10', '2026-06-15')
  const always = await restrict('Always')
  const shown = await read()
  assert.equal(shown.accessRefusal, true)
  assert.deepEqual(shown.accessRestrictions, [
    { reason: 'Always' },
    { reason: 'Until today', startDate: '2026-06-10', endDate: '2026-06-15' },
    { reason: 'Later', startDate: '2026-07-01', endDate: '2026-07-31' },
  ])
  await app.write((work) => liftRestriction(work, always))
  assert.equal((await read()).accessRestrictions.length, 2)
})

test('partners of the home studio receive events of media and restrictions, without their values', async () => {
  const customerId = await addCustomer(app, {}, { studio: app.hamburg })
  const known = (await listEvents(app)).length
  const medium = { type: 'BARCODE', value: 'secret-code' } as const
  const mediumId = await app.write((work) => addAccessMedium(work, customerId, medium, app.platform.secrets))
  await app.write((work) => removeAccessMedium(work, mediumId))
  await assert.rejects(
    app.write((work) => removeAccessMedium(work, mediumId)),
    { code: 'errormessage.accessMedium.notFound' },
  )
  const ban = { customerId, source: 'STAFF', reason: 'secret-reason' } as const
  const banId = await app.write((work) => restrictAccess(work, ban))
  await app.write((work) => liftRestriction(work, banId))
  const added = (await listEvents(app)).slice(known)
  assert.deepEqual(
    added.map(({ type }) => type),
    [
      'CUSTOMER_ACCESS_MEDIUM_CREATED',
      'CUSTOMER_ACCESS_MEDIUM_DELETED',
      'CUSTOMER_ACCESS_RESTRICTION_CREATED',
      'CUSTOMER_ACCESS_RESTRICTION_DELETED',
    ],
  )
  for (const event of added) {
    assert.deepEqual([event.entityId, event.customerId, event.audienceStudioIds], [customerId, customerId, [124]])
  }
  assert.doesNotMatch(JSON.stringify([added, await listAudit(app)]), /secret-/)
})

test('what other modules know is part of the customer', async () => {
  const customerId = await addCustomer(app)
  await app.write(async ({ tx, now }) => {
    const stamps = { createdAt: now, updatedAt: now }
    const base = { ...stamps, customerId, studioId: 123, signedAt: now, signingDate: day('2026-01-01') }
    const snapshot = { rateName: 'Flex 12', rateCodes: [], openingHourCategoryId: null } as const
    const contract = { ...base, snapshot, startDate: day('2026-01-01'), origin: 'SIGNUP' as const }
    await tx.insert(contracts).values([
      { ...contract, id: 501, committedEnd: day('2026-12-31') },
      { ...contract, id: 502, committedEnd: day('2027-12-31'), voidedAt: now },
    ])
    const period = { ...stamps, contractId: 501, state: 'ACCEPTED' as const, policySnapshot: {} }
    await tx.insert(idlePeriods).values([
      { ...period, id: 601, startDate: day('2026-09-01'), unlimited: true },
      { ...period, id: 602, startDate: day('2026-03-01'), endDate: day('2026-03-31') },
      { ...period, id: 603, startDate: day('2026-05-01'), endDate: day('2026-05-31'), state: 'WITHDRAWN' },
    ])
    const accountEnc = app.platform.secrets.seal('field', 'DE91100000000123456789')
    const bank = {
      type: 'SEPA',
      state: 'ACTIVE',
      isRunDefault: true,
      holder: 'Edgar',
      bic: 'MUSTDEFF',
      accountEnc,
    } as const
    await tx.insert(paymentInstruments).values({ ...stamps, ...bank, customerId })
    const ids = [
      { customerId, integrationId: null, value: 'MIGRATED', createdAt: now },
      { customerId, integrationId: app.berlin.integrationId, value: 'A1000', createdAt: now },
    ]
    await tx.insert(customerThirdPartyIds).values(ids)
    const field = { ...stamps, type: 'TEXT' as const, position: 1 }
    await tx.insert(additionalInformationFields).values([
      { ...field, id: 41, name: 'Shirt', studioIds: [123] },
      { ...field, id: 42, name: 'Elsewhere', studioIds: [124] },
      { ...field, id: 43, name: 'Old', studioIds: [123], active: false },
    ])
    for (const fieldId of [41, 42, 43]) {
      await tx.insert(additionalInformationAssignments).values({ customerId, fieldId, value: 'L', createdAt: now })
    }
  })
  const shown = await get(`/v1/customers/${customerId}`)
  const contract = { id: 501, rateName: 'Flex 12' }
  assert.deepEqual(shown.idlePeriods, [
    { id: 602, startDate: '2026-03-01', endDate: '2026-03-31', contract, unlimited: false },
    { id: 601, startDate: '2026-09-01', endDate: '2026-12-31', contract, unlimited: true },
  ])
  assert.deepEqual(shown.bankAccount, { accountHolder: 'Edgar', bic: 'MUSTDEFF', iban: 'DE91100000000123456789' })
  assert.equal(shown.thirdPartyId, 'A1000')
  assert.deepEqual(shown.additionalInformationFieldAssignments, [{ additionalInformationFieldId: 41, value: 'L' }])
})

test('every read of one customer is logged within a second', async () => {
  await app.get(`/v1/customers/${edgar}`)
  await app.get('/v1/cross-studio/customers/by?barcode=aBc-1')
  await app.get('/v1/customers/999999')
  const lines = () => app.read(({ db }) => db.select().from(customerAccessLog))
  const isRead = ({ operation, customerId }: { operation: string; customerId: number }) =>
    operation === 'getCrossStudioCustomerBy' && customerId === edgar
  for (let attempt = 0; attempt < 100 && !(await lines()).some(isRead); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const logged = await lines()
  assert.equal(logged.find(isRead)?.at.toString(), '2026-06-15T07:00:00Z')
  assert.ok(logged.some((line) => line.operation === 'getCustomerById' && line.customerId === edgar))
  assert.ok(logged.every((line) => line.customerId !== 999_999))
})
