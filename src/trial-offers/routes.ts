import {
  answerAppointmentValidation,
  bookAppointment,
  findAppointmentBooking,
  toInquiry,
  listAppointmentSlots,
  presentAppointmentBooking,
  presentAppointmentSlots,
  presentBookable,
  presentInstructors,
  readSlotDays,
  explainAppointmentRefusal,
  toWish,
} from '../appointments/index.ts'
import { bookingDetails, rowsOfBooking } from '../bookings/index.ts'
import {
  answerClassValidation,
  bookClassSlot,
  listSlotsOfClass,
  presentClass,
  explainClassRefusal,
} from '../classes/index.ts'
import { reachableSight } from '../customers/index.ts'
import { checkLead, createLead } from '../leads/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { PartnerCaller } from '../platform/units/caller.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { RefusalDetails } from '../platform/http/write-binding.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { idSlice, parseOffset } from '../platform/api/slices.ts'
import type { PartnerView } from '../platform/units/work.ts'
import * as api from './api.ts'
import type { TrialAppointmentBookingRequest, TrialClassSlotBookingRequest } from './api-schemas.ts'
import { findConfig } from './config-store.ts'
import { confirmTrialBooking } from './confirmations.ts'
import { holdRoutes } from './hold-routes.ts'
import { toHoldReference } from './holds.ts'
import { offerHorizon } from './horizon-rules.ts'
import { findOfferedBookable, findOfferedClass, listOfferedBookables, listOfferedClasses } from './offer-store.ts'
import { openTrialLead } from './lead-requests.ts'
import { presentConfig } from './present.ts'
import { findConfigIdOfBookable, findConfigIdOfSlot, readyTrialFacts } from './trial-store.ts'

export function trialOfferRoutes(operations: Operations, deps: ModuleDeps) {
  offers(operations, deps)
  leads(operations, deps)
  slots(operations)
  classTrials(operations)
  appointmentTrials(operations, deps)
  confirmation(operations)
  holdRoutes(operations)
}

const byTrial = { channel: 'TRIAL_OFFER', broken: [] } as const

function toHorizon({ caller, now }: PartnerView) {
  return offerHorizon(now, caller.studio.zone)
}

function offers({ read }: Operations, deps: ModuleDeps) {
  read(api.getBookableTrialOfferClasses, async (view, { query: { offset, sliceSize } }) => {
    const page = { after: parseOffset(offset), limit: sliceSize + 1 }
    const rows = await listOfferedClasses(view.db, view.caller.studio.id, toHorizon(view), page)
    const slice = idSlice(rows, sliceSize, offset, (row) => row.classId)
    const result = slice.result.map((row) => ({
      trialOfferConfigId: row.configId,
      trialOfferClass: presentClass(row, deps.publicUrl),
      id: row.classId,
    }))
    return { ...slice, result }
  })
  read(api.getBookableTrialOfferAppointments, async (view, { query: { offset, sliceSize } }) => {
    const page = { after: parseOffset(offset), limit: sliceSize + 1 }
    const rows = await listOfferedBookables(view.db, view.caller.studio.id, toHorizon(view), page)
    const slice = idSlice(rows, sliceSize, offset, (row) => row.id)
    const result = slice.result.map(({ configId, ...row }) => ({
      trialOfferConfigId: configId,
      trialOfferBookableAppointment: presentBookable(row, view, deps),
      id: row.id,
    }))
    return { ...slice, result }
  })
  read(api.getTrialOfferConfig, async ({ db, caller }, { params: { configId } }) => {
    const config = await findConfig(db, caller.studio.id, configId)
    if (!config) throw notFound('trialOfferConfig', configId)
    return presentConfig(config)
  })
}

function leads({ read, write }: Operations, { secrets }: ModuleDeps) {
  read(api.validateForLeadCustomerCreation, async (view, { body }) => {
    const { draft, context } = await openTrialLead(view, body)
    const { status } = await checkLead(view, draft, context)
    return { validationStatus: status }
  })
  write(api.createLeadCustomer, async (work, { body }) => {
    const { draft, context } = await openTrialLead(work, body)
    const origin = { source: 'TRIAL_OFFER', trialOfferConfigId: body.trialOfferConfigId, secrets } as const
    const { customerId } = await createLead(work, draft, context, origin)
    return { leadCustomerId: customerId }
  })
}

function slots({ read }: Operations) {
  read(api.getClassSlotsForTrialOffers, async (view, { params: { classId }, query }) => {
    const offered = await findOfferedClass(view.db, view.caller.studio.id, toHorizon(view), classId)
    if (!offered) throw notFound('trialOffer', classId)
    const trial = await readyTrialFacts({ customerId: null, configId: offered.configId }).send(view.db)
    return listSlotsOfClass(view, classId, query, trial)
  })
  read(api.getBookableAppointmentSlotsForTrialOffers, async (view, { params, query }) => {
    const { bookableAppointmentId: bookableId } = params
    const { customerId = null } = query
    const offered = await findOfferedBookable(view.db, view.caller.studio.id, toHorizon(view), bookableId)
    if (!offered) throw notFound('trialOffer', bookableId)
    const inquiry = { ...toInquiry(view.caller), ...asTrial(offered.configId), bookableId, customerId }
    const found = await listAppointmentSlots(view, inquiry, readSlotDays(query))
    return presentAppointmentSlots(found.slots, presentInstructors(found.instructors), view)
  })
}

/** Leads may try what members cannot book. */
function asTrial(configId: number | null) {
  return { audience: 'TRIALS', trial: { configId } } as const
}

function classTrials({ read, write }: Operations) {
  const toClassRequest = async ({ db, caller }: PartnerView, body: TrialClassSlotBookingRequest) => {
    const { customerId, classSlotId } = body
    const trial = { configId: await findConfigIdOfSlot(db, classSlotId) }
    const names = { studioId: caller.studio.id, sight: reachableSight({ caller }), customerId, classSlotId }
    return { ...names, trial, ...toHoldReference(caller, body) }
  }
  read(api.validateClassSlotForTrialOffers, async (view, { body }) =>
    answerClassValidation(view, await toClassRequest(view, body)),
  )
  const refusals: RefusalDetails<PartnerCaller, typeof api.bookClassSlotForTrialOffers> = {
    wish: bookingDetails,
    explain: async (view, { body }, refusal) => explainClassRefusal(view, await toClassRequest(view, body), refusal),
  }
  write(
    api.bookClassSlotForTrialOffers,
    async (work, { body }) => {
      const { status, ...made } = await bookClassSlot(work, await toClassRequest(work, body), byTrial)
      const state = { classSlotStatus: 'PLANNED', participantStatus: 'UNSET' } as const
      return { ...made, bookingStatus: status, ...state }
    },
    { refusals, rows: ({ body }) => [`slot ${body.classSlotId}`] },
  )
}

function appointmentTrials({ read, write }: Operations, deps: ModuleDeps) {
  const toAppointmentWish = async ({ db, caller }: PartnerView, body: TrialAppointmentBookingRequest) => {
    const wish = toWish(caller, body)
    return { ...wish, ...asTrial(await findConfigIdOfBookable(db, wish.bookableId)), ...toHoldReference(caller, body) }
  }
  read(api.validateForAppointmentBookingForTrialOffers, async (view, { body }) =>
    answerAppointmentValidation(view, await toAppointmentWish(view, body)),
  )
  const refusals: RefusalDetails<PartnerCaller, typeof api.bookAppointmentForTrialOffer> = {
    wish: bookingDetails,
    explain: async (view, { body }, refusal) =>
      explainAppointmentRefusal(view, await toAppointmentWish(view, body), refusal),
  }
  write(
    api.bookAppointmentForTrialOffer,
    async (work, { body }) => {
      const bookingId = await bookAppointment(work, await toAppointmentWish(work, body), byTrial)
      const { id: studioId } = work.caller.studio
      const row = await findAppointmentBooking(work.db, { studioId, bookingId, now: work.now })
      if (!row) throw new Error('A booking that was just made is not there.')
      return presentAppointmentBooking(row, work, deps)
    },
    { refusals, rows: ({ body }) => [`bookable ${body.bookableAppointmentId}`] },
  )
}

function confirmation({ write }: Operations) {
  write(
    api.confirmTrialOfferBooking,
    async (work, { params: { bookingId } }) => {
      const { id: studioId, zone } = work.caller.studio
      return { status: await confirmTrialBooking(work, { studio: { studioId, zone }, bookingId }) }
    },
    { rows: ({ params }, { read }) => read((view) => rowsOfBooking(view, params.bookingId)) },
  )
}
