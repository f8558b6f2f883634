import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listEvents } from '../../test/support/records.ts'
import { trialScene } from '../../test/support/scenes/trial-scene.ts'
import { leads } from '../leads/tables.ts'
import { updateTrialOfferConfig } from './configs.ts'

// Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
let scene: ReturnType<typeof trialScene>
before(async () => {
  app = await openTestApp()
  scene = trialScene(app)
})
after(() => app.close())

let people = 0

/** A person whom nobody has met. */
function newcomer(changes: Readonly<Record<string, unknown>> = {}) {
  people += 1
  return { firstname: 'Tim', lastname: `Probe${people}`, email: `trial${people}@mail.example`, ...changes }
}

const validate = async (trialOfferConfigId: number, leadCustomerData: object) => {
  const answer = await app.post('/v1/trial-offers/lead/validate', { trialOfferConfigId, leadCustomerData })
  return answer.body.validationStatus ?? `${answer.status} ${answer.body.errorCode} ${answer.body.reference ?? ''}`
}
const create = (trialOfferConfigId: number, leadCustomerData: object) =>
  app.post('/v1/trial-offers/lead/create', { trialOfferConfigId, leadCustomerData })
/** A validation and a creation of the same person say the same. */
const refused = async (configId: number, person: object) => {
  const status = await validate(configId, person)
  const { status: code, body } = await create(configId, person)
  assert.deepEqual([code, body.args], [400, [status]])
  return `${body.errorCode} ${body.reference ?? ''}`
}
const address = { street: 'Lindenallee', zipCode: '10435', city: 'Berlin' }

test('a prospect enters by himself, sees trial slots, books one and confirms it', async () => {
  const config = { allowBookingForLeads: false, confirmationTermValue: 1, confirmationTermUnit: 'DAY' as const }
  const { classId, classSlotId, configId } = await scene.arrangeClass({ ...config, telephoneMode: 'MANDATORY' })
  const person = newcomer({ telephone: '030 5550117', address, dateOfBirth: '1999-05-04' })
  assert.equal(await validate(configId, person), 'POSSIBLE')
  const { status, body } = await create(configId, person)
  assert.equal(status, 200, JSON.stringify(body))
  const { leadCustomerId: customerId } = body
  const customer = (await app.get(`/v1/customers/${customerId}`)).body
  assert.deepEqual(
    [customer.status, customer.phonePrivate, customer.street, customer.country, customer.dateOfBirth],
    ['PROSPECT', '030 5550117', 'Lindenallee', 'DE', '1999-05-04'],
  )
  const [lead] = await app.read(({ db }) => db.select().from(leads).where(eq(leads.customerId, customerId)))
  assert.deepEqual([lead?.source, lead?.trialOfferConfigId, lead?.status], ['TRIAL_OFFER', configId, 'OPEN'])
  const types = (await listEvents(app)).filter((event) => event.entityId === customerId).map(({ type }) => type)
  assert.deepEqual(types, ['CUSTOMER_CREATED'])
  const slots = await app.get(`/v1/trial-offers/bookable-trial-offers/classes/${classId}/slots`)
  assert.deepEqual(
    slots.body.result.map(({ id }: { id: number }) => id),
    [classSlotId],
  )
  const bookingId = await scene.mustBookClass(customerId, classSlotId, 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  assert.deepEqual((await scene.confirm(bookingId)).body, { status: 'CONFIRMED' })
  assert.equal((await app.get(`/v1/classes/booking/${bookingId}`)).body.bookingStatus, 'BOOKED')
})

test('what the offer demands must be there; what it does not ask for is ignored and not stored', async () => {
  const modes = { telephoneMode: 'MANDATORY', addressMode: 'MANDATORY', genderMode: 'INACTIVE' } as const
  const { configId } = await scene.arrangeClass({ ...modes, dateOfBirthMode: 'INACTIVE' })
  const complete = { telephone: '030 5550117', address }
  const invalid = 'errormessage.lead.invalidLeadCustomerData'
  const without = (name: string) => newcomer({ ...complete, [name]: undefined })
  assert.equal(await refused(configId, without('telephone')), `${invalid} leadCustomerData.telephone`)
  assert.equal(await refused(configId, without('address')), `${invalid} leadCustomerData.address`)
  const wrongZip = newcomer({ ...complete, address: { ...address, zipCode: 'ABC' } })
  assert.equal(await refused(configId, wrongZip), `${invalid} leadCustomerData.address.zipCode`)
  const { body } = await create(configId, newcomer({ ...complete, gender: 'MALE', dateOfBirth: '1999-05-04' }))
  const customer = (await app.get(`/v1/customers/${body.leadCustomerId}`)).body
  assert.deepEqual([customer.gender, customer.dateOfBirth], ['UNISEX', undefined])
})

test('a known person is a duplicate and never used again', async () => {
  const { configId } = await scene.arrangeClass()
  const person = newcomer({ dateOfBirth: '1999-05-04', thirdPartyId: 'P-1' })
  assert.equal((await create(configId, person)).status, 200)
  const duplicate = 'errormessage.lead.duplicateCustomer '
  assert.equal(await refused(configId, person), duplicate)
  assert.equal(await refused(configId, newcomer({ email: person.email.toUpperCase() })), duplicate)
  assert.equal(await refused(configId, newcomer({ thirdPartyId: 'P-1' })), duplicate)
  const sameName = { ...person, email: 'other@mail.example', thirdPartyId: undefined }
  assert.equal(await refused(configId, sameName), duplicate)
})

test('unknown and inactive offers, and those of another studio, are 404', async () => {
  const { configId } = await scene.arrangeClass()
  await app.write((work) => updateTrialOfferConfig(work, configId, { active: false }))
  const gone = '404 errormessage.trialOfferConfig.notFound '
  assert.equal(await validate(configId, newcomer()), gone)
  assert.equal(await validate(999, newcomer()), gone)
  const open = await scene.arrangeClass()
  const body = { trialOfferConfigId: open.configId, leadCustomerData: newcomer() }
  assert.equal((await app.post('/v1/trial-offers/lead/create', body, { as: app.hamburg })).status, 404)
  assert.equal((await app.post('/v1/trial-offers/lead/create', body)).status, 200)
})

test('absent required properties are refused by name, an address of nothing but nulls is absent', async () => {
  const { configId } = await scene.arrangeClass()
  const required = '400 errormessage.validation.required'
  const { email: _, ...noEmail } = newcomer()
  assert.equal(await validate(configId, noEmail), `${required} leadCustomerData.email`)
  const noCity = newcomer({ address: { street: 'Lindenallee', zipCode: '10435' } })
  assert.equal(await validate(configId, noCity), `${required} leadCustomerData.address.city`)
  assert.equal(await validate(configId, newcomer({ address: { street: null, city: null } })), 'POSSIBLE')
})
