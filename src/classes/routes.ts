import { reachableSight } from '../customers/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { idSlice, parseOffset, parsePosition, positionSlice } from '../platform/api/slices.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { dateIn, parseDate } from '../platform/time/zoned-time.ts'
import * as api from './api.ts'
import {
  bookingDetails,
  type BookingListRequest,
  classSlotWindow,
  findBookingCustomer,
  readBookingList,
  rowsOfBooking,
  slotWindow,
  type TrialFacts,
} from '../bookings/index.ts'
import {
  findListedBooking,
  listBookingsOfStudio,
  listListedBookings,
  listStartingBookings,
  type ListedBooking,
} from './booking-list-store.ts'
import { answerValidation, explainRefusal } from './answer-details.ts'
import { bookClassSlot, type CreatedBooking } from './bookings/class-bookings.ts'
import { openClassBookings } from './bookings/shared-bookings.ts'
import { cancelClassBooking, openClassBooking } from './class-cancelations.ts'
import { findClass, listClasses } from './class-store.ts'
import { presentBooking, presentClass, presentSlot } from './present.ts'
import { findListedSlot, listSlots, type SlotPage } from './slot-list-store.ts'

export function classRoutes(operations: Operations, deps: ModuleDeps) {
  classReads(operations, deps)
  slotReads(operations)
  bookings(operations)
}

function today({ caller, now }: PartnerView) {
  return dateIn(now, caller.studio.zone)
}

function classReads({ read }: Operations, deps: ModuleDeps) {
  read(api.getActiveClasses, async (view, { query: { offset, sliceSize } }) => {
    const { studio } = view.caller
    const window = classSlotWindow(today(view), studio.zone)
    const page = { after: parseOffset(offset), limit: sliceSize + 1 }
    const rows = await listClasses(view.db, studio.id, window, page)
    const slice = idSlice(rows, sliceSize, offset, (row) => row.classId)
    return { ...slice, result: slice.result.map((row) => presentClass(row, deps.publicUrl)) }
  })
  read(api.getClassById, async (view, { params: { classId } }) => {
    const row = await findClass(view.db, view.caller.studio.id, classId)
    if (!row) throw notFound('class', classId)
    return presentClass(row, deps.publicUrl)
  })
}

async function listPage(view: PartnerView, page: SlotPage, sliceSize: number, trial: TrialFacts | null = null) {
  const rows = await listSlots(view.db, page, view.now)
  const slice = positionSlice(rows, sliceSize, page.skipped)
  const form = { print: view.print, zone: view.caller.studio.zone }
  return { ...slice, result: slice.result.map((slot) => presentSlot(slot, form, trial)) }
}

interface SlotListQuery {
  readonly offset: string
  readonly sliceSize: number
  readonly includeCanceled: boolean
}

/** One slice of the slots that a class shows: from yesterday through two weeks from today. */
export function listSlotsOfClass(
  view: PartnerView,
  classId: number,
  { offset, sliceSize, includeCanceled }: SlotListQuery,
  trial: TrialFacts | null = null,
) {
  const { id: studioId, zone } = view.caller.studio
  const page = { studioId, classId, includeCanceled, ...classSlotWindow(today(view), zone) }
  return listPage(view, { ...page, skipped: parsePosition(offset), limit: sliceSize + 1 }, sliceSize, trial)
}

function slotReads({ read }: Operations) {
  read(api.getClassSlotsForMultipleClasses, (view, { query }) => {
    const { id: studioId, zone } = view.caller.studio
    const firstDate = query.slotWindowStartDate ? parseDate(query.slotWindowStartDate) : undefined
    const window = slotWindow(firstDate ?? today(view), query.daysAhead, zone)
    const page = { skipped: parsePosition(query.offset), limit: query.sliceSize + 1 }
    const { includeCanceled } = query
    return listPage(view, { studioId, includeCanceled, ...window, ...page }, query.sliceSize)
  })
  read(api.getClassSlots, async (view, { params: { classId }, query }) => {
    const [found, slice] = await Promise.all([
      findClass(view.db, view.caller.studio.id, classId),
      listSlotsOfClass(view, classId, query),
    ])
    if (!found) throw notFound('class', classId)
    return slice
  })
  read(api.getClassSlotById, async ({ db, caller, now, print }, { params, query }) => {
    const { id: studioId, zone } = caller.studio
    const slot = await findListedSlot(db, { studioId, ...params, ...query }, now)
    if (!slot) throw notFound('classSlot', params.classSlotId)
    return presentSlot(slot, { print, zone })
  })
}

function bookings({ read, write }: Operations) {
  const toRequest = ({ caller }: PartnerView, body: { readonly customerId: number; readonly classSlotId: number }) => ({
    studioId: caller.studio.id,
    sight: reachableSight({ caller }),
    ...body,
  })
  read(api.validateClassSlot, (view, { body }) => answerValidation(view, toRequest(view, body)))
  write(api.bookClassSlot, async (work, { body }) => presentCreated(await bookClassSlot(work, toRequest(work, body))), {
    replaysLate: true,
    sharing: {
      row: ({ body }) => body.classSlotId,
      names: ({ body }) => [`customer ${body.customerId}`],
      open: async (view, requests) => {
        const wishes = requests.map(({ work, input }) => toRequest(work, input.body))
        const book = await openClassBookings(view, wishes)
        return async ({ work, input }) => presentCreated(await book(work, toRequest(work, input.body)))
      },
    },
    refusals: {
      wish: bookingDetails,
      explain: (view, { body }, refusal) => explainRefusal(view, toRequest(view, body), refusal),
    },
  })
  read(api.getClassBookingById, async ({ db, caller, now }, { params: { bookingId } }) => {
    const booking = await findListedBooking(db, caller.studio.id, bookingId)
    if (!booking) throw notFound('booking', bookingId)
    return presentBooking(booking, now)
  })
  write(
    api.cancelClassSlotById,
    (work, { params: { bookingId } }) =>
      cancelClassBooking(work, { studioId: work.caller.studio.id, bookingId, print: work.print }),
    {
      rows: ({ params }, { read }) => read((view) => rowsOfBooking(view, params.bookingId)),
      lock: (work, { params }) => openClassBooking(work, { studioId: work.caller.studio.id, ...params }),
    },
  )
  read(api.getClassBookingsByCustomerId, async (view, { query }) => {
    const rows = await listBookings(view, readBookingList(query, today(view), view.caller.studio.zone))
    return rows.map((booking) => presentBooking(booking, view.now))
  })
}

function presentCreated({ status, ...made }: CreatedBooking) {
  return { ...made, bookingStatus: status, classSlotStatus: 'PLANNED', participantStatus: 'UNSET' } as const
}

async function listBookings({ db, caller }: PartnerView, request: BookingListRequest): Promise<ListedBooking[]> {
  const [studioId, sight] = [caller.studio.id, reachableSight({ caller })]
  if (request.of === 'STUDIO') return listBookingsOfStudio(db, { studioId, sight, ...request.page, ...request.startIn })
  const { customerId } = request
  const of = { studioId, customerId }
  const [customer, rows] = await Promise.all([
    findBookingCustomer(db, customerId, sight),
    'startIn' in request ? listStartingBookings(db, of, request.startIn) : listListedBookings(db, of, request.lieIn),
  ])
  if (!customer) throw notFound('customer', customerId)
  return rows
}
