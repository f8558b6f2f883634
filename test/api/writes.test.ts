import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Operation } from '../../src/platform/operation.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { boundOperations, type Named, partsOf, pathOf, withBookings } from '../support/calls.ts'
import { insertFullStudio, memberId, slotId } from '../support/full-studio.ts'
import { auditOf, eventsOf } from '../support/records.ts'
import { rowHashes } from '../support/row-hashes.ts'

/** Posts that only ask. */
const asking = [
  ...['searchCustomers', 'searchCrossStudioCustomers', 'validateClassSlot', 'validateForAppointmentBooking'],
  ...['validateClassSlotForTrialOffers', 'validateForAppointmentBookingForTrialOffers'],
  ...['validateForLeadCreation', 'validateForLeadCustomerCreation'],
]

interface Trace {
  readonly actions: readonly string[]
  readonly events: readonly string[]
}

/** What each write leaves behind: a line of the audit log for each thing that changed, and the events of the catalogue. */
const traces: Readonly<Record<string, Trace>> = {
  confirmActivation: { actions: ['activation.confirmed'], events: [] },
  updateStudioTags: { actions: ['studio.tagged'], events: [] },
  createCustomer: { actions: ['customer.created'], events: ['CUSTOMER_CREATED'] },
  redeemCheckinVoucher: {
    actions: ['customer.created', 'pass.granted', 'accessMedium.created', 'checkinVoucher.redeemed'],
    events: ['CUSTOMER_CREATED', 'ONLINE_OFFER_PURCHASED', 'CUSTOMER_ACCESS_MEDIUM_CREATED'],
  },
  useBenefit: { actions: ['benefit.used'], events: [] },
  checkInCustomer: { actions: ['visit.begun'], events: ['CUSTOMER_CHECKIN'] },
  checkOutCustomer: { actions: ['visit.ended'], events: ['CUSTOMER_CHECKOUT'] },
  activateDevice: { actions: ['device.activated'], events: [] },
  setAdditionalInformationFieldAssignments: {
    actions: ['customer.informationUpdated'],
    events: ['CUSTOMER_UPDATED'],
  },
  switchStudio: { actions: ['customer.studioSwitched'], events: ['CUSTOMER_HOME_STUDIO_UPDATED'] },
  createCustomerContactDataAmendment: {
    actions: ['amendment.applied', 'customer.dataChanged'],
    events: ['CUSTOMER_UPDATED'],
  },
  createCustomerAddressDataAmendment: { actions: ['amendment.requested'], events: [] },
  createCustomerMasterDataAmendment: { actions: ['amendment.requested'], events: [] },
  withdrawAmendment: { actions: ['amendment.withdrawn'], events: [] },
  createCommunicationInNewCommunicationThread: { actions: ['communication.recorded'], events: [] },
  createCommunicationInExistingCommunicationThread: { actions: ['communication.recorded'], events: [] },
  updateCommunicationPreferences: {
    actions: ['customer.preferencesChanged'],
    events: ['CUSTOMER_COMMUNICATION_PREFERENCES_UPDATED'],
  },
  bookClassSlot: { actions: ['booking.created'], events: ['CLASS_BOOKING_CREATED'] },
  cancelClassSlotById: { actions: ['booking.canceled'], events: ['CLASS_BOOKING_CANCELLED'] },
  bookAppointmentBooking: { actions: ['booking.created'], events: ['APPOINTMENT_BOOKING_CREATED'] },
  deleteAppointmentBooking: {
    actions: ['booking.canceled', 'appointment.canceled'],
    events: ['APPOINTMENT_BOOKING_CANCELLED'],
  },
  createLead: { actions: ['customer.created', 'lead.created'], events: ['CUSTOMER_CREATED'] },
  createLeadCustomer: { actions: ['customer.created', 'lead.created'], events: ['CUSTOMER_CREATED'] },
  bookClassSlotForTrialOffers: { actions: ['booking.created'], events: [] },
  bookAppointmentForTrialOffer: { actions: ['booking.created'], events: [] },
  confirmTrialOfferBooking: { actions: ['booking.confirmed'], events: ['APPOINTMENT_BOOKING_CREATED'] },
}

const isWrite = ({ method, operationId }: Operation) => method !== 'GET' && !asking.includes(operationId)

/** Books for somebody who has no booking yet. */
const freshFor = ({ operationId }: Operation, named: Named): Named =>
  operationId.startsWith('book')
    ? {
        ...named,
        customerId: memberId(named, 1),
        classSlotId: slotId(named, 2),
        appointmentStart: '2026-06-19T08:00:00Z',
      }
    : named

async function openFull() {
  const app = await openTestApp()
  const contents = await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000 })
  return { app, named: await withBookings(app, contents, app.berlin) }
}

async function recordsOf(app: TestApp, work: () => Promise<void>) {
  const [lines, events] = [(await auditOf(app)).length, (await eventsOf(app)).length]
  await work()
  return { lines: (await auditOf(app)).slice(lines), events: (await eventsOf(app)).slice(events) }
}

test('every write leaves audit lines with who, when and from where, and the events that the catalogue promises', async () => {
  const { app, named } = await openFull()
  await using _ = app
  const writes = boundOperations(app).filter(isWrite)
  assert.deepEqual(writes.map(({ operationId }) => operationId).sort(), Object.keys(traces).sort())
  for (const [n, operation] of writes.entries()) {
    const traceId = `${n + 1}`.padStart(32, 'a')
    const parts = partsOf(operation, freshFor(operation, named))
    const { lines, events } = await recordsOf(app, async () => {
      const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
      const answer = await app.call(operation.method, pathOf(operation, parts), {
        headers,
        ...('body' in parts ? { body: parts.body } : {}),
      })
      assert.equal(answer.status, 200, `${operation.operationId}: ${answer.text}`)
    })
    const { actions = [], events: told } = traces[operation.operationId] ?? {}
    assert.deepEqual(
      lines.map(({ action, actorKind, ip, traceId: trace }) => ({ action, actorKind, ip, trace })),
      actions.map((action) => ({ action, actorKind: 'API_KEY', ip: '127.0.0.1', trace: traceId })),
      operation.operationId,
    )
    assert.equal(lines[0]?.at.toString(), '2026-06-15T07:00:00Z')
    assert.deepEqual(
      events.map(({ type }) => type),
      told,
      operation.operationId,
    )
    for (const event of events) {
      assert.deepEqual([event.audienceStudioIds, event.traceId], [[app.berlin.studioId], traceId])
      assert.ok(event.customerId, 'partners who may not see the person must not be told')
    }
  }
})

test('what only asks leaves nothing behind', async () => {
  const { app, named } = await openFull()
  await using _ = app
  const untouched = await rowHashes(app.url)
  for (const operation of boundOperations(app).filter((each) => !isWrite(each))) {
    const parts = partsOf(operation, named)
    const answer = await app.call(operation.method, pathOf(operation, parts), { body: parts.body })
    assert.equal(answer.status, 200, `${operation.operationId}: ${answer.text}`)
  }
  assert.deepEqual(await rowHashes(app.url), untouched)
})
