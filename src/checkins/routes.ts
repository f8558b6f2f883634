import { localSight, reachableSight } from '../customers/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { Printer } from '../platform/time/zoned-time.ts'
import { nonNull } from '../platform/values/defined.ts'
import * as api from './api.ts'
import { listHistory } from './history.ts'
import type { HistoryVisit } from './history-store.ts'
import { reportCheckIn, reportCheckOut } from './reported-visits.ts'
import { findUtilization } from './store.ts'

export function checkinRoutes({ read, write }: Operations) {
  read(api.getUtilization, async ({ db, caller }) => {
    const found = await findUtilization(db, caller.studio.id)
    if (!found) throw notFound('studio', caller.studio.id)
    return { ...nonNull({ capacity: found.capacity }), count: found.count }
  })
  read(api.getCustomersCheckinHistory, async (view, { params, query }) => {
    const slice = await listHistory(view, params.customerId, query, localSight(view))
    return { ...slice, result: slice.result.map((visit) => presentVisit(visit, view.print)) }
  })
  read(api.getCrossStudioCustomersCheckinHistory, async (view, { params, query }) => {
    const slice = await listHistory(view, params.customerId, query, reachableSight(view))
    return { ...slice, result: slice.result.map((visit) => presentVisit(visit, view.print)) }
  })
  write(api.checkInCustomer, async (work, { params, body }) =>
    presentVisit(await reportCheckIn(work, params.customerId, body?.checkInDateTime), work.print),
  )
  write(api.checkOutCustomer, async (work, { params, body }) =>
    presentVisit(await reportCheckOut(work, params.customerId, body?.checkOutDateTime), work.print),
  )
}

function presentVisit(visit: HistoryVisit, print: Printer): api.CustomerCheckin {
  const { visitId, checkedInAt, checkedOutAt, studioId, studioName, zone } = visit
  return {
    checkinId: visitId,
    checkInDateTime: print.plainOffset(checkedInAt, zone),
    ...nonNull({ checkOutDateTime: checkedOutAt && print.plainOffset(checkedOutAt, zone) }),
    studioId,
    studioName,
  }
}
