import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { trialScene } from '../../test/support/scenes/trial-scene.ts'

// Monday 15 June 2026, 09:00 in Berlin. Without opening hours the studio is always open.

let app: TestApp
let scene: ReturnType<typeof trialScene>
before(async () => {
  app = await openTestApp()
  scene = trialScene(app)
})
after(() => app.close())

const headers = { 'x-booking-details': 'true' }
const ask = async (path: string, body: unknown) => (await app.post(`/v1/trial-offers/${path}`, body, { headers })).body

test('a full slot to try comes with others, their latest booking that of a trial', async () => {
  const config = { confirmationTermValue: 2, confirmationTermUnit: 'DAY' } as const
  const { classId, classSlotId } = await scene.arrangeClass(config, {}, { maxParticipants: 0 })
  const tooSoon = await scene.addSlot(classId, '2026-06-16T18:00+02:00')
  const next = await scene.addSlot(classId, '2026-06-19T18:00+02:00')
  const customerId = await scene.prospect()
  for (const action of ['validate', 'book']) {
    const answer = await ask(`classes/booking/${action}`, { customerId, classSlotId })
    assert.deepEqual(answer.details, ['BOOKING_LIMIT_REACHED'])
    assert.deepEqual(
      answer.alternatives.map(({ id }: { id: number }) => id),
      [next],
      `not ${tooSoon}`,
    )
    const [{ latestBookingDateTime }] = answer.alternatives
    assert.equal(latestBookingDateTime, '2026-06-17T18:00:00.000+02:00[Europe/Berlin]')
  }
  assert.equal(await scene.validateClass(customerId, next), 'AVAILABLE')
})

test('a prospect who has used up the trials gets that reason and no alternative', async () => {
  const { classId, classSlotId } = await scene.arrangeClass({ contingent: 1 })
  const next = await scene.addSlot(classId, '2026-06-19T18:00+02:00')
  const customerId = await scene.prospect()
  await scene.mustBookClass(customerId, classSlotId)
  const answer = await ask('classes/booking/book', { customerId, classSlotId: next })
  assert.deepEqual([answer.details, answer.alternatives], [['NO_CONTINGENT'], []])
})

test('a taken time to try comes with free ones', async () => {
  const { bookableId } = await scene.arrangeBookable({ preventMultipleTermValue: 1, preventMultipleTermUnit: 'DAY' })
  const customerId = await scene.prospect()
  await scene.mustBookAppointment({ bookableId, customerId, start: '2026-06-17T10:00:00+02:00' })
  const body = { customerId, bookableAppointmentId: bookableId, startDateTime: '2026-06-17T20:00:00+02:00' }
  for (const action of ['validate', 'book']) {
    const answer = await ask(`appointments/booking/${action}`, { ...body, endDateTime: '2026-06-17T20:45:00+02:00' })
    assert.deepEqual(answer.details, ['BOOKING_LIMIT_REACHED'])
    const times = answer.alternatives.map(({ startDateTime }: { startDateTime: string }) => startDateTime.slice(5, 16))
    assert.deepEqual(times, ['06-18T10:00', '06-18T10:15', '06-18T10:30'])
  }
})
