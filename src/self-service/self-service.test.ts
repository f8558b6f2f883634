import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { openStaff, type Staff } from '../../test/support/scenes/staff.ts'
import {
  acceptAmendment,
  configureAmendments,
  followToStudio,
  listAmendments,
  rejectAmendment,
} from './amendment-decisions.ts'
import { eraseAmendments } from './amendment-store.ts'
import { selfServiceModule } from './index.ts'
import * as staffApi from './staff-api.ts'
import { customerAmendments } from './tables.ts'
import { customers } from '../customers/customer-table.ts'
import { eq } from 'drizzle-orm'

let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp()
  staff = openStaff(app, selfServiceModule)
})
after(() => app.close())

type Mode = Parameters<typeof configureAmendments>[1]['mode']
const kinds = ['CONTACT_DATA', 'ADDRESS_DATA', 'MASTER_DATA'] as const

const configure = (mode: Mode, kind?: (typeof kinds)[number]) =>
  app.write(async (work) => {
    for (const each of kind ? [kind] : kinds) {
      await configureAmendments(work, { studioId: app.berlin.studioId, kind: each, mode, requireSignature: false })
    }
  })
const path = (customerId: number, rest: string) => `/v1/customers/${customerId}/self-service/${rest}`
const secrets = () => app.platform.secrets
const accept = (id: number, force = false) =>
  app.write((work) => acceptAmendment(work, id, { force, secrets: secrets() }))
const reject = (id: number, reason: string) => app.write((work) => rejectAmendment(work, id, reason))
const countUpdates = async (customerId: number) =>
  (await listEvents(app)).filter((event) => event.type === 'CUSTOMER_UPDATED' && event.entityId === customerId).length

test('staff replace an address as a whole, whatever customers may do; partners read the code of the province', async () => {
  await configure('READ')
  const customerId = await addCustomer(app, { street: 'Am Bahnhof', houseNumber: '90', door: '3' })
  const body = { street: 'Gran Via', zipCode: '28013', city: 'Madrid', countryCode: 'ES', provinceCode: 'MD' }
  const replace = (given: object, how = {}) => staff.run(staffApi.replaceAddress, { customerId }, given, how)
  await replace(body, { dryRun: true })
  assert.equal((await app.get(`/v1/customers/${customerId}`)).body.street, 'Am Bahnhof')
  await replace(body)
  const shown = (await app.get(`/v1/customers/${customerId}`)).body
  assert.deepEqual(
    [shown.street, shown.door, shown.province, shown.provinceCode],
    ['Gran Via', undefined, 'Madrid', 'MD'],
  )
  assert.equal(await countUpdates(customerId), 1)
  await replace(body)
  assert.equal(await countUpdates(customerId), 1)
  await assert.rejects(replace({ ...body, provinceCode: 'XX' }), { code: 'errormessage.validation.format' })
  await assert.rejects(replace({ ...body, town: 'Madrid' }), { code: 'errormessage.validation.format' })
  await replace({ ...body, provinceCode: null })
  assert.equal((await app.get(`/v1/customers/${customerId}`)).body.provinceCode, undefined)
})

test('an address waits for the staff, a newer one takes its place, and accepting it replaces the whole', async () => {
  await configure('CHANGES_REQUIRE_VERIFICATION')
  const old = { street: 'Am Bahnhof', houseNumber: '90', zipCode: '12133', city: 'München', door: '3' }
  const customerId = await addCustomer(app, old)
  const address = path(customerId, 'address-data')
  const body = { street: 'Seestr.', houseNumber: '5', zipCode: '10117', city: 'Berlin', countryCode: 'DE' }
  const first = await app.post(address, body)
  assert.equal(first.status, 200)
  assert.deepEqual(first.body, { id: first.body.id, ...body })
  const shown = (await app.get(address)).body
  assert.deepEqual(shown, {
    ...old,
    countryCode: 'DE',
    amendmentConfigurationStatus: 'CHANGES_REQUIRE_VERIFICATION',
    pendingAmendment: { id: first.body.id, ...body },
  })
  const second = await app.post(address, { ...body, houseNumber: '5a' })
  assert.notEqual(second.body.id, first.body.id)
  const late = await app.delete(path(customerId, `amendment/${first.body.id}`))
  assert.deepEqual([late.status, late.body.errorCode], [409, 'errormessage.amendment.notPending'])
  assert.equal(await countUpdates(customerId), 0)
  await accept(second.body.id)
  assert.equal(await countUpdates(customerId), 1)
  const now = (await app.get(address)).body
  assert.deepEqual(now, { ...body, houseNumber: '5a', amendmentConfigurationStatus: 'CHANGES_REQUIRE_VERIFICATION' })
  assert.equal((await app.delete(path(customerId, `amendment/${second.body.id}`))).status, 409)
  const same = await app.post(address, { ...body, houseNumber: '5a' })
  assert.deepEqual([same.status, same.body], [200, { ...body, houseNumber: '5a' }])
  assert.equal(await countUpdates(customerId), 1)
})

test('contact data are applied at once, field by field', async () => {
  await configure('CHANGES_WITHOUT_VERIFICATION')
  const customerId = await addCustomer(app, { email: 'a@x.de', phoneNumberMobile: '+49 151 1' })
  const contact = path(customerId, 'contact-data')
  const applied = await app.post(contact, { email: 'b@x.de' })
  assert.deepEqual(applied.body, { id: applied.body.id, email: 'b@x.de', phonePrivateMobile: '+49 151 1' })
  assert.equal(await countUpdates(customerId), 1)
  assert.equal((await app.post('/v1/customers/search', { email: 'B@X.de' })).body[0].id, customerId)
  await app.post(contact, { phonePrivateMobile: '' })
  const { body } = await app.get(contact)
  assert.deepEqual(body, { email: 'b@x.de', amendmentConfigurationStatus: 'CHANGES_WITHOUT_VERIFICATION' })
  assert.equal(await countUpdates(customerId), 2)
  const empty = await app.post(contact, {})
  assert.deepEqual([empty.status, empty.body.errorCode], [400, 'errormessage.amendment.empty'])
  const wrong = await app.post(contact, { email: 'b@x' })
  assert.deepEqual([wrong.status, wrong.body.errorCode], [400, 'errormessage.validation.format'])
  assert.equal(wrong.body.reference, 'email')
  assert.equal(await countUpdates(customerId), 2)
})

test('master data keep an absent country of birth and renew what the search and the duplicate check compare', async () => {
  await configure('CHANGES_WITHOUT_VERIFICATION')
  const customerId = await addCustomer(app, { secondLastName: 'Ortega' })
  const master = path(customerId, 'master-data')
  const { dateOfBirth } = (await app.get(master)).body
  const person = { firstName: 'Marah', lastName: 'Größmann', gender: 'FEMALE', dateOfBirth, customerTitle: 'DR' }
  assert.equal((await app.post(master, { ...person, countryOfBirth: 'IT' })).status, 200)
  assert.equal((await app.post(master, { ...person, customerTitle: 'PROF' })).body.countryOfBirth, 'IT')
  const found = (await app.post('/v1/customers/search', { lastName: 'groessmann ort' })).body
  assert.deepEqual(
    found.map(({ id }: { id: number }) => id),
    [customerId],
  )
  const twin = { ...person, secondLastName: 'Ortega', street: 'x', city: 'x', zipCode: '10115', countryCode: 'DE' }
  const rest = { email: 'mara@mail.example', language: { languageCode: 'de' } }
  assert.equal(
    (await app.post('/v1/customers/create', { ...twin, ...rest })).body.errorCode,
    'errormessage.customer.duplicate',
  )
  const missing = await app.post(master, { ...person, lastName: ' ' })
  assert.deepEqual(
    [missing.status, missing.body.errorCode, missing.body.reference],
    [...[400, 'errormessage.validation.required', 'lastName']],
  )
})

test('what nobody knows is an empty text, an unknown birth date is left out', async () => {
  const customerId = await addCustomer(app)
  const nothing = { street: null, zipCode: null, city: null, countryCode: null, dateOfBirth: null }
  await app.write(({ tx }) => tx.update(customers).set(nothing).where(eq(customers.id, customerId)))
  const { street, zipCode, city, countryCode } = (await app.get(path(customerId, 'address-data'))).body
  assert.deepEqual([street, zipCode, city, countryCode], ['', '', '', ''])
  const answer = await app.get(path(customerId, 'master-data'))
  const { dateOfBirth, customerTitle, gender } = answer.body
  assert.deepEqual([answer.status, dateOfBirth, customerTitle, gender], [200, null, 'NONE', 'UNISEX'])
})

test('a studio that has configured nothing shows data and takes no changes, but lets wishes be withdrawn', async () => {
  await configure('CHANGES_REQUIRE_VERIFICATION')
  const customerId = await addCustomer(app)
  const contact = path(customerId, 'contact-data')
  const { id } = (await app.post(contact, { email: 'new@x.de' })).body
  await configure('READ')
  const refused = await app.post(contact, { email: 'b@x' })
  assert.deepEqual([refused.status, refused.body.errorCode], [403, 'errormessage.selfService.readOnly'])
  const { body } = await app.get(contact)
  assert.equal(body.amendmentConfigurationStatus, 'READ')
  assert.equal(body.pendingAmendment.email, 'new@x.de')
  const events = (await listEvents(app)).length
  assert.equal((await app.delete(path(customerId, `amendment/${id}`))).status, 200)
  assert.equal((await app.delete(path(customerId, `amendment/${id}`))).status, 200)
  assert.equal((await app.get(contact)).body.pendingAmendment, undefined)
  assert.equal((await listEvents(app)).length, events)
  const elsewhere = await addCustomer(app, {}, { studio: app.hamburg })
  const hamburg = await app.get(path(elsewhere, 'contact-data'), { as: app.hamburg })
  assert.equal(hamburg.body.amendmentConfigurationStatus, 'READ')
})

test('customers of others, and wishes of others, do not exist', async () => {
  await configure('CHANGES_REQUIRE_VERIFICATION')
  const [mine, other] = [await addCustomer(app), await addCustomer(app)]
  const foreign = await addCustomer(app, {}, { studio: app.hamburg })
  const { id } = (await app.post(path(other, 'contact-data'), { email: 'new@x.de' })).body
  for (const call of [
    app.get(path(foreign, 'master-data')),
    app.post(path(foreign, 'contact-data'), { email: 'x@x.de' }),
    app.delete(path(foreign, `amendment/${id}`)),
    app.get(`/ext/v1/customers/${foreign}/amendments`),
  ]) {
    const { status, body } = await call
    assert.deepEqual([status, body.errorCode], [404, 'errormessage.customer.notFound'])
  }
  const wrong = await app.delete(path(mine, `amendment/${id}`))
  assert.deepEqual([wrong.status, wrong.body.errorCode], [404, 'errormessage.amendment.notFound'])
})

test('a wish whose field was changed meanwhile is accepted only by force; other fields stay as they are', async () => {
  await configure('CHANGES_REQUIRE_VERIFICATION')
  const customerId = await addCustomer(app, { email: 'a@x.de', phoneNumberPrivate: '030 12345' })
  const { id } = (await app.post(path(customerId, 'contact-data'), { email: 'b@x.de' })).body
  await configure('CHANGES_WITHOUT_VERIFICATION')
  const change = (values: object) =>
    app.write(({ tx }) => tx.update(customers).set(values).where(eq(customers.id, customerId)))
  await change({ phonePrivate: '030 67890', email: 'staff@x.de' })
  const [seen] = await app
    .read((view) => listAmendments(view, app.berlin.studioId))
    .then((all) => all.filter((each) => each.id === id))
  assert.deepEqual(seen?.changes, { email: ['staff@x.de', 'b@x.de'] })
  assert.deepEqual(seen?.conflicts, ['email'])
  await assert.rejects(accept(id), { code: 'errormessage.amendment.conflict' })
  assert.equal(await countUpdates(customerId), 0)
  await accept(id, true)
  const { email, phonePrivate } = (await app.get(path(customerId, 'contact-data'))).body
  assert.deepEqual([email, phonePrivate], ['b@x.de', '030 67890'])
  assert.equal(await countUpdates(customerId), 1)
  await assert.rejects(accept(id), { code: 'errormessage.amendment.notPending' })
})

test('what became of the wishes is listed, a rejection with its reason', async () => {
  await configure('CHANGES_REQUIRE_VERIFICATION')
  const customerId = await addCustomer(app)
  const [a, b] = [
    (await app.post(path(customerId, 'contact-data'), { email: 'b@x.de' })).body.id,
    (await app.post(path(customerId, 'contact-data'), { email: 'c@x.de' })).body.id,
  ]
  await assert.rejects(reject(b, ' '), { code: 'errormessage.validation.required' })
  await reject(b, 'Please come by.')
  const { body } = await app.get(`/ext/v1/customers/${customerId}/amendments?sliceSize=10`)
  const common = {
    dataGroup: 'CONTACT_DATA',
    changedFields: ['email'],
    requestedDateTime: '2026-06-15T09:00:00.000+02:00',
    decidedDateTime: '2026-06-15T09:00:00.000+02:00',
  }
  assert.deepEqual(body.result, [
    { id: a, ...common, status: 'SUPERSEDED' },
    { id: b, ...common, status: 'REJECTED', rejectionReason: 'Please come by.' },
  ])
  assert.equal(body.hasNext, false)
})

test('audit lines name the fields and hold no value', async () => {
  await configure('CHANGES_WITHOUT_VERIFICATION')
  const customerId = await addCustomer(app)
  const { id } = (await app.post(path(customerId, 'contact-data'), { email: 'secret@x.de' })).body
  const lines = (await listAudit(app)).filter(({ entityId }) => entityId === id || entityId === customerId)
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['customer.created', 'amendment.applied', 'customer.dataChanged'],
  )
  assert.deepEqual(Object.keys(lines[2]?.diff ?? {}), ['email'])
  assert.doesNotMatch(JSON.stringify(lines), /secret@x/)
})

test('wishes follow their customer to another studio, and end with the person, values and all', async () => {
  await configure('CHANGES_REQUIRE_VERIFICATION')
  const customerId = await addCustomer(app)
  const { id } = (await app.post(path(customerId, 'contact-data'), { email: 'moved@x.de' })).body
  const switchDate = Temporal.PlainDate.from('2026-06-15')
  const [fromStudioId, toStudioId] = [app.berlin.studioId, app.hamburg.studioId]
  await app.write((work) => followToStudio(work, { customerId, fromStudioId, toStudioId, switchDate }))
  const inbox = (studioId: number) =>
    app.read((view) => listAmendments(view, studioId)).then((all) => all.map((each) => each.id))
  assert.ok(!(await inbox(app.berlin.studioId)).includes(id))
  assert.deepEqual(await inbox(app.hamburg.studioId), [id])
  await app.write((work) => eraseAmendments(work.tx, customerId, 'CLI', work.now))
  assert.deepEqual(await inbox(app.hamburg.studioId), [])
  const [row] = await app.read(({ db }) => db.select().from(customerAmendments).where(eq(customerAmendments.id, id)))
  assert.deepEqual([row?.status, row?.base, row?.proposed, row?.decidedBy], ['CANCELLED', null, null, 'CLI'])
})
