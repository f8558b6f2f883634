import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { classScene } from '../../../test/support/scenes/class-scene.ts'
import { sqlState } from '../../platform/database/database.ts'
import { refusals } from '../../platform/database/refusals.ts'
import { nextId } from '../../platform/database/next-id.ts'
import { seatBooking } from './seating-store.ts'
import { findSlotContext } from '../slot-store.ts'
import { bookings } from '../../bookings/tables.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

interface Wish {
  readonly status: 'BOOKED' | 'WAITING_LIST'
  readonly force?: boolean
}

/** Seats a booking without any check before it, as nothing but the statement itself would let it. */
async function seat(classSlotId: number, customerId: number, { status, force = false }: Wish) {
  return app.write(async (work) => {
    const context = await findSlotContext(work.db, classSlotId, work.now)
    assert.ok(context)
    const { studioId, startAt, endAt, nextQueueNo } = context.slot
    const booking = {
      id: await nextId(work.db),
      studioId,
      customerId,
      classSlotId,
      status,
      customerExclusive: true,
      during: { from: startAt, until: endAt },
      trialOfferConfigId: null,
      confirmKind: 'NONE' as const,
      confirmDeadline: null,
      queueNo: status === 'WAITING_LIST' ? nextQueueNo : null,
      channel: 'API' as const,
    }
    await seatBooking(work.tx, { booking, use: null, force }, work.now)
  })
}

const isFull = (error: unknown) => sqlState(error) === refusals.nothingLeft
const countRows = (classSlotId: number) =>
  app.read(({ db }) => db.$count(bookings, eq(bookings.classSlotId, classSlotId)))

test('a slot never takes more than it holds, no matter who forgot to ask: the statement fails and leaves nothing', async () => {
  const scene = classScene(app)
  const { classId, classSlotId } = await scene.arrange({}, { maxParticipants: 1, maxWaiting: 1 })
  const [first = 0, second = 0, third = 0, fourth = 0] = await scene.customers(4)
  await seat(classSlotId, first, { status: 'BOOKED' })
  await assert.rejects(seat(classSlotId, second, { status: 'BOOKED' }), isFull)
  await seat(classSlotId, second, { status: 'WAITING_LIST' })
  await assert.rejects(seat(classSlotId, third, { status: 'WAITING_LIST' }), isFull)
  assert.equal(await countRows(classSlotId), 2)
  await seat(classSlotId, fourth, { status: 'BOOKED', force: true })
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [2, 0, 1])
})
