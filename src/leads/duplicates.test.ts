import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { fitting, plantLeadForm } from '../../test/support/scenes/leads.ts'
import { customerIntegrationBlocks } from '../customers/tables.ts'
import { updateStudio } from '../studios/index.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
  await plantLeadForm(app)
})
after(() => app.close())

const validate = async (body: object) => (await app.post('/v1/leads/validate', body)).body.status
const create = (body: object) => app.post('/v1/leads/create', body)

test('a person who is known by e-mail is a duplicate in every studio of the integration', async () => {
  await addCustomer(app, { email: 'Known@Mail.example' }, { studio: app.hamburg })
  const body = fitting({ email: ' known@mail.EXAMPLE ' })
  assert.equal(await validate(body), 'DUPLICATE_CUSTOMER')
  const { status, body: refused } = await create(body)
  assert.deepEqual([status, refused.errorCode], [400, 'errormessage.lead.duplicateCustomer'])
  assert.equal(await validate({ ...body, additionalInformation: [] }), 'INVALID_LEAD_DATA', 'data come first')
})

test('a person who is known by names and birth date is a duplicate, whatever the second names', async () => {
  const known = { firstName: 'Bjørn', secondFirstName: 'Emil', lastName: 'O’Brien', secondLastName: 'Ek' }
  await addCustomer(app, { ...known, dateOfBirth: '1990-03-01', email: 'bjorn@mail.example' })
  const like = { firstname: 'BJORN', lastname: 'obrien' }
  assert.equal(await validate(fitting({ ...like, dateOfBirth: '1990-03-01' })), 'DUPLICATE_CUSTOMER')
  assert.equal(await validate(fitting({ ...like, dateOfBirth: '1990-03-02' })), 'POSSIBLE')
  assert.equal(await validate(fitting({ ...like, firstname: 'Bea', dateOfBirth: '1990-03-01' })), 'POSSIBLE')
  assert.equal(await validate(fitting(like)), 'POSSIBLE')
})

test('where families share an address, the e-mail alone makes no duplicate', async () => {
  await addCustomer(app, { firstName: 'Ann', lastName: 'Family', email: 'family@mail.example' })
  const ofRule = (leadDuplicateRule: 'EMAIL' | 'EMAIL_AND_NAME') =>
    app.write((work) => updateStudio(work, app.berlin.studioId, { leadDuplicateRule }))
  await ofRule('EMAIL_AND_NAME')
  const like = (firstname: string) => fitting({ firstname, lastname: 'Family', email: 'family@mail.example' })
  assert.equal(await validate(like('Bob')), 'POSSIBLE')
  assert.equal(await validate(like('ann')), 'DUPLICATE_CUSTOMER')
  await ofRule('EMAIL')
  assert.equal(await validate(like('Bob')), 'DUPLICATE_CUSTOMER')
})

test('an own id that is in use is a duplicate, also when its holder is out of sight', async () => {
  const { body } = await create(fitting({ thirdPartyId: 'P-1' }))
  assert.equal(await validate(fitting({ thirdPartyId: 'P-1' })), 'DUPLICATE_CUSTOMER')
  const { integrationId } = app.berlin
  await app.write(({ tx, now }) =>
    tx
      .insert(customerIntegrationBlocks)
      .values({ customerId: body.customerId, integrationId, since: now, createdAt: now }),
  )
  assert.equal(await validate(fitting({ thirdPartyId: 'P-1' })), 'DUPLICATE_CUSTOMER')
})

test('who is out of sight is no duplicate: no answer reveals that the person exists', async () => {
  const hidden = { firstName: 'Hid', lastName: 'Den', dateOfBirth: '1980-01-01', email: 'hidden@mail.example' }
  const customerId = await addCustomer(app, hidden)
  const { integrationId } = app.berlin
  const body = fitting({ firstname: 'Hid', lastname: 'Den', dateOfBirth: '1980-01-01', email: hidden.email })
  assert.equal(await validate(body), 'DUPLICATE_CUSTOMER')
  await app.write(({ tx, now }) =>
    tx.insert(customerIntegrationBlocks).values({ customerId, integrationId, since: now, createdAt: now }),
  )
  assert.equal(await validate(body), 'POSSIBLE')
})
