import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp, type TestApp } from '../support/app.ts'
import { boundOperations, type Named, makeParts, send, withBookings } from '../support/calls/calls.ts'
import { insertFullStudio, memberId, slotId } from '../support/full/full-studio.ts'

let app: TestApp
let named: Named
before(async () => {
  app = await openTestApp()
  const contents = await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000 })
  named = await withBookings(app, contents, app.berlin)
})
after(() => app.close())

test('every operation answers 200 to a call that names existing things', async () => {
  const fresh = { ...named, classSlotId: slotId(named, 2), appointmentStart: '2026-06-19T08:00:00Z' }
  for (const operation of boundOperations(app)) {
    const books = ['bookClassSlot', 'bookAppointmentBooking'].includes(operation.operationId)
    const subject = books ? { ...fresh, customerId: memberId(named, 1) } : fresh
    const answer = await send(app, operation, makeParts(operation, subject))
    assert.equal(answer.status, 200, `${operation.operationId}: ${answer.text}`)
  }
})
