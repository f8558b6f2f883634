import { randomBytes } from 'node:crypto'
import { deviceOperations, publicOperations } from '../../../src/api.ts'
import type { Operation } from '../../../src/platform/api/operation.ts'
import { makeContent, type Named, type Parts, makeParts, makePath } from '../calls/calls.ts'
import { slotWithHold } from '../calls/trials.ts'
import { deviceParts, tokenFor } from './devices.ts'
import { memberId, slotId, type StudioContents } from '../full/full-studio.ts'
import type { OwnThings } from './things.ts'

/** A call as it was sent, with the last answer that came back, if one did. */
export interface SentCall {
  readonly operation: string
  readonly method: Operation['method']
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string | Buffer | undefined
  /** 32 hexadecimal digits; everything that the call causes carries them. */
  readonly traceId: string
  /** What the call names. */
  readonly named: Named
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

/** What may be called, and how often in one deal; once where nothing is said. */
const shares: Readonly<Record<string, number>> = {
  bookClassSlot: 24,
  bookAppointmentBooking: 8,
  cancelClassSlotById: 5,
  createCustomer: 4,
  uploadDocument: 3,
  useBenefit: 3,
  redeemCheckinVoucher: 3,
  checkInCustomer: 4,
  checkOutCustomer: 4,
  addAccessMediums: 4,
  createLeadCustomer: 3,
  holdClassSlot: 2,
  cardReaderIdentification: 4,
  timeUsage: 2,
  vendingIdentification: 2,
}

/** Every operation of the public API and of devices. */
export const loadedOperations: readonly Operation[] = [...publicOperations, ...deviceOperations]

/** Deals the operations in turn, in any order, so that a load that lasts leaves none out. */
export class Deck {
  #cards: Operation[] = []

  draw(): Operation {
    if (this.#cards.length === 0) {
      this.#cards = loadedOperations.flatMap((each) =>
        Array.from({ length: shares[each.operationId] ?? 1 }, () => each),
      )
    }
    return this.#cards.splice(below(this.#cards.length), 1)[0] as Operation
  }
}

export const below = (limit: number) => Math.floor(Math.random() * limit)

/** Calls about something that one of the first members has. */
const aboutFirst = new Set([
  'createContractCancelationAmendment',
  'withdrawContractCancelation',
  'withdrawContract',
  'userSession',
  'bookCustomerPayment',
])

/** The next call, about a customer of whom no other worker speaks. */
export function planCall(
  target: LoadTarget,
  worker: number,
  { deck, things }: { readonly deck: Deck; readonly things: OwnThings },
): SentCall {
  const traceId = randomBytes(16).toString('hex')
  const customerId = memberId(target.contents, worker + WORKERS * below(Math.floor(target.members / WORKERS)))
  const usual = toNamed(target, customerId, traceId)
  for (;;) {
    const operation = deck.draw()
    const found = things.find(operation.operationId)
    const first = aboutFirst.has(operation.operationId) ? { customerId: target.contents.customerId } : {}
    if (found) return makeCall(operation, { ...usual, ...found, ...first }, { target, traceId })
  }
}

function toNamed({ contents, slots, from }: LoadTarget, customerId: number, traceId: string): Named {
  const start = from.add({ hours: 24 * below(300), minutes: 8 * 60 + 30 * below(18) })
  return {
    ...contents,
    customerId,
    classSlotId: slotId(contents, below(slots)),
    appointmentStart: String(start),
    classBookingId: 0,
    appointmentBookingId: 0,
    trialBookingId: 0,
    holdId: 0,
    newcomer: traceId,
  }
}

interface Caller {
  readonly target: LoadTarget
  readonly traceId: string
}

function makeCall(operation: Operation, named: Named, { target, traceId }: Caller): SentCall {
  const { operationId, method } = operation
  const token = tokenFor(operation.path)
  const parts = token === undefined ? publicParts(operation, named) : deviceParts(operationId, { ...named, traceId })
  const { headers = {}, payload } = makeContent(parts)
  return {
    operation: operationId,
    method,
    path: makePath(operation, parts),
    payload,
    traceId,
    named,
    headers: {
      ...headers,
      'idempotency-key': traceId,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      ...(token === undefined ? { 'x-api-key': target.key } : { authorization: `Bearer ${token}` }),
    },
  }
}

/** The call of `calls.ts`; where that would say the same each time, with something of its own. */
function publicParts(operation: Operation, named: Named): Parts {
  const own = ownParts[operation.operationId]
  const parts = makeParts(operation, named)
  if (signing.has(operation.operationId)) return { ...parts, body: startTomorrow(parts.body as object) }
  return own ? { ...parts, ...own(named) } : parts
}

const signing = new Set([
  'postSignupPreview',
  'postMembershipPreview',
  'signupMembership',
  'addMembership',
  'postMembershipSwitchPreview',
  'switchMembership',
])

const today = () => Temporal.Now.plainDateISO('UTC')
const nextMonths = () =>
  today()
    .with({ day: 1 })
    .add({ months: 1 + below(24) })

/** The usual first day is long over when the server runs by real time. */
function startTomorrow(body: object): object {
  const startDate = today().add({ days: 1 }).toString()
  return 'contract' in body
    ? { ...body, contract: { ...(body.contract as object), startDate } }
    : { ...body, startDate }
}

const ownParts: Readonly<Record<string, (named: Named) => Parts>> = {
  updateStudioTags: ({ tag }) => ({ body: below(2) === 0 ? [] : [{ name: tag }] }),
  bookClassSlotForTrialOffers: (named) => (named.holdId === 0 ? {} : slotWithHold(named)),
  setAccessRestriction: ({ newcomer }) => ({
    body: { reason: newcomer, startDate: '2026-01-01', endDate: '2026-01-02' },
  }),
  createIdlePeriodAmendment: ({ idleReasonId: reasonId }) => ({ body: pauseIn(nextMonths(), reasonId) }),
  updateIdlePeriod: ({ idleReasonId: reasonId }) => ({ body: pauseIn(nextMonths(), reasonId) }),
  createModuleContractCancelationAmendment: ({ cancelationReasonId }) => ({
    body: { cancelationDate: today().with({ day: today().daysInMonth }).toString(), cancelationReasonId },
  }),
  createCustomerWeighing: ({ newcomer }) => ({ body: { rawResults: newcomer, weight: 71.25 } }),
  switchStudio: ({ customerId, newcomer }) => ({
    params: { customerId },
    body: { targetStudioId: 124, switchDate: yesterday(), description: newcomer },
  }),
  // Large enough that it arrives, and is written, in many pieces.
  uploadDocument: ({ newcomer }) => ({
    file: {
      name: 'file',
      fileName: `${newcomer}.pdf`,
      content: Buffer.from(`%PDF-1.4\n${newcomer.repeat(10_000)}\n%%EOF\n`),
    },
  }),
}

const yesterday = () => today().subtract({ days: 1 }).toString()
const pauseIn = (startDate: Temporal.PlainDate, reasonId: number) => ({
  startDate: startDate.toString(),
  temporalUnit: 'MONTH',
  termValue: 1,
  reasonId,
})
