import { randomBytes } from 'node:crypto'
import { memberId, slotId, type StudioContents } from './full-studio.ts'
import { formOf } from './multipart.ts'

/** A write as it was sent, with the last answer that came back, if one did. */
export interface SentWrite {
  readonly operation:
    | 'bookClassSlot'
    | 'bookAppointmentBooking'
    | 'cancelClassSlotById'
    | 'createCustomer'
    | 'updateStudioTags'
    | 'useBenefit'
    | 'redeemCheckinVoucher'
    | 'checkInCustomer'
    | 'checkOutCustomer'
    | 'addAccessMediums'
    | 'deleteAccessMediums'
    | 'setAccessRestriction'
    | 'createCommunicationInNewCommunicationThread'
    | 'uploadDocument'
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** Bytes are the form of an upload. */
  readonly body: unknown
  /** 32 hexadecimal digits; everything that the write causes carries them. */
  readonly traceId: string
  answer?: { readonly status: number; readonly body: any }
}

export interface LoadTarget {
  readonly url: string
  readonly key: string
  readonly contents: StudioContents
  readonly members: number
  readonly slots: number
  /** Midnight before the first day on which appointments are booked. */
  readonly from: Temporal.Instant
}

export const WORKERS = 8

/** What a worker has made and may take away again: ids of bookings, paths of mediums. */
export interface OwnThings {
  readonly bookings: number[]
  readonly mediums: string[]
}

type Plan = Omit<SentWrite, 'traceId'>

const below = (limit: number) => Math.floor(Math.random() * limit)
const takeOne = <T>(things: T[]) => things.splice(below(things.length), 1)[0]

/** A write of any kind, about a customer of whom no other worker writes. */
export function planWrite(target: LoadTarget, worker: number, mine: OwnThings): SentWrite {
  const traceId = randomBytes(16).toString('hex')
  const customerId = memberId(target.contents, worker + WORKERS * below(Math.floor(target.members / WORKERS)))
  return { ...(planRemoval(mine) ?? planAddition(target, customerId, traceId)), traceId }
}

function planRemoval(mine: OwnThings): Plan | undefined {
  const dice = Math.random()
  const bookingId = dice < 0.15 ? takeOne(mine.bookings) : undefined
  if (bookingId !== undefined) {
    const path = `/v1/classes/booking/${bookingId}`
    return { operation: 'cancelClassSlotById', method: 'DELETE', path, body: undefined }
  }
  const path = dice > 0.95 ? takeOne(mine.mediums) : undefined
  return path === undefined ? undefined : { operation: 'deleteAccessMediums', method: 'DELETE', path, body: undefined }
}

function planAddition(target: LoadTarget, customerId: number, traceId: string): Plan {
  const { contents } = target
  const dice = Math.random()
  if (dice < 0.4) {
    const body = { customerId, classSlotId: slotId(contents, below(target.slots)) }
    return { operation: 'bookClassSlot', method: 'POST', path: '/v1/classes/booking/book', body }
  }
  if (dice < 0.48) return appointment(target, customerId)
  if (dice < 0.54) {
    const path = `/v1/customers/${customerId}/benefits/${contents.benefitKey}/use`
    return { operation: 'useBenefit', method: 'POST', path, body: undefined }
  }
  if (dice < 0.59) return redemption(contents, traceId)
  if (dice < 0.65) return newcomer(traceId)
  if (dice < 0.7) {
    const body = below(2) === 0 ? [] : [{ name: contents.tag }]
    return { operation: 'updateStudioTags', method: 'PUT', path: '/v1/studios/information/tags', body }
  }
  if (dice < 0.82) return visit(customerId)
  if (dice < 0.87) return upload(customerId, traceId)
  return atTheDesk(customerId, traceId)
}

/** Half of them are refused, because the customer is in already, or is not. */
function visit(customerId: number): Plan {
  const isEntry = below(2) === 0
  const path = `/v1/customers/${customerId}/${isEntry ? 'checkin' : 'checkout'}`
  return { operation: isEntry ? 'checkInCustomer' : 'checkOutCustomer', method: 'POST', path, body: undefined }
}

/** Large enough that it arrives, and is written, in many pieces. */
function upload(customerId: number, traceId: string): Plan {
  const content = Buffer.from(`%PDF-1.4\n${traceId.repeat(10_000)}\n%%EOF\n`)
  const { payload } = formOf([{ name: 'file', fileName: `${traceId}.pdf`, content }])
  return { operation: 'uploadDocument', method: 'POST', path: `/v1/customers/${customerId}/documents`, body: payload }
}

/** Texts of their own make sure that each of them changes something. */
function atTheDesk(customerId: number, traceId: string): Plan {
  const dice = below(3)
  if (dice === 0) {
    const path = `/v1/customers/${customerId}/access-mediums`
    return { operation: 'addAccessMediums', method: 'POST', path, body: { type: 'BARCODE', value: traceId } }
  }
  if (dice === 1) {
    const body = { reason: traceId, startDate: '2026-01-01', endDate: '2026-01-02' }
    const path = `/v1/customers/${customerId}/access-restrictions`
    return { operation: 'setAccessRestriction', method: 'PUT', path, body }
  }
  const body = {
    communicationThreadStatus: 'ONGOING',
    subject: traceId,
    content: traceId,
    communicationDirection: 'INCOMING',
    communicationChannel: 'EMAIL',
  }
  const path = `/v1/communications/${customerId}/threads`
  return { operation: 'createCommunicationInNewCommunicationThread', method: 'POST', path, body }
}

function appointment({ contents, from }: LoadTarget, customerId: number): Plan {
  const start = from.add({ hours: 24 * below(300), minutes: 8 * 60 + 30 * below(18) })
  const body = {
    customerId,
    bookableAppointmentId: contents.bookableAppointmentId,
    startDateTime: String(start),
    endDateTime: String(start.add({ minutes: 30 })),
  }
  return { operation: 'bookAppointmentBooking', method: 'POST', path: '/v1/appointments/booking/book', body }
}

function redemption({ voucherCode }: StudioContents, traceId: string): Plan {
  const body = { voucherCode, firstname: 'Vera', lastname: `Gast ${traceId}`, email: `${traceId}@mail.example` }
  return { operation: 'redeemCheckinVoucher', method: 'POST', path: '/v1/checkin-vouchers/redeem', body }
}

function newcomer(traceId: string): Plan {
  const body = {
    firstName: 'Mara',
    lastName: `Lindner ${traceId}`,
    dateOfBirth: '1994-11-02',
    email: `${traceId}@mail.example`,
    street: 'Lindenallee',
    houseNumber: '12',
    zipCode: '10435',
    city: 'Berlin',
    countryCode: 'DE',
    language: { languageCode: 'de' },
  }
  return { operation: 'createCustomer', method: 'POST', path: '/v1/customers/create', body }
}
