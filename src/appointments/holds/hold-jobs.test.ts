import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { runRoutine } from '../../../test/support/routines.ts'
import { insertTrainer } from '../../../test/support/scenes/appointment-world.ts'
import { holdScene } from '../../../test/support/scenes/hold-scene.ts'
import { resourceAllocations } from '../../resources/tables.ts'
import { bookings } from '../../bookings/tables.ts'
import { holdRetention } from './hold-jobs.ts'
import { appointments } from '../tables.ts'

const stored = (app: TestApp) =>
  app.read(async ({ db }) => ({
    holds: await db.$count(bookings),
    appointments: await db.$count(appointments),
    blocks: await db.$count(resourceAllocations),
  }))

test('a hold that nobody used is forgotten after 30 days, with its appointment; one that a customer booked stays', async () => {
  await using app = await openTestApp()
  const scene = holdScene(app)
  const { classSlotId } = await scene.arrangeClass({}, {}, { start: '2026-08-20T18:00+02:00' })
  const { resourceId } = await app.write((work) => insertTrainer(work, app.berlin))
  const lines = [{ kind: 'EMPLOYEE' as const, pool: [resourceId] }]
  const alone = await scene.arrangeBookable({}, { lines })
  const group = await scene.arrangeBookable({}, { maxParticipants: 3 })
  const start = '2026-08-20T10:00:00+02:00'
  await scene.mustHoldSeat(classSlotId)
  const inTime = await scene.mustHoldTime({ bookableId: alone.bookableId, start })
  await scene.mustHoldTime({ bookableId: group.bookableId, start })
  const used = await scene.mustHoldTime({ bookableId: group.bookableId, start })
  const customerId = await scene.prospect()
  assert.equal((await scene.useTime(used, { bookableId: group.bookableId, start, customerId })).status, 200)
  assert.deepEqual(await stored(app), { holds: 4, appointments: 2, blocks: 1 })
  await app.travelTo('2026-07-15T09:10:00+02:00')
  await runRoutine(app.platform, holdRetention)
  assert.deepEqual(await stored(app), { holds: 4, appointments: 2, blocks: 1 })
  assert.equal(await scene.fetchHoldStatus(inTime), 'EXPIRED')
  await app.travelTo('2026-07-15T09:10:01+02:00')
  assert.equal(await runRoutine(app.platform, holdRetention), 3)
  assert.deepEqual(await stored(app), { holds: 1, appointments: 1, blocks: 0 })
  assert.equal((await scene.readHold(inTime)).status, 404)
  assert.equal((await app.get(`/v1/appointments/booking/${used}`)).body.appointmentStatus, 'PLANNED')
})
