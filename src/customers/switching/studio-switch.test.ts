import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { insertContract, insertEntitlement, insertService } from '../../../test/support/scenes/booking-world.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { insertStudio } from '../../../test/support/scenes/world.ts'
import { contracts } from '../../contracts/tables.ts'
import { entitlements } from '../../entitlements/tables.ts'
import { studios } from '../../studios/tables.ts'
import { activations, integrations } from '../../integrations/tables.ts'
import { allowSharing, withdrawSharing } from './sharing.ts'
import { switchStudio } from './studio-switch.ts'
import { customerStudioHistory } from '../tables.ts'

const SCALE = 13
const [GRAZ, ZURICH] = [128, 127]
let app: TestApp

before(async () => {
  app = await openTestApp({ now: '2026-05-31T12:00:00+02:00' })
  await app.write(async ({ tx, now }) => {
    const stamps = { createdAt: now, updatedAt: now }
    const plain = { timeZone: 'Europe/Vienna', languageTag: 'de', status: 'ACTIVE' as const, ...stamps }
    await tx.insert(studios).values([
      { id: GRAZ, number: GRAZ, name: 'Graz', currency: 'EUR', countryCode: 'DE', ...plain },
      { id: ZURICH, number: ZURICH, name: 'Zürich', currency: 'CHF', countryCode: 'CH', ...plain },
    ])
    await tx
      .insert(integrations)
      .values({ id: SCALE, name: 'Scale', requestedScopes: [], webhookAccess: true, ...stamps })
    const { studioId } = app.berlin
    await tx.insert(activations).values({ integrationId: SCALE, studioId, status: 'ACTIVE', scopes: [], ...stamps })
  })
})
after(() => app.close())

const move = (customerId: number, changes: object = {}, as = app.berlin) => {
  const body = { targetStudioId: app.hamburg.studioId, switchDate: '2026-05-01', ...changes }
  return app.post(`/v1/customers/${customerId}/switch-studio`, body, { as })
}
const findRefusal = async (customerId: number, changes: object = {}) => {
  const { status, body } = await move(customerId, changes)
  return [status, body?.errorCode]
}
const isFound = async (customerId: number, as = app.berlin) =>
  (await app.get(`/v1/customers/${customerId}`, { as })).status === 200
const listHistory = (customerId: number) =>
  app.read(({ db }) => db.select().from(customerStudioHistory).where(eq(customerStudioHistory.customerId, customerId)))
const eventsAfter = async (known: number) =>
  (await listEvents(app)).slice(known).map(({ type, audienceStudioIds, onlyIntegrationId, content }) => ({
    type,
    audienceStudioIds,
    onlyIntegrationId,
    content,
  }))

test('a customer who moves is found in the new studio only, and both receive the event', async () => {
  const customerId = await addCustomer(app)
  const { customerNumber } = (await app.get(`/v1/customers/${customerId}`)).body
  const known = (await listEvents(app)).length
  const answer = await move(customerId, { description: 'Moved house' })
  assert.deepEqual([answer.status, answer.text], [200, ''])
  assert.deepEqual([await isFound(customerId), await isFound(customerId, app.hamburg)], [false, true])
  const { body } = await app.get(`/v1/customers/${customerId}`, { as: app.hamburg })
  assert.deepEqual([body.studioId, body.customerNumber], [app.hamburg.studioId, customerNumber])
  const [entry, ...others] = await listHistory(customerId)
  assert.deepEqual(
    [entry?.fromStudio, entry?.toStudio, String(entry?.switchDate), entry?.description, others.length],
    [123, 124, '2026-05-01', 'Moved house', 0],
  )
  const audited = (await listAudit(app)).filter(({ action }) => action === 'customer.studioSwitched')
  assert.deepEqual(audited.at(-1)?.diff, { studioId: [123, 124], switchDate: [null, '2026-05-01'] })
  assert.deepEqual(await eventsAfter(known), [
    {
      type: 'CUSTOMER_HOME_STUDIO_UPDATED',
      audienceStudioIds: [123, 124],
      onlyIntegrationId: null,
      content: { sourceStudioId: 123, targetStudioId: 124 },
    },
    { type: 'CUSTOMER_ACCESS_DISABLED', audienceStudioIds: [123], onlyIntegrationId: SCALE, content: null },
  ])
})

test('the target need not have the integration, which then loses sight of the customer', async () => {
  const customerId = await addCustomer(app)
  const known = (await listEvents(app)).length
  assert.equal((await move(customerId, { targetStudioId: GRAZ })).status, 200)
  const disabled = (await eventsAfter(known)).filter(({ type }) => type === 'CUSTOMER_ACCESS_DISABLED')
  assert.deepEqual(
    disabled.map(({ onlyIntegrationId }) => onlyIntegrationId),
    [app.berlin.integrationId, SCALE],
  )
  assert.equal((await app.get(`/v1/cross-studio/customers/${customerId}`)).status, 404)
})

test('the same call within a day is answered like the first one and changes nothing', async () => {
  const customerId = await addCustomer(app)
  await move(customerId)
  const known = (await listEvents(app)).length
  assert.equal((await move(customerId)).status, 200)
  assert.deepEqual(await findRefusal(customerId, { switchDate: '2026-05-02' }), [404, 'errormessage.customer.notFound'])
  assert.equal((await move(customerId, {}, app.stranger)).status, 404)
  assert.deepEqual(await eventsAfter(known), [])
  await app.travelTo('2026-06-01T11:59:59.999+02:00')
  assert.equal((await move(customerId)).status, 200)
  await app.travelTo('2026-06-01T12:00:00+02:00')
  assert.equal((await move(customerId)).status, 404)
  assert.equal((await listHistory(customerId)).length, 1)
})

test('what cannot be done is refused in order, and nothing is changed', async () => {
  const customerId = await addCustomer(app)
  const key = (name: string) => `errormessage.studioSwitch.${name}`
  assert.deepEqual(await findRefusal(customerId, { targetStudioId: 123 }), [400, key('sameStudio')])
  assert.deepEqual(await findRefusal(customerId, { targetStudioId: 223 }), [404, key('targetNotFound')])
  assert.deepEqual(await findRefusal(customerId, { switchDate: '2027-01-01' }), [400, key('dateInFuture')])
  assert.deepEqual(await findRefusal(customerId, { targetStudioId: ZURICH }), [400, key('currencyDiffers')])
  assert.deepEqual([await isFound(customerId), (await listHistory(customerId)).length], [true, 0])
  await move(customerId)
  const back = { targetStudioId: 123, switchDate: '2026-05-01' }
  const { body } = await move(customerId, back, app.hamburg)
  assert.deepEqual([body.errorCode, body.reference], [key('beforePreviousSwitch'), 'switchDate'])
  assert.equal((await move(customerId, { ...back, switchDate: '2026-05-02' }, app.hamburg)).status, 200)
  assert.equal(await isFound(customerId), true)
})

test('contracts in effect from then on move with what they entitle to; what has ended stays', async () => {
  const { customerId, ids } = await app.write(async (work) => {
    const customerId = await addCustomer(app)
    const plan = async (changes: { from: string; lastDay: string }) =>
      (await insertContract(work, app.berlin, { customerId, ...changes })).contractId
    const running = await plan({ from: '2026-01-01', lastDay: '2026-12-31' })
    const ended = await plan({ from: '2025-01-01', lastDay: '2026-04-30' })
    const serviceId = await insertService(work)
    await insertEntitlement(work, app.berlin, { customerId, serviceId, contractId: running, source: 'RATE' })
    return { customerId, ids: [running, ended] }
  })
  assert.equal((await move(customerId)).status, 200)
  const rows = await app.read(({ db }) => db.select().from(contracts).where(eq(contracts.customerId, customerId)))
  assert.deepEqual(
    ids.map((id) => rows.find((row) => row.id === id)?.studioId),
    [124, 123],
  )
  const rights = await app.read(({ db }) =>
    db.select().from(entitlements).where(eq(entitlements.customerId, customerId)),
  )
  assert.deepEqual(
    rights.map(({ homeStudioId }) => homeStudioId),
    [124],
  )
})

test('staff move customers of any studio', async () => {
  const customerId = await addCustomer(app, {}, { studio: app.hamburg })
  const request = { customerId, targetStudioId: 123, switchDate: Temporal.PlainDate.from('2026-05-01') }
  await app.write((work) => switchStudio(work, request))
  assert.equal(await isFound(customerId), true)
  assert.equal((await listHistory(customerId))[0]?.actor, 'CLI')
  await assert.rejects(
    app.write((work) => switchStudio(work, { ...request, customerId: 1 })),
    { status: 404 },
  )
})

test('an integration without a share of the data receives that event last, and sees the customer no more', async () => {
  const customerId = await addCustomer(app)
  const { integrationId } = app.berlin
  const known = (await listEvents(app)).length
  const withdraw = () => app.write((work) => withdrawSharing(work, customerId, integrationId, 'asked for it'))
  await withdraw()
  await withdraw()
  assert.deepEqual(await eventsAfter(known), [
    { type: 'CUSTOMER_ACCESS_DISABLED', audienceStudioIds: [123], onlyIntegrationId: integrationId, content: null },
  ])
  assert.equal(await isFound(customerId), false)
  assert.equal((await move(customerId)).status, 404)
  const lines = (await listAudit(app)).filter(({ action }) => action.startsWith('customer.sharing'))
  assert.deepEqual(
    lines.map(({ diff }) => diff),
    [{ blockedIntegrationId: [null, integrationId] }],
  )
  await app.write((work) => allowSharing(work, customerId, integrationId))
  assert.equal(await isFound(customerId), true)
})

test('an integration that never saw the customer receives nothing', async () => {
  const customerId = await addCustomer(app, {}, { studio: app.hamburg })
  const known = (await listEvents(app)).length
  await app.write((work) => withdrawSharing(work, customerId, SCALE))
  assert.deepEqual(await eventsAfter(known), [])
  await assert.rejects(
    app.write((work) => withdrawSharing(work, customerId, 1)),
    { code: 'errormessage.integration.notFound' },
  )
})

test('a blocked integration receives nothing of a switch', async () => {
  const customerId = await addCustomer(app)
  await app.write((work) => withdrawSharing(work, customerId, SCALE))
  const known = (await listEvents(app)).length
  await move(customerId)
  assert.deepEqual(
    (await eventsAfter(known)).map(({ type }) => type),
    ['CUSTOMER_HOME_STUDIO_UPDATED'],
  )
})

test('a studio that opens elsewhere takes customers as well', async () => {
  const zone = 'Pacific/Auckland'
  const { tenantId, integrationId } = app.berlin
  const open = {
    tenantId,
    integrationId,
    studioId: 140,
    name: 'Far',
    zone,
    at: Temporal.Instant.from('2026-05-01T00:00Z'),
  }
  const far = await app.platform.database.transaction(tenantId, (tx) => insertStudio(app.platform, tx, open))
  const customerId = await addCustomer(app)
  assert.equal((await move(customerId, { targetStudioId: far.studioId })).status, 200)
  const { body } = await app.get(`/v1/customers/${customerId}`, { as: far })
  assert.match(body.createdDateTime, /\[Pacific\/Auckland\]$/)
})
