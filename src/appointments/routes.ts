import { reachableSight } from '../customers/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { PartnerCaller } from '../platform/units/caller.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { idSlice, parseOffset } from '../platform/api/slices.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { dateIn, parseDateTime } from '../platform/time/zoned-time.ts'
import {
  bookingDetails,
  type BookingListRequest,
  findBookingCustomer,
  readBookingList,
  rowsOfBooking,
} from '../bookings/index.ts'
import * as api from './api.ts'
import type { AppointmentBookingRequest } from './api-schemas.ts'
import { findOfferedBookable, listOfferedBookables } from './bookable-store.ts'
import {
  findAppointmentBooking,
  listAppointmentBookings,
  listBookingsOfStudio,
  listStartingBookings,
} from './booking-store.ts'
import { answerValidation, explainRefusal } from './answer-details.ts'
import { bookAppointment } from './bookings.ts'
import { cancelAppointmentBooking, openAppointmentBooking } from './cancelations.ts'
import { presentBookable, presentBooking, presentInstructors, presentSlots } from './present.ts'
import type { AppointmentWish } from './requests.ts'
import { listAppointmentSlots, readSlotDays } from './free-times/slots.ts'

export function appointmentRoutes(operations: Operations, deps: ModuleDeps) {
  bookableRoutes(operations, deps)
  bookingRoutes(operations, deps)
}

function bookableRoutes({ read }: Operations, deps: ModuleDeps) {
  read(api.getBookableAppointments, async (view, { query: { offset, sliceSize } }) => {
    const page = { after: parseOffset(offset), limit: sliceSize + 1 }
    const slice = idSlice(await listOfferedBookables(view.db, toOffer(view), page), sliceSize, offset, ({ id }) => id)
    return { ...slice, result: slice.result.map((row) => presentBookable(row, view, deps)) }
  })
  read(api.getBookableAppointment, async (view, { params: { bookableAppointmentId: id } }) => {
    const row = await findOfferedBookable(view.db, id, toOffer(view))
    if (!row) throw notFound('bookableAppointment', id)
    return presentBookable(row, view, deps)
  })
  read(api.getBookableAppointmentSlots, async (view, { params, query }) => {
    const { customerId = null } = query
    const inquiry = { ...toInquiry(view.caller), bookableId: params.bookableAppointmentId, customerId }
    const { slots, instructors } = await listAppointmentSlots(view, inquiry, readSlotDays(query))
    return presentSlots(slots, presentInstructors(instructors), view)
  })
  read(api.validateForAppointmentBooking, (view, { body }) => answerValidation(view, toWish(view.caller, body)))
}

function bookingRoutes({ read, write }: Operations, deps: ModuleDeps) {
  const getBooking = async (view: PartnerView, bookingId: number) => {
    const { id: studioId } = view.caller.studio
    const row = await findAppointmentBooking(view.db, { studioId, bookingId, now: view.now })
    if (!row) throw notFound('booking', bookingId)
    return presentBooking(row, view, deps)
  }
  write(
    api.bookAppointmentBooking,
    async (work, { body }) => getBooking(work, await bookAppointment(work, toWish(work.caller, body))),
    {
      rows: ({ body }) => [`bookable ${body.bookableAppointmentId}`],
      refusals: {
        wish: bookingDetails,
        explain: (view, { body }, refusal) => explainRefusal(view, toWish(view.caller, body), refusal),
      },
    },
  )
  read(api.getAppointmentBooking, (view, { params: { bookingId } }) => getBooking(view, bookingId))
  write(
    api.deleteAppointmentBooking,
    async (work, { params: { bookingId } }) => {
      const { studio } = toInquiry(work.caller)
      await cancelAppointmentBooking(work, { studio, bookingId, print: work.print })
      return { success: 'true' }
    },
    {
      rows: ({ params }, { read }) => read((view) => rowsOfBooking(view, params.bookingId)),
      lock: (work, { params }) => openAppointmentBooking(work, { ...toInquiry(work.caller), ...params }),
    },
  )
  read(api.getAppointmentBookings, async (view, { query }) => {
    const { zone } = view.caller.studio
    const request = readBookingList(query, dateIn(view.now, zone), zone)
    const rows = await listBookings(view, request)
    const shown = rows.map((row) => presentBooking(row, view, deps))
    // The list of one customer names nobody, as in the original API.
    return request.of === 'STUDIO' ? shown : shown.map(({ customerId: _named, ...booking }) => booking)
  })
}

async function listBookings({ db, caller, now }: PartnerView, request: BookingListRequest) {
  const { sight } = toInquiry(caller)
  const of = { studioId: caller.studio.id, now }
  if (request.of === 'STUDIO') return listBookingsOfStudio(db, { ...of, sight, ...request.page, ...request.startIn })
  const { customerId } = request
  if (!(await findBookingCustomer(db, customerId, sight))) throw notFound('customer', customerId)
  return 'startIn' in request
    ? listStartingBookings(db, { ...of, customerId, ...request.startIn })
    : listAppointmentBookings(db, { ...of, customerId, ...request.lieIn })
}

function toOffer({ caller: { studio }, now }: PartnerView) {
  return { studioId: studio.id, audience: 'CUSTOMERS', today: dateIn(now, studio.zone) } as const
}

/** What partners may ask about: their studio, and the customers of all studios that they work for. */
export function toInquiry(caller: PartnerCaller) {
  const { studio } = caller
  return {
    studio: { studioId: studio.id, zone: studio.zone },
    audience: 'CUSTOMERS',
    sight: reachableSight({ caller }),
  } as const
}

/** What a request asks for. */
export function toWish(caller: PartnerCaller, body: AppointmentBookingRequest): AppointmentWish {
  return { ...toInquiry(caller), ...readTime(body), customerId: body.customerId }
}

/** What of which time a request names, no matter who it is for. */
export function readTime(body: Omit<AppointmentBookingRequest, 'customerId'>) {
  const { bookableAppointmentId: bookableId, startDateTime, endDateTime, instructorIds = [] } = body
  const [start, end] = [parseDateTime(startDateTime), parseDateTime(endDateTime)]
  if (!start || !end) throw new Error('A date-time passed the validation and cannot be read.')
  return { bookableId, start, end, instructorIds }
}
