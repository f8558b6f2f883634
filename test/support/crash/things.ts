import type { Named } from '../calls/calls.ts'
import type { SentCall } from './plan.ts'

type Thing = Partial<Named>

/** What an acknowledged call has made that others are about. */
const made: Readonly<Record<string, (call: SentCall) => readonly [kind: Kind, thing: Thing]>> = {
  bookClassSlot: ({ answer }) => ['class booking', { classBookingId: answer?.body.bookingId }],
  bookAppointmentBooking: ({ answer }) => ['appointment booking', { appointmentBookingId: answer?.body.bookingId }],
  createLeadCustomer: ({ answer }) => ['prospect', { prospectId: answer?.body.leadCustomerId }],
  bookClassSlotForTrialOffers: ({ answer }) => ['trial', { trialBookingId: answer?.body.bookingId }],
  bookAppointmentForTrialOffer: ({ answer }) => ['trial', { trialBookingId: answer?.body.bookingId }],
  holdClassSlot: ({ answer, named }) => ['hold', { holdId: answer?.body.holdId, classSlotId: named.classSlotId }],
  createClassCalendarFeed: ({ answer }) => ['calendar', { calendarFeedId: answer?.body.id }],
  addAccessMediums: ({ answer, named }) => ['medium', { ...about(named), ownMediumId: answer?.body.id }],
  setAccessRestriction: ({ named }) => ['ban', about(named)],
  createCustomerAddressDataAmendment: ({ answer, named }) => [
    'wish',
    { ...about(named), amendmentId: answer?.body.id },
  ],
  uploadDocument: ({ answer, named }) => ['document', { ...about(named), documentId: answer?.body.id }],
  createCommunicationInNewCommunicationThread: ({ answer, named }) => [
    'thread',
    { ...about(named), threadId: answer?.body.threadId },
  ],
  checkInCustomer: ({ named }) => ['visitor', about(named)],
  createIdlePeriodAmendment: ({ answer }) => ['pause', { idlePeriodId: answer?.body.id }],
  createModuleContractCancelationAmendment: ({ named }) => [
    'canceled module',
    { canceledModuleId: named.moduleContractId },
  ],
}

const about = ({ customerId }: Named): Thing => ({ customerId })

type Kind =
  | 'class booking'
  | 'appointment booking'
  | 'prospect'
  | 'trial'
  | 'hold'
  | 'calendar'
  | 'medium'
  | 'ban'
  | 'wish'
  | 'thread'
  | 'visitor'
  | 'document'
  | 'pause'
  | 'canceled module'

/** What a call is about, and whether it is gone afterwards. */
const needed: Readonly<Record<string, readonly [kind: Kind, takes: boolean]>> = {
  getClassBookingById: ['class booking', false],
  cancelClassSlotById: ['class booking', true],
  getAppointmentBooking: ['appointment booking', false],
  deleteAppointmentBooking: ['appointment booking', true],
  getBookableAppointmentSlotsForTrialOffers: ['prospect', false],
  validateClassSlotForTrialOffers: ['prospect', false],
  bookClassSlotForTrialOffers: ['prospect', false],
  validateForAppointmentBookingForTrialOffers: ['prospect', false],
  bookAppointmentForTrialOffer: ['prospect', false],
  confirmTrialOfferBooking: ['trial', true],
  getHold: ['hold', false],
  releaseHold: ['hold', true],
  createBookingCalendarFeed: ['class booking', false],
  revokeCalendarFeed: ['calendar', true],
  updateAccessMediums: ['medium', false],
  deleteAccessMediums: ['medium', true],
  deleteAccessRestriction: ['ban', true],
  withdrawAmendment: ['wish', true],
  createCommunicationInExistingCommunicationThread: ['thread', false],
  getCommunicationThread: ['thread', false],
  checkOutCustomer: ['visitor', true],
  getDocumentById: ['document', false],
  updateIdlePeriod: ['pause', false],
  withdrawIdlePeriod: ['pause', true],
  withdrawAdditionalModuleContractCancelation: ['canceled module', true],
}

/** What a worker has made, and may ask for, change and take away again; nobody else does. */
export class OwnThings {
  readonly #things = new Map<Kind, Thing[]>()

  record(call: SentCall) {
    const entry = made[call.operation]?.(call)
    if (!entry) return
    const [kind, thing] = entry
    this.#things.set(kind, [...(this.#things.get(kind) ?? []), thing])
  }

  /** What a call of the operation is about besides the usual; undefined as long as there is nothing of the kind. */
  find(operation: string): Thing | undefined {
    const need = needed[operation]
    if (!need) return {}
    const [kind, takes] = need
    const thing = this.#draw(kind, takes)
    return thing && operation === 'bookClassSlotForTrialOffers' ? { ...this.#draw('hold', true), ...thing } : thing
  }

  #draw(kind: Kind, takes: boolean): Thing | undefined {
    const things = this.#things.get(kind) ?? []
    const at = Math.floor(Math.random() * things.length)
    return takes ? things.splice(at, 1)[0] : things[at]
  }
}
