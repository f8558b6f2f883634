import { holdAppointment, toInquiry, readTime } from '../appointments/index.ts'
import { findHold, rowsOfService } from '../bookings/index.ts'
import { holdSeat } from '../classes/index.ts'
import type { Operations } from '../platform/http/operations.ts'
import * as api from './hold-api.ts'
import { toHolder, openHold, releaseHold, showHold } from './holds.ts'
import { findConfigIdOfBookable, findConfigIdOfSlot } from './trial-store.ts'

export function holdRoutes({ read, write }: Operations) {
  write(
    api.holdClassSlot,
    async (work, { body: { classSlotId } }) => {
      const trial = { configId: await findConfigIdOfSlot(work.db, classSlotId) }
      return showHold(work, await holdSeat(work, { ...toHolder(work.caller), classSlotId, trial }))
    },
    { rows: ({ body }) => [`slot ${body.classSlotId}`] },
  )
  write(
    api.holdAppointment,
    async (work, { body }) => {
      const time = readTime(body)
      const trial = { configId: await findConfigIdOfBookable(work.db, time.bookableId) }
      const wish = { ...toInquiry(work.caller), ...time, audience: 'TRIALS', trial, customerId: null } as const
      return showHold(work, await holdAppointment(work, wish, toHolder(work.caller)))
    },
    { rows: ({ body }) => [`bookable ${body.bookableAppointmentId}`] },
  )
  read(api.getHold, (view, { params: { holdId } }) => showHold(view, holdId))
  write(
    api.releaseHold,
    async (work, { params: { holdId } }) => {
      await releaseHold(work, { ...toHolder(work.caller), holdId })
      return showHold(work, holdId)
    },
    {
      rows: ({ params }, { read }) =>
        read(async ({ db, caller }) => {
          const hold = await findHold(db, { ...toHolder(caller), ...params })
          return hold ? rowsOfService(hold) : []
        }),
      lock: (work, { params }) => openHold(work, { ...toHolder(work.caller), ...params }),
    },
  )
}
