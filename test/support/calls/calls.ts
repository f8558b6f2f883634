import { publicOperations } from '../../../src/api.ts'
import type { Operation } from '../../../src/platform/api/operation.ts'
import { accessCalls } from './access.ts'
import { accountCalls } from './accounts.ts'
import type { RawRequest, TestAnswer, TestApp } from '../app.ts'
import { benefitCalls } from './benefits.ts'
import { calendarFeedCalls } from './calendar-feeds.ts'
import { collectionCalls } from './collection.ts'
import { deviceCalls } from './devices.ts'
import { exportCalls } from './exports.ts'
import { fileCalls } from './files.ts'
import { leadCalls } from './leads.ts'
import { membershipCalls } from './memberships.ts'
import { onlineOfferCalls } from './online-offers.ts'
import { privacyCalls } from './privacy.ts'
import { selfServiceCalls } from './self-service.ts'
import { slotWithHold, trialCalls } from './trials.ts'
import { visitCalls } from './visits.ts'
import { voucherCalls } from './vouchers.ts'
import { makeForm, type TestPart } from '../multipart.ts'
import type { StudioContents } from '../full/full-studio.ts'
import { secondProspect } from '../full/full-trials.ts'
import type { TestStudio } from '../scenes/world.ts'
import { defined } from '../../../src/platform/values/defined.ts'

/** Everything that a call may name; a probe swaps single values of it. */
export interface Named extends StudioContents {
  readonly classBookingId: number
  readonly appointmentBookingId: number
  readonly trialBookingId: number
  /** A held seat of the slot. */
  readonly holdId: number
  readonly appointmentStart: string
  /** Makes a person new: none of the calls may find the same one twice. */
  readonly newcomer: string
}

/** The parts of a request that an operation's declaration describes. */
export interface Parts {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  readonly file?: TestPart
}

export type MakeCall = (named: Named) => Parts

const byCustomer = (named: Named) => ({ params: { customerId: named.customerId } })
const listBookings = (named: Named) => ({ query: { customerId: named.customerId } })
const slotBooking = (named: Named) => ({ body: { customerId: named.customerId, classSlotId: named.classSlotId } })
const byNames = ({ firstName, lastName, email }: Named) => ({ body: { firstName, lastName, email } })

function makeAppointmentCall(named: Named): Parts {
  const start = Temporal.Instant.from(named.appointmentStart)
  const { customerId, bookableAppointmentId, employeeId } = named
  const times = { startDateTime: String(start), endDateTime: String(start.add({ minutes: 30 })) }
  return { body: { customerId, bookableAppointmentId, ...times, instructorIds: [employeeId] } }
}

function newCustomer({ newcomer, additionalFieldId }: Named): Parts {
  return {
    body: {
      additionalInformationFieldAssignments: [{ additionalInformationFieldId: additionalFieldId, value: newcomer }],
      firstName: `${newcomer}Mara`,
      lastName: `${newcomer}Lindner`,
      dateOfBirth: '1994-11-02',
      email: `${newcomer.toLowerCase()}@mail.example`,
      phoneNumberPrivate: '+49 30 5550117',
      street: `${newcomer}allee`,
      houseNumber: '12',
      city: 'Berlin',
      zipCode: '10435',
      countryCode: 'DE',
      language: { languageCode: 'de' },
    },
  }
}

/** One call per operation that succeeds for the things named. Each operation of the API must have one. */
const calls: Readonly<Record<string, MakeCall>> = {
  confirmActivation: () => ({}),
  getStudioInformation: () => ({}),
  getStudioTags: () => ({}),
  updateStudioTags: ({ tag }) => ({ body: [{ name: tag }] }),
  getMe: () => ({}),
  getUtilization: () => ({}),
  listEvents: () => ({}),
  getEmployees: () => ({}),
  getEmployee: ({ employeeId }) => ({ params: { id: employeeId } }),
  getCustomers: () => ({}),
  getCustomerById: byCustomer,
  getCustomerBy: ({ cardNumber }) => ({ query: { cardNumber, cardNumberFormat: 'DECIMAL' } }),
  searchCustomers: byNames,
  createCustomer: newCustomer,
  getCrossStudioCustomerById: byCustomer,
  getCrossStudioCustomerBy: ({ customerNumber }) => ({ query: { customerNumber } }),
  searchCrossStudioCustomers: byNames,
  getActiveClasses: () => ({}),
  getClassById: ({ classId }) => ({ params: { classId } }),
  getClassSlotsForMultipleClasses: () => ({}),
  getClassSlots: ({ classId }) => ({ params: { classId } }),
  getClassSlotById: ({ classId, classSlotId }) => ({ params: { classId, classSlotId } }),
  validateClassSlot: slotBooking,
  bookClassSlot: slotBooking,
  getClassBookingById: ({ classBookingId }) => ({ params: { bookingId: classBookingId } }),
  cancelClassSlotById: ({ classBookingId }) => ({ params: { bookingId: classBookingId } }),
  getClassBookingsByCustomerId: listBookings,
  getBookableAppointments: () => ({}),
  getBookableAppointment: ({ bookableAppointmentId }) => ({ params: { bookableAppointmentId } }),
  getBookableAppointmentSlots: ({ bookableAppointmentId, customerId }) => ({
    params: { bookableAppointmentId },
    query: { customerId },
  }),
  validateForAppointmentBooking: makeAppointmentCall,
  bookAppointmentBooking: makeAppointmentCall,
  getAppointmentBooking: ({ appointmentBookingId }) => ({ params: { bookingId: appointmentBookingId } }),
  deleteAppointmentBooking: ({ appointmentBookingId }) => ({ params: { bookingId: appointmentBookingId } }),
  getAppointmentBookings: listBookings,
  ...benefitCalls,
  ...voucherCalls,
  ...fileCalls,
  ...leadCalls,
  ...membershipCalls,
  ...onlineOfferCalls,
  ...visitCalls,
  ...accessCalls,
  ...accountCalls,
  ...selfServiceCalls,
  ...deviceCalls,
  ...trialCalls,
  ...privacyCalls,
  ...calendarFeedCalls,
  ...collectionCalls,
  ...exportCalls,
}

const lookups: readonly MakeCall[] = [
  ({ cardNumber }) => ({ query: { cardNumber, cardNumberFormat: 'DECIMAL' } }),
  ({ customerNumber }) => ({ query: { customerNumber } }),
  ({ barcode }) => ({ query: { barcode } }),
  ({ customerUuid }) => ({ query: { qrCodeUuid: customerUuid } }),
]
const searches: readonly MakeCall[] = [
  ({ email }) => ({ body: { email } }),
  ({ lastName }) => ({ body: { lastName } }),
  ({ firstName }) => ({ body: { firstName } }),
]

/** A month around the day of the appointment, of one customer and of the whole studio. */
const days = ({ appointmentStart }: Named) => {
  const day = Temporal.PlainDate.from(appointmentStart.slice(0, 10))
  return { from: String(day.subtract({ days: 15 })), to: String(day.add({ days: 15 })) }
}
const bookingLists: readonly MakeCall[] = [
  (named) => ({ query: { customerId: named.customerId, ...days(named) } }),
  (named) => ({ query: days(named) }),
]

/** Other ways to name the same things, for operations that offer several. */
const furtherCalls: Readonly<Record<string, readonly MakeCall[]>> = {
  getCustomerBy: lookups,
  getCrossStudioCustomerBy: lookups,
  searchCustomers: searches,
  searchCrossStudioCustomers: searches,
  getClassBookingsByCustomerId: bookingLists,
  getAppointmentBookings: bookingLists,
  validateClassSlotForTrialOffers: [slotWithHold],
  bookClassSlotForTrialOffers: [slotWithHold],
}

/** Every way in which an operation can be given what is named. */
export function listWays(operation: Operation, named: Named): readonly Parts[] {
  return [makeParts(operation, named), ...(furtherCalls[operation.operationId] ?? []).map((call) => call(named))]
}

/** The operations that the running application has bound, those that cancel what the others read at the end. */
export function boundOperations(app: TestApp): readonly Operation[] {
  const bound = publicOperations.filter(({ operationId }) =>
    app.app.operations.some((each) => each.operationId === operationId),
  )
  return [...bound].sort((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))
}

export function makeParts({ operationId }: Operation, named: Named): Parts {
  const call = calls[operationId]
  if (!call) throw new Error(`test/support/calls/calls.ts has no call of ${operationId}.`)
  return call(named)
}

/** The path of an operation with its parameters filled in, query included. */
export function makePath({ path }: Pick<Operation, 'path'>, { params = {}, query = {} }: Parts): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const pairs = Object.entries(query).map(([name, value]) => [name, String(value)])
  return pairs.length === 0 ? filled : `${filled}?${new URLSearchParams(pairs)}`
}

/** Content type and body of a call: JSON, or the parts of an upload; neither where it has no body. */
export function makeContent({ body, file }: Parts): Pick<RawRequest, 'headers' | 'payload'> {
  if (file) return makeForm([file])
  if (body === undefined) return {}
  return { headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body) }
}

export function send(app: TestApp, operation: Operation, parts: Parts, as?: TestStudio): Promise<TestAnswer> {
  return app.sendRaw(operation.method, makePath(operation, parts), { ...makeContent(parts), ...defined({ as }) })
}

/** Books a slot and a time for the customer named, through the API, so that bookings can be named too. */
export async function withBookings(app: TestApp, contents: StudioContents, as: TestStudio): Promise<Named> {
  const named: Named = {
    ...contents,
    classBookingId: 0,
    appointmentBookingId: 0,
    trialBookingId: 0,
    holdId: 0,
    appointmentStart: '2026-06-18T08:00:00Z',
    newcomer: `${contents.mark}new`,
  }
  const book = async (operationId: string, changes: Partial<Named> = {}) => {
    const operation = boundOperations(app).find((each) => each.operationId === operationId)
    if (!operation) return 0
    const answer = await send(app, operation, makeParts(operation, { ...named, ...changes }), as)
    if (answer.status !== 200) throw new Error(`${operationId}: ${answer.status} ${answer.text}`)
    return Number(answer.body.bookingId ?? answer.body.holdId)
  }
  const classBookingId = await book('bookClassSlot')
  const appointmentBookingId = await book('bookAppointmentBooking')
  const trialBookingId = await book('bookAppointmentForTrialOffer', { prospectId: secondProspect(contents) })
  const holdId = await book('holdClassSlot')
  return { ...named, classBookingId, appointmentBookingId, trialBookingId, holdId }
}
