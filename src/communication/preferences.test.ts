import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { listEvents } from '../../test/support/records.ts'
import { configureChannel, setPreferences } from './staff.ts'
import { listConsentLines as listConsent } from './store.ts'
import { mayContact } from './preferences.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

const path = (customerId: number) => `/v1/communications/${customerId}/communication-preferences`
const email = (messageCategory: string, active: boolean) => ({
  messageCategory,
  channels: [{ communicationChannel: 'EMAIL', active }],
})
const countUpdates = async (customerId: number) =>
  (await listEvents(app)).filter(
    ({ type, entityId }) => type === 'CUSTOMER_COMMUNICATION_PREFERENCES_UPDATED' && entityId === customerId,
  ).length
const consent = (customerId: number) => app.read(({ db }) => listConsent(db, customerId))
const wants = async (customerId: number, category: string): Promise<boolean> => {
  const { body } = await app.get(path(customerId))
  const { channels } = body.find((each: any) => each.messageCategory === category)
  return channels.find((each: any) => each.communicationChannel === 'EMAIL').active
}

test('all or nothing, one event and one line of proof per change, nothing for a repetition', async () => {
  const customerId = await addCustomer(app)
  const both = await app.put(path(customerId), [email('NEWSLETTER', true), email('CONTRACT', false)])
  assert.deepEqual(
    [both.status, both.body.errorCode, both.body.reference],
    [400, 'errormessage.communication.notOverridable', '[1].channels[0].active'],
  )
  assert.equal(await wants(customerId, 'NEWSLETTER'), false)
  assert.equal(await countUpdates(customerId), 0)
  const first = await app.put(path(customerId), [email('NEWSLETTER', true)])
  assert.equal(first.status, 200)
  assert.deepEqual(first.body, (await app.get(path(customerId))).body)
  assert.equal(await wants(customerId, 'NEWSLETTER'), true)
  assert.equal((await app.put(path(customerId), [email('NEWSLETTER', true)])).status, 200)
  assert.equal(await countUpdates(customerId), 1)
  const [line, ...more] = await consent(customerId)
  assert.deepEqual(more, [])
  assert.deepEqual(
    [line?.category, line?.channel, line?.before, line?.after, line?.integrationId],
    ['NEWSLETTER', 'EMAIL', false, true, app.berlin.integrationId],
  )
  const wrong = await app.put(path(customerId), {})
  assert.deepEqual([wrong.status, wrong.body.errorCode], [400, 'errormessage.validation.type'])
  assert.equal((await app.put(path(customerId), [])).status, 200)
  assert.equal(await countUpdates(customerId), 1)
})

test('a new studio offers four channels; contract messages stay on, advertising is off', async () => {
  const { body } = await app.get(path(await addCustomer(app)))
  assert.deepEqual(
    body.map(({ messageCategory }: any) => messageCategory),
    ['CONTRACT', 'GENERAL', 'APPOINTMENT', 'NEWSLETTER', 'LOYALTY_PROGRAM'],
  )
  assert.deepEqual(body[0].channels, [
    { communicationChannel: 'LETTER', customerOverridable: false, active: true },
    { communicationChannel: 'EMAIL', customerOverridable: false, active: true },
    { communicationChannel: 'TEXT_MESSAGE', customerOverridable: true, active: false },
    { communicationChannel: 'PHONE', customerOverridable: true, active: false },
  ])
  assert.ok(body[3].channels.every(({ active }: any) => !active))
})

test('what cannot be chosen, or is chosen twice, is refused by its position', async () => {
  const customerId = await addCustomer(app)
  const refused = async (...wishes: object[]) => {
    const { status, body } = await app.put(path(customerId), wishes)
    return [status, body.errorCode, body.reference]
  }
  assert.deepEqual(await refused(email('GENERAL', true), { channels: [] }), [
    ...[400, 'errormessage.validation.required', '[1].messageCategory'],
  ])
  assert.deepEqual(await refused(email('GENERAL', true), email('GENERAL', false)), [
    ...[400, 'errormessage.validation.uniqueItems', '[1].messageCategory'],
  ])
  const fax = { messageCategory: 'GENERAL', channels: [{ communicationChannel: 'FAX', active: true }] }
  assert.deepEqual(await refused(fax), [
    ...[400, 'errormessage.communication.channelNotAvailable', '[0].channels[0].communicationChannel'],
  ])
  assert.deepEqual(await consent(customerId), [])
  const foreign = await addCustomer(app, {}, { studio: app.hamburg })
  assert.equal((await app.put(path(foreign), [])).status, 404)
  assert.equal((await app.get(path(foreign))).status, 404)
})

test('staff set what a studio offers, and store the choice of a customer; a choice counts where there is one', async () => {
  const { studioId } = app.hamburg
  const customerId = await addCustomer(app, {}, { studio: app.hamburg })
  const newsletter = { category: 'NEWSLETTER', channel: 'EMAIL' } as const
  const may = () => app.read(({ db }) => mayContact(db, { customerId, studioId }, newsletter))
  const offer = (rest: { available: boolean; defaultActive: boolean; customerOverridable: boolean }) =>
    app.write((work) => configureChannel(work, studioId, { ...newsletter, ...rest }))
  assert.equal(await may(), false)
  await app.write((work) => setPreferences(work, customerId, [email('NEWSLETTER', true) as never]))
  assert.equal(await may(), true)
  await offer({ available: true, defaultActive: false, customerOverridable: false })
  assert.equal(await may(), false)
  await offer({ available: false, defaultActive: true, customerOverridable: true })
  assert.equal(await may(), false)
  const { body } = await app.get(path(customerId), { as: app.hamburg })
  assert.ok(!JSON.stringify(body[3]).includes('EMAIL'))
  await offer({ available: true, defaultActive: false, customerOverridable: true })
  assert.equal(await may(), true)
})
