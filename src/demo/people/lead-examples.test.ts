import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDemoApp, type DemoApp } from '../../../test/support/demo-app.ts'

let app: DemoApp
before(async () => void (app = await openDemoApp()))
after(() => app.close())

const max = {
  leadCustomer: {
    firstname: 'Max',
    secondFirstname: 'Peter',
    lastname: 'Mustermann',
    email: 'mustermann@example.com',
    thirdPartyId: 'A2000',
    telephone: '5006001112',
    language: { languageCode: 'de', countryCode: 'DE' },
  },
  externalIdentifier: 'CMPGN-123',
}

test('the form of Berlin asks for a phone number and three fields of its own', async () => {
  const { body } = await app.get('/v1/leads/config')
  assert.deepEqual(
    [body.telephoneMode, body.addressMode, body.dateOfBirthMode, body.genderMode],
    ['MANDATORY', 'OPTIONAL', 'OPTIONAL', 'INACTIVE'],
  )
  const fields = body.additionalInformation as readonly { type: string; selectionValues?: readonly string[] }[]
  assert.deepEqual(
    fields.map(({ type }) => type),
    ['LIST', 'BOOLEAN', 'TEXT'],
  )
  assert.deepEqual(fields[0]?.selectionValues, ['Friends', 'Radio', 'Webinar'])
})

test('the person of the example becomes a lead once; Lea is one already', async () => {
  const validate = async (body: object) => (await app.post('/v1/leads/validate', body)).body.status
  assert.equal(await validate(max), 'POSSIBLE')
  const { status, body } = await app.post('/v1/leads/create', max)
  assert.equal(status, 200)
  assert.match(body.customerNumber, /^\d+-\d+$/)
  assert.equal(await validate(max), 'DUPLICATE_CUSTOMER')
  const lea = { ...max.leadCustomer, thirdPartyId: undefined, email: 'lea@example.com' }
  assert.equal(await validate({ leadCustomer: lea }), 'DUPLICATE_CUSTOMER')
})

test('Berlin has fields of all five kinds, and Edgar’s values can be replaced', async () => {
  const { body: fields } = await app.get('/v1/customers/additional-information-fields')
  assert.deepEqual(
    fields.map(({ id, type }: { id: number; type: string }) => [id, type]),
    [
      [301, 'LIST'],
      [302, 'BOOLEAN'],
      [303, 'DATE'],
      [304, 'NUMERIC'],
      [305, 'TEXT'],
      [306, 'LIST'],
    ],
  )
  const path = '/v1/customers/1001/additional-information-field-assignments'
  const { body } = await app.put(path, [{ additionalInformationFieldId: 306, value: '321,323' }])
  assert.deepEqual(body, [{ additionalInformationFieldId: 306, value: '321,323' }])
})

test('a prospect moves to Hamburg, and the same call again is answered alike', async () => {
  const { switchDate, path } = { switchDate: '2026-06-15', path: '/v1/customers/1002/switch-studio' }
  const move = () => app.post(path, { targetStudioId: 124, switchDate, description: 'Moved house' })
  assert.deepEqual([(await move()).status, (await move()).status], [200, 200])
  const { body } = await app.get('/v1/cross-studio/customers/1002')
  assert.equal(body.studioId, 124)
})
