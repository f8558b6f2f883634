import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  fitting,
  itemIds,
  listFieldId,
  newLead,
  plantLeadForm,
  shirt,
  shirtFieldId,
  telephone,
} from '../../test/support/scenes/leads.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { commConfigs, customerCommPreferences } from '../communication/tables.ts'
import { customers } from '../customers/customer-table.ts'
import { saveLeadForm } from './forms.ts'
import { campaigns, leads } from './tables.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
  await plantLeadForm(app)
})
after(() => app.close())

const validate = async (body: object, as = app.berlin) => {
  const answer = await app.post('/v1/leads/validate', body, { as })
  return answer.status === 200 ? answer.body.status : [answer.status, answer.body.errorCode, answer.body.reference]
}
const create = (body: object, as = app.berlin) => app.post('/v1/leads/create', body, { as })
const countCustomers = () => app.read(({ db }) => db.$count(customers))
const selectLead = async (id: number) => {
  const [row] = await app.read(({ db }) => db.select().from(leads).where(eq(leads.id, id)))
  return row
}
const address = { street: 'Lindenallee', houseNumber: '12', zipCode: '10435', city: 'Berlin', countryCode: 'DE' }

test('a studio that has configured nothing asks for everything and needs nothing', async () => {
  const { body } = await app.get('/v1/leads/config', { as: app.hamburg })
  const { communicationPreferences, ...rest } = body
  assert.deepEqual(rest, {
    addressMode: 'OPTIONAL',
    dateOfBirthMode: 'OPTIONAL',
    genderMode: 'OPTIONAL',
    telephoneMode: 'OPTIONAL',
    additionalInformation: [],
  })
  assert.deepEqual(
    communicationPreferences.map((one: { messageCategory: string }) => one.messageCategory),
    ['CONTRACT', 'GENERAL', 'APPOINTMENT', 'NEWSLETTER', 'LOYALTY_PROGRAM'],
  )
  assert.deepEqual(communicationPreferences[0].channels.slice(0, 2), [
    { communicationChannel: 'LETTER', customerOverridable: false, active: true },
    { communicationChannel: 'EMAIL', customerOverridable: false, active: true },
  ])
})

test('the form lists its fields in the order of staff, items only for lists, and nothing that is inactive', async () => {
  const { body } = await app.get('/v1/leads/config')
  assert.equal(body.genderMode, 'INACTIVE')
  assert.equal(body.telephoneMode, 'MANDATORY')
  assert.deepEqual(body.additionalInformation, [
    {
      additionalFieldId: shirtFieldId,
      name: 'Shirt',
      type: 'NUMERIC',
      allowMultiSelection: false,
      mode: 'MANDATORY',
    },
    {
      additionalFieldId: listFieldId,
      name: 'Heard of us',
      type: 'LIST',
      allowMultiSelection: true,
      mode: 'OPTIONAL',
      selectionValues: ['Radio', 'Web'],
    },
  ])
})

test('the form of one studio is not that of another, and takes only fields of the studio', async () => {
  const save = (id: number) =>
    app.write((work) =>
      saveLeadForm(work, app.hamburg.studioId, { fields: [{ additionalFieldId: id, mode: 'OPTIONAL' }] }),
    )
  await assert.rejects(save(shirtFieldId), { code: 'errormessage.additionalInformationField.unknown' })
  assert.deepEqual((await app.get('/v1/leads/config', { as: app.hamburg })).body.additionalInformation, [])
})

test('a lead is a customer without contract, sent once and audited without names', async () => {
  await app.write(({ tx, now }) =>
    tx.insert(campaigns).values({
      id: 71,
      studioId: app.berlin.studioId,
      name: 'Spring',
      externalId: 'CMPGN-123',
      createdAt: now,
      updatedAt: now,
    }),
  )
  const known = (await listEvents(app)).length
  const body = fitting(
    { firstname: '  Léa ', lastname: 'Erstmal', gender: 'FEMALE', dateOfBirth: '1999-05-04' },
    {
      address,
      notes: 'Free trials',
      externalIdentifier: 'CMPGN-123',
      additionalInformation: [shirt, { additionalFieldId: listFieldId, values: ['Web', 'Radio'] }],
      communicationPreferences: [
        { messageCategory: 'NEWSLETTER', channels: [{ communicationChannel: 'EMAIL', active: true }] },
        {
          messageCategory: 'CONTRACT',
          channels: [{ communicationChannel: 'LETTER', active: false, customerOverridable: true }],
        },
      ],
    },
  )
  assert.equal(await validate(body), 'POSSIBLE')
  const { status, body: created } = await create(body)
  assert.equal(status, 200)
  const { body: shown } = await app.get(`/v1/customers/${created.customerId}`)
  assert.deepEqual(
    [shown.firstName, shown.status, shown.phonePrivate, shown.uuid, shown.customerNumber, shown.city],
    ['Léa', 'PROSPECT', telephone, created.uuid, created.customerNumber, 'Berlin'],
  )
  assert.equal(shown.gender, 'UNISEX', 'what is inactive is not stored')
  assert.deepEqual(shown.preferredLanguage, { languageCode: 'de' })
  assert.deepEqual(shown.additionalInformationFieldAssignments, [
    { additionalInformationFieldId: listFieldId, value: `${itemIds[1]},${itemIds[0]}` },
    { additionalInformationFieldId: shirtFieldId, value: '42' },
  ])
  const row = await selectLead(created.id)
  assert.deepEqual(
    [row?.customerId, row?.source, row?.status, row?.campaignId, row?.campaignExternalId, row?.notes],
    [created.customerId, 'API_LEAD', 'OPEN', 71, 'CMPGN-123', 'Free trials'],
  )
  const chosen = await app.read(({ db }) =>
    db.select().from(customerCommPreferences).where(eq(customerCommPreferences.customerId, created.customerId)),
  )
  assert.deepEqual(
    chosen.map(({ category, channel, active }) => [category, channel, active]),
    [['NEWSLETTER', 'EMAIL', true]],
    'where customers may not choose, the default of the studio stands',
  )
  const added = (await listEvents(app)).slice(known)
  assert.deepEqual(
    added.map(({ type, entityId, audienceStudioIds }) => [type, entityId, audienceStudioIds]),
    [['CUSTOMER_CREATED', created.customerId, [123]]],
  )
  const lines = (await listAudit(app)).filter(({ entityId }) => [created.id, created.customerId].includes(entityId))
  assert.deepEqual(lines.map(({ action }) => action).sort(), ['customer.created', 'lead.created'])
  assert.doesNotMatch(JSON.stringify(lines), /Léa|Erstmal|@|5550117|Free trials/)
})

test('an unknown campaign is kept as it was sent', async () => {
  const { body } = await create(fitting({}, { externalIdentifier: 'FLYER-9' }))
  const row = await selectLead(body.id)
  assert.deepEqual([row?.campaignExternalId, row?.campaignId], ['FLYER-9', null])
})

test('what the schema refuses is an error, everything else a status', async () => {
  const { leadCustomer } = newLead({ telephone })
  const code = (name: string) => `errormessage.validation.${name}`
  assert.deepEqual(await validate({}), [400, code('required'), 'leadCustomer'])
  assert.deepEqual(await validate(fitting({ firstname: ' ' })), [400, code('required'), 'leadCustomer.firstname'])
  assert.deepEqual(await validate(fitting({ email: {} })), [400, code('type'), 'leadCustomer.email'])
  assert.deepEqual(await validate(fitting({ dateOfBirth: '1990-13-01' })), [
    400,
    code('format'),
    'leadCustomer.dateOfBirth',
  ])
  assert.deepEqual(await validate({ leadCustomer, address: { city: 'Berlin' } }), [
    400,
    code('required'),
    'address.street',
  ])
  assert.equal(await validate({ leadCustomer, address: { city: null }, additionalInformation: [shirt] }), 'POSSIBLE')
})

const inMadrid = { ...address, zipCode: '28001', city: 'Madrid', countryCode: 'ES', province: 'Elsewhere' }

test('the code of a province that we know sets its name', async () => {
  const { body } = await create(fitting({}, { address: { ...inMadrid, provinceCode: 'M' } }))
  assert.equal((await app.get(`/v1/customers/${body.customerId}`)).body.province, 'Madrid')
})

/** Bodies that do not fit, with the field that is to blame. */
const unfit: readonly [string, () => object][] = [
  ['leadCustomer.firstname', () => fitting({ firstname: 'x'.repeat(101) })],
  ['leadCustomer.email', () => fitting({ email: 'nobody' })],
  ['leadCustomer.telephone', () => fitting({ telephone: 'call me' })],
  ['leadCustomer.telephone', () => fitting({ telephone: undefined })],
  ['leadCustomer.telephone', () => fitting({ telephone: ' ' })],
  ['leadCustomer.dateOfBirth', () => fitting({ dateOfBirth: '2026-06-16' })],
  ['leadCustomer.dateOfBirth', () => fitting({ dateOfBirth: '2026-06-16' }, { address: { ...address, zipCode: '1' } })],
  ['leadCustomer.language.languageCode', () => fitting({ language: { languageCode: 'xx' } })],
  ['leadCustomer.language.countryCode', () => fitting({ language: { languageCode: 'de', countryCode: 'XX' } })],
  ['address.zipCode', () => fitting({}, { address: { ...address, zipCode: '1' } })],
  ['address.provinceCode', () => fitting({}, { address: { ...inMadrid, provinceCode: 'XX' } })],
  ['address.countryCode', () => fitting({}, { address: { ...address, countryCode: 'XX' } })],
  ['additionalInformation', () => fitting({}, { additionalInformation: [] })],
  ['additionalInformation[0].value', () => fitting({}, { additionalInformation: [{ ...shirt, value: 'L' }] })],
  ['additionalInformation[0].value', () => fitting({}, { additionalInformation: [{ ...shirt, value: ' ' }] })],
  ['additionalInformation[1].additionalFieldId', () => fitting({}, { additionalInformation: [shirt, shirt] })],
  ['notes', () => fitting({}, { notes: 'x'.repeat(4001) })],
  ['externalIdentifier', () => fitting({}, { externalIdentifier: 'x'.repeat(256) })],
  [
    'communicationPreferences[0].channels[0].communicationChannel',
    () =>
      fitting(
        {},
        { communicationPreferences: [{ messageCategory: 'GENERAL', channels: [{ communicationChannel: 'FAX' }] }] },
      ),
  ],
]

for (const [reference, makeBody] of unfit) {
  test(`unfit data is a status, and creating names ${reference}`, async () => {
    const body = makeBody()
    const before = await countCustomers()
    assert.equal(await validate(body), 'INVALID_LEAD_DATA')
    const answer = await create(body)
    assert.deepEqual(
      [answer.status, answer.body.errorCode, answer.body.reference],
      [400, 'errormessage.lead.invalidLeadData', reference],
    )
    assert.deepEqual(answer.body.args, ['INVALID_LEAD_DATA'])
    assert.equal(await countCustomers(), before)
  })
}

test('channels that a studio does not have are neither listed nor accepted', async () => {
  const { studioId } = app.hamburg
  await app.write(({ tx }) =>
    tx.insert(commConfigs).values([
      { studioId, ...row('NEWSLETTER', 'EMAIL'), available: true },
      { studioId, ...row('GENERAL', 'PHONE'), available: false },
      { studioId, ...row('GENERAL', 'EMAIL'), available: true },
    ]),
  )
  const { body } = await app.get('/v1/leads/config', { as: app.hamburg })
  const email = [{ communicationChannel: 'EMAIL', customerOverridable: true, active: false }]
  assert.deepEqual(body.communicationPreferences, [
    { messageCategory: 'GENERAL', channels: email },
    { messageCategory: 'NEWSLETTER', channels: email },
  ])
  const wish = { messageCategory: 'GENERAL', channels: [{ communicationChannel: 'PHONE', active: true }] }
  assert.equal(await validate({ ...newLead(), communicationPreferences: [wish] }, app.hamburg), 'INVALID_LEAD_DATA')
})

const row = (category: 'NEWSLETTER' | 'GENERAL', channel: 'EMAIL' | 'PHONE') => ({
  category,
  channel,
  defaultActive: false,
  customerOverridable: true,
})
