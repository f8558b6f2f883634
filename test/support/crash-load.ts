import { randomBytes } from 'node:crypto'
import { memberId, slotId, type StudioContents } from './full-studio.ts'

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
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly path: string
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

/** Whether a write is known to have been carried out. */
export const isAcknowledged = ({ answer }: SentWrite) => answer !== undefined && answer.status < 300
/** Whether nobody can tell: no answer, or one that blames the server. */
export const isOpen = ({ answer }: SentWrite) => answer === undefined || answer.status >= 500

/**
 * Sends writes of all kinds, eight at a time, until `signal`; each has an idempotency key, so that it can be repeated.
 * A worker whose request gets no answer stops: the server is gone.
 */
export async function runLoad(
  target: LoadTarget,
  signal: AbortSignal,
  onAcknowledged: () => void = () => {},
): Promise<SentWrite[]> {
  const workers = Array.from({ length: WORKERS }, (_, worker) => ({ worker, signal, onAcknowledged }))
  const all = await Promise.all(workers.map((each) => runWorker(target, each)))
  return all.flat()
}

interface Worker {
  readonly worker: number
  readonly signal: AbortSignal
  readonly onAcknowledged: () => void
}

async function runWorker(target: LoadTarget, { worker, signal, onAcknowledged }: Worker): Promise<SentWrite[]> {
  const sent: SentWrite[] = []
  const mine: number[] = []
  while (!signal.aborted) {
    const write = planWrite(target, worker, mine)
    sent.push(write)
    if (!(await send(target, write)) || isOpen(write)) break
    if (isAcknowledged(write)) onAcknowledged()
    if (write.operation === 'bookClassSlot' && isAcknowledged(write)) mine.push(write.answer?.body.bookingId)
  }
  return sent
}

/** Sends a write (again); false when the server did not answer. */
export async function send({ url, key }: Pick<LoadTarget, 'url' | 'key'>, write: SentWrite): Promise<boolean> {
  try {
    const answer = await fetch(url + write.path, {
      method: write.method,
      headers: {
        'x-api-key': key,
        'idempotency-key': write.traceId,
        traceparent: `00-${write.traceId}-b7ad6b7169203331-01`,
        ...(write.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(write.body === undefined ? {} : { body: JSON.stringify(write.body) }),
    })
    const text = await answer.text()
    write.answer = { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
    return true
  } catch {
    return false
  }
}

const below = (limit: number) => Math.floor(Math.random() * limit)

function planWrite(target: LoadTarget, worker: number, mine: number[]): SentWrite {
  const { contents } = target
  const traceId = randomBytes(16).toString('hex')
  const customerId = memberId(contents, worker + WORKERS * below(Math.floor(target.members / WORKERS)))
  const dice = Math.random()
  const canceled = dice < 0.2 ? mine.splice(below(mine.length), 1)[0] : undefined
  if (canceled !== undefined) {
    const path = `/v1/classes/booking/${canceled}`
    return { operation: 'cancelClassSlotById', method: 'DELETE', path, body: undefined, traceId }
  }
  if (dice < 0.7) {
    const body = { customerId, classSlotId: slotId(contents, below(target.slots)) }
    return { operation: 'bookClassSlot', method: 'POST', path: '/v1/classes/booking/book', body, traceId }
  }
  if (dice < 0.78) return { ...appointment(target, customerId), traceId }
  if (dice < 0.84) {
    const path = `/v1/customers/${customerId}/benefits/${contents.benefitKey}/use`
    return { operation: 'useBenefit', method: 'POST', path, body: undefined, traceId }
  }
  if (dice < 0.89) return { ...redemption(contents, traceId), traceId }
  if (dice < 0.95) return { ...newcomer(traceId), traceId }
  const body = below(2) === 0 ? [] : [{ name: contents.tag }]
  return { operation: 'updateStudioTags', method: 'PUT', path: '/v1/studios/information/tags', body, traceId }
}

function appointment({ contents, from }: LoadTarget, customerId: number): Omit<SentWrite, 'traceId'> {
  const start = from.add({ hours: 24 * below(300), minutes: 8 * 60 + 30 * below(18) })
  const body = {
    customerId,
    bookableAppointmentId: contents.bookableAppointmentId,
    startDateTime: String(start),
    endDateTime: String(start.add({ minutes: 30 })),
  }
  return { operation: 'bookAppointmentBooking', method: 'POST', path: '/v1/appointments/booking/book', body }
}

function redemption({ voucherCode }: StudioContents, traceId: string): Omit<SentWrite, 'traceId'> {
  const body = { voucherCode, firstname: 'Vera', lastname: `Gast ${traceId}`, email: `${traceId}@mail.example` }
  return { operation: 'redeemCheckinVoucher', method: 'POST', path: '/v1/checkin-vouchers/redeem', body }
}

function newcomer(traceId: string): Omit<SentWrite, 'traceId'> {
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
