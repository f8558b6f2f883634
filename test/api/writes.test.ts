import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Operation } from '../../src/platform/api/operation.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { boundOperations, makeContent, type Named, makeParts, makePath, withBookings } from '../support/calls/calls.ts'
import { insertFullStudio, memberId, slotId } from '../support/full/full-studio.ts'
import { listAudit, listEvents } from '../support/records.ts'
import { rowHashes } from '../support/row-hashes.ts'
import { traces } from '../support/traces.ts'

/** Posts that only ask. */
const asking = [
  ...[
    'searchCustomers',
    'searchCrossStudioCustomers',
    'searchCrossStudioCustomersByPaymentDetails',
    'validateClassSlot',
    'validateForAppointmentBooking',
  ],
  ...['validateClassSlotForTrialOffers', 'validateForAppointmentBookingForTrialOffers'],
  ...['validateForLeadCreation', 'validateForLeadCustomerCreation', 'postSignupPreview', 'postMembershipPreview'],
  ...['validateIdlePeriodRequest', 'getIdlePeriodUpdatePreview'],
  'validateAdditionalModuleContractRequest',
  'postMembershipSwitchPreview',
]

/** Stores the archive that it answers with, so that the employee who hands out a person's data is on record. */
const keeping = 'getCustomerDataExport'

const isWrite = ({ method, operationId }: Operation) =>
  operationId === keeping || (method !== 'GET' && !asking.includes(operationId))

/** Books for a customer who has no booking yet. */
const freshFor = ({ operationId }: Operation, named: Named): Named =>
  operationId.startsWith('book') && operationId !== 'bookCustomerPayment'
    ? {
        ...named,
        customerId: memberId(named, 1),
        classSlotId: slotId(named, 2),
        appointmentStart: '2026-06-19T08:00:00Z',
      }
    : named

/** A customer who moves is news in both studios. */
const findAudience = ({ berlin, hamburg }: TestApp, { operationId }: Operation) =>
  (operationId === 'switchStudio' ? [berlin, hamburg] : [berlin]).map(({ studioId }) => studioId)

async function openFull() {
  const app = await openTestApp()
  const contents = await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000 })
  return { app, named: await withBookings(app, contents, app.berlin) }
}

async function collectRecords(app: TestApp, work: () => Promise<void>) {
  const [lines, events] = [(await listAudit(app)).length, (await listEvents(app)).length]
  await work()
  return { lines: (await listAudit(app)).slice(lines), events: (await listEvents(app)).slice(events) }
}

test('every write leaves audit lines with who, when and from where, and the events that the catalogue promises', async () => {
  const { app, named } = await openFull()
  await using _ = app
  const writes = boundOperations(app).filter(isWrite)
  assert.deepEqual(writes.map(({ operationId }) => operationId).sort(), Object.keys(traces).sort())
  for (const [n, operation] of writes.entries()) {
    const traceId = `${n + 1}`.padStart(32, 'a')
    const parts = makeParts(operation, freshFor(operation, named))
    const { lines, events } = await collectRecords(app, async () => {
      const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
      const content = makeContent(parts)
      const request = { ...content, headers: { ...content.headers, ...headers } }
      const answer = await app.sendRaw(operation.method, makePath(operation, parts), request)
      assert.equal(answer.status, 200, `${operation.operationId}: ${answer.text}`)
    })
    const { actions = [], events: expected } = traces[operation.operationId] ?? {}
    assert.deepEqual(
      lines.map(({ action, actorKind, ip, traceId: trace }) => ({ action, actorKind, ip, trace })),
      actions.map((action) => ({ action, actorKind: 'API_KEY', ip: '127.0.0.1', trace: traceId })),
      operation.operationId,
    )
    assert.equal(lines[0]?.at.toString(), '2026-06-15T07:00:00Z')
    assert.deepEqual(
      events.map(({ type }) => type),
      expected,
      operation.operationId,
    )
    assert.deepEqual(
      expected?.filter((type) => !operation.emits?.some((each) => each === type)),
      [],
      operation.operationId,
    )
    for (const event of events) {
      assert.deepEqual([event.audienceStudioIds, event.traceId], [findAudience(app, operation), traceId])
      assert.ok(event.customerId, 'partners who may not see the person must not receive it')
    }
  }
})

test('what only asks leaves nothing behind', async () => {
  const { app, named } = await openFull()
  await using _ = app
  const untouched = await rowHashes(app.url)
  for (const operation of boundOperations(app).filter((each) => !isWrite(each))) {
    const parts = makeParts(operation, named)
    const answer = await app.call(operation.method, makePath(operation, parts), { body: parts.body })
    assert.equal(answer.status, 200, `${operation.operationId}: ${answer.text}`)
  }
  assert.deepEqual(await rowHashes(app.url), untouched)
})
