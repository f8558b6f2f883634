import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { idSlice, parseOffset } from '../platform/api/slices.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import * as api from './api.ts'
import { createBookingFeed, createClassFeed, createInstructorFeed, type CreatedFeed, revokeOwnFeed } from './feeds.ts'
import { feedKind } from './feed-rules.ts'
import { type FeedRow, listFeeds } from './store.ts'

export function calendarFeedRoutes({ read, write }: Operations, deps: ModuleDeps) {
  const { secrets } = deps
  /** A caller who repeats a call gets the address again, which is therefore stored for that day, but sealed. */
  const manner = { sealsAnswer: secrets }
  const presentCreated = (view: PartnerView, { feed, token }: CreatedFeed) => ({
    ...present(view, feed),
    url: `${deps.publicUrl}/feeds/${token}.ics`,
  })
  write(
    api.createClassCalendarFeed,
    async (work, { params }) => presentCreated(work, await createClassFeed(work, params.classId, secrets)),
    manner,
  )
  write(
    api.createInstructorCalendarFeed,
    async (work, { params }) => presentCreated(work, await createInstructorFeed(work, params.employeeId, secrets)),
    manner,
  )
  write(
    api.createBookingCalendarFeed,
    async (work, { params }) => presentCreated(work, await createBookingFeed(work, params.bookingId, secrets)),
    manner,
  )
  read(api.getCalendarFeeds, async (view, { query: { offset, sliceSize } }) => {
    const page = { after: parseOffset(offset), limit: sliceSize + 1 }
    const rows = await listFeeds(view.db, view.caller.activation.id, page)
    const slice = idSlice(rows, sliceSize, offset, ({ id }) => id)
    return { ...slice, result: slice.result.map((feed) => present(view, feed)) }
  })
  write(api.revokeCalendarFeed, (work, { params: { calendarFeedId } }) => revokeOwnFeed(work, calendarFeedId))
}

function present({ print, caller }: PartnerView, feed: FeedRow): api.CalendarFeed {
  const { id, classId, employeeId, bookingId, createdAt } = feed
  return {
    id,
    kind: feedKind(feed),
    ...nonNull({ classId, employeeId, bookingId }),
    createdAt: print.dateTime(createdAt, caller.studio.zone),
  }
}
