import { randomBytes } from 'node:crypto'
import { catalogueEventTypes, type EventType, optInEventTypes } from '../../platform/units/events.ts'
import { outboxEvents } from '../../platform/tables.ts'
import { defined } from '../../platform/values/defined.ts'
import { uuidv7 } from '../../platform/values/uuid.ts'
import { webhookAttempts, webhookDeliveries, webhookEndpoints } from '../../webhooks/tables.ts'
import { appointmentBooking } from '../planning/appointments.ts'
import { berlin, demoApp, demoAppInBerlin, hamburg } from './chain.ts'
import { classBooking } from '../planning/class-bookings.ts'
import { demoRun } from '../people/collection.ts'
import { edgarsContract } from '../contracts/story-contracts.ts'
import { anna } from './employees.ts'
import { edgar } from '../people/people.ts'
import { type Planting, plant } from '../planting.ts'
import { namedSlot } from '../planning/slots.ts'

const endpoint = 81
const firstEvent = 8000
const firstDelivery = 8200
const deadAttempts = 4

/** The page of the demo that shows what it was sent. A path, as each start may listen elsewhere. */
const sinkPath = '/demo/webhook-sink'

/** Ids and contents that are not those of a customer. */
const examples: Partial<Record<EventType, { readonly entityId?: number; readonly content?: Record<string, unknown> }>> =
  {
    ADDITIONAL_INFORMATION_FIELDS_UPDATED: { entityId: berlin },
    AGGREGATOR_MEMBER_CREATED: { content: { aggregatorId: 1 } },
    APPOINTMENT_BOOKING_CREATED: { entityId: appointmentBooking.maxNext },
    APPOINTMENT_BOOKING_UPDATED: { entityId: appointmentBooking.maxPast },
    APPOINTMENT_BOOKING_CANCELLED: { entityId: appointmentBooking.maxCanceled },
    AUTOMATIC_CUSTOMER_CHECKOUT: { entityId: berlin, content: { checkouts: [] } },
    CUSTOMER_HOME_STUDIO_UPDATED: { content: { sourceStudioId: hamburg, targetStudioId: berlin } },
    CLASS_BOOKING_CREATED: { entityId: classBooking.maxTomorrow },
    CLASS_BOOKING_UPDATED: { entityId: classBooking.maxPast },
    CLASS_BOOKING_CANCELLED: { entityId: classBooking.maxCanceled },
    CLASS_SLOT_UPDATED: { entityId: namedSlot.free, content: { classId: 1001 } },
    CLASS_SLOT_CANCELLED: { entityId: namedSlot.canceled, content: { classId: 1001 } },
    DEVICE_CREATED: { entityId: 1 },
    EMPLOYEE_CREATED: { entityId: anna },
    EMPLOYEE_UPDATED: { entityId: anna },
    EMPLOYEE_DELETED: { entityId: 108 },
    FINANCE_DEBT_COLLECTION_RUN_CREATED: { entityId: demoRun.waiting },
    FINANCE_DEBT_COLLECTION_CONFIGURATION_UPDATED: { entityId: berlin },
    FINANCE_DEBT_COLLECTION_CASE_UPDATED: { entityId: 1, content: { collectionCaseId: 1 } },
    STUDIO_OPENING_HOURS_UPDATED: { entityId: berlin },
    TAX_ADVISOR_EXPORT_CREATED: { entityId: 1 },
  }

function exampleContent(type: EventType): Record<string, unknown> | undefined {
  const { content } = examples[type] ?? {}
  if (content) return content
  if (type.startsWith('CONTRACT_ADDITIONAL_MODULE')) return { contractId: edgarsContract, moduleContractId: 1500 }
  if (type.startsWith('CONTRACT_IDLE_PERIOD')) return { contractId: edgarsContract, idlePeriodId: 1001 }
  if (type.startsWith('CONTRACT_') || type === 'CUSTOMER_CHECKIN_STUDIOS_UPDATED') return { contractId: edgarsContract }
  if (type === 'ONLINE_OFFER_PURCHASED') return { onlineOfferPurchaseId: 1, onlineOfferId: 1 }
  if (type === 'DEBT_CLAIM_POSTED') return { debtClaimId: 1 }
  return type.startsWith('PAYMENT_') && type !== 'PAYMENT_INSTRUMENT_UPDATED' ? { paymentId: 1 } : undefined
}

/**
 * One event of every type, an hour apart, each delivered to the sink but the last of those that the original API has, which was given up.
 * Our own types nobody has subscribed to.
 */
export async function plantWebhooks(planting: Planting) {
  await plant(planting, webhookEndpoints, [
    { id: endpoint, integrationId: demoApp, url: sinkPath, status: 'ACTIVE' as const },
  ])
  const types: readonly EventType[] = [...catalogueEventTypes, ...optInEventTypes]
  const events = types.map((type, n) => eventRow(planting, type, n))
  await plant(planting, outboxEvents, events)
  const delivered = events.slice(0, catalogueEventTypes.length)
  await plant(
    planting,
    webhookDeliveries,
    delivered.map((event, n) => deliveryRow(event, n, n === delivered.length - 1)),
  )
  await plant(
    planting,
    webhookAttempts,
    delivered.flatMap((event, n) => attemptRows(event, n, n === delivered.length - 1)),
  )
}

type EventRow = ReturnType<typeof eventRow>

function eventRow({ work, stamps }: Planting, type: EventType, n: number) {
  const occurredAt = work.now.subtract({ hours: 24 * 7 }).add({ hours: n })
  const entityId = examples[type]?.entityId ?? edgar
  const content = exampleContent(type)
  return {
    ...stamps,
    id: firstEvent + n,
    uuid: uuidv7(occurredAt),
    type,
    entityId,
    occurredAt,
    actor: 'STAFF',
    ...(entityId === edgar ? { customerId: edgar } : {}),
    audienceStudioIds: [berlin],
    fannedOutAt: occurredAt,
    traceId: randomBytes(16).toString('hex'),
    ...defined({ content }),
  }
}

function deliveryRow({ id: eventId, entityId, occurredAt }: EventRow, n: number, isDead: boolean) {
  const finishedAt = isDead ? occurredAt.add({ minutes: 10 * (deadAttempts - 1) }) : occurredAt
  return {
    id: firstDelivery + n,
    eventId,
    endpointId: endpoint,
    activationId: demoAppInBerlin,
    entityId,
    attemptNo: isDead ? deadAttempts : 1,
    nextAttemptAt: finishedAt,
    finishedAt,
    state: isDead ? ('DEAD' as const) : ('DELIVERED' as const),
  }
}

function attemptRows({ occurredAt }: EventRow, n: number, isDead: boolean) {
  const attempt = { deliveryId: firstDelivery + n, durationMs: 12 }
  if (!isDead) return [{ ...attempt, no: 1, startedAt: occurredAt, httpStatus: 200, answer: 'ok' }]
  return Array.from({ length: deadAttempts }, (_, k) => ({
    ...attempt,
    no: k + 1,
    startedAt: occurredAt.add({ minutes: 10 * k }),
    httpStatus: 503,
    answer: 'Down for maintenance',
  }))
}
