import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { eraseCustomer } from '../../src/privacy/index.ts'
import type { Operation } from '../../src/platform/api/operation.ts'
import { openTestApp, type TestAnswer, type TestApp } from '../support/app.ts'
import { boundOperations, makeContent, type Named, makeParts, makePath, withBookings } from '../support/calls/calls.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { insertFullStudio, memberId } from '../support/full/full-studio.ts'
import { secondProspect } from '../support/full/full-trials.ts'
import { asSuperuser } from '../support/row-hashes.ts'

let app: TestApp
let named: Named
before(async () => {
  app = await openTestApp()
  named = await withBookings(app, await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000 }), app.berlin)
})
after(() => app.close())

/** Writes about the studio. */
const ABOUT_STUDIO = [
  ...['activateDevice', 'confirmActivation', 'createExport', 'updateStudioTags'],
  ...['createClassCalendarFeed', 'createInstructorCalendarFeed', 'revokeCalendarFeed'],
  ...['holdAppointment', 'holdClassSlot', 'releaseHold', 'confirmTransfer'],
]

/** Whose people are named by the answer alone. */
const OF_NEWCOMERS = ['createCustomer', 'signupMembership', 'createLead', 'createLeadCustomer', 'redeemCheckinVoucher']

const isWrite = ({ method, operationId }: Operation) =>
  method !== 'GET' && !/^(?:validate|search)|Preview$/.test(operationId)

/** The first member has booked already what there is to book: another one books, at a time that is free. */
function makeCall(operation: Operation) {
  const books = /^book(?!.*Trial|CustomerPayment)/.test(operation.operationId)
  return makeParts(
    operation,
    books ? { ...named, customerId: memberId(named, 1), appointmentStart: '2026-06-19T08:00:00Z' } : named,
  )
}

function sendWithKey(operation: Operation, key: string): Promise<TestAnswer> {
  const parts = makeCall(operation)
  const { headers, ...content } = makeContent(parts)
  return app.sendRaw(operation.method, makePath(operation, parts), {
    ...content,
    headers: { ...headers, 'idempotency-key': key },
  })
}

/** Operation → whom its stored answer is about. */
async function whomAnswersAreAbout(key: string): Promise<Map<string, number | null>> {
  const { rows } = await asSuperuser(app.url, (client) =>
    client.query<{ operation: string; customerId: number | null }>(
      `select operation, customer_id::int as "customerId" from idempotency_records where idem_key = $1`,
      [key],
    ),
  )
  return new Map(rows.map(({ operation, customerId }) => [operation, customerId]))
}

/** The customer whom a call names, itself, by a booking or by a contract; undefined for a new person. */
function whoIsNamed(operation: Operation): number | undefined {
  const { params, body } = makeCall(operation)
  const given = { ...(body as object | undefined), ...params } as Record<string, number | undefined>
  if (given['contractId'] !== undefined && given['customerId'] === undefined) return named.customerId
  if (operation.operationId === 'updateDebtCollection') return named.debtorCustomerId
  if (given['bookingId'] === named.trialBookingId) return secondProspect(named)
  return given['customerId'] ?? (given['bookingId'] === undefined ? undefined : named.customerId)
}

test('every write remembers whom its answer is about, even when it finds nothing left to do', async () => {
  const writes = boundOperations(app).filter(isWrite)
  for (const operation of writes) for (const key of ['first', 'again']) await sendWithKey(operation, key)
  const [first, again] = [await whomAnswersAreAbout('first'), await whomAnswersAreAbout('again')]
  for (const operation of writes) {
    const { operationId } = operation
    const customerId = first.get(operationId)
    if (ABOUT_STUDIO.includes(operationId)) assert.equal(customerId, null, operationId)
    else if (OF_NEWCOMERS.includes(operationId)) assert.ok(customerId, operationId)
    else assert.equal(customerId, whoIsNamed(operation), operationId)
    if (again.has(operationId)) assert.equal(again.get(operationId), customerId, `${operationId} again`)
  }
  assert.ok(again.has('redeemCheckinVoucher') && again.has('cancelClassSlotById'), 'some find nothing left to do')
})

test('an answer with a secret is returned again to a repeat, and is stored so that nobody reads it', async () => {
  const makers = boundOperations(app).filter(({ operationId }) =>
    ['activateDevice', 'createClassCalendarFeed'].includes(operationId),
  )
  assert.equal(makers.length, 2)
  for (const operation of makers) {
    const [original, again] = [await sendWithKey(operation, 'secret'), await sendWithKey(operation, 'secret')]
    assert.deepEqual([original.status, again.text, again.headers['idempotency-replayed']], [200, original.text, 'true'])
    const { rows } = await asSuperuser(app.url, (client) =>
      client.query<{ stored: string }>(
        `select convert_from(body, 'utf8') as stored from idempotency_records where operation = $1`,
        [operation.operationId],
      ),
    )
    assert.ok(rows.length > 0 && rows.every(({ stored }) => !stored.includes('{')), operation.operationId)
  }
})

test('erasing a person forgets the answers about this person and those about nobody else', async () => {
  const [leaver, stayer] = [await addCustomer(app), await addCustomer(app)]
  const said = {
    subject: 'Sauna',
    content: 'Too hot',
    communicationDirection: 'INCOMING',
    communicationChannel: 'EMAIL',
  }
  const body = { ...said, communicationThreadStatus: 'ONGOING' }
  const say = (customerId: number, key: string) =>
    app.post(`/v1/communications/${customerId}/threads`, body, { headers: { 'idempotency-key': key } })
  assert.equal((await say(leaver, 'leaver')).status, 200)
  const original = await say(stayer, 'stayer')
  await app.write((work) => eraseCustomer(work, leaver))
  assert.deepEqual([...(await whomAnswersAreAbout('leaver')).values()], [])
  assert.equal((await say(leaver, 'leaver')).status, 404)
  const again = await say(stayer, 'stayer')
  assert.deepEqual([again.status, again.text, again.headers['idempotency-replayed']], [200, original.text, 'true'])
})

test('the same number of another tenant keeps its answers', async () => {
  const customerId = await addCustomer(app, {}, { id: 77_001 })
  const record = (tenantId: number) =>
    asSuperuser(app.url, (client) =>
      client.query(
        `insert into idempotency_records
           (tenant_id, caller, operation, idem_key, fingerprint, status, headers, customer_id, created_at, expires_at)
         values ($1, 1, 'switchStudio', 'both', '\\x00', 200, '{}', $2, '2026-06-15Z', '2026-06-16Z')`,
        [tenantId, customerId],
      ),
    )
  for (const { tenantId } of [app.berlin, app.stranger]) await record(tenantId)
  await app.write((work) => eraseCustomer(work, customerId))
  const { rows } = await asSuperuser(app.url, (client) =>
    client.query(`select tenant_id::int as tenant from idempotency_records where idem_key = 'both'`),
  )
  assert.deepEqual(rows, [{ tenant: app.stranger.tenantId }])
})
