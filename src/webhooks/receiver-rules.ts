import { isAfter } from '../platform/time/order.ts'
import { type EventType, optInEventTypes } from '../platform/units/events.ts'

export interface AnnouncedEvent {
  readonly type: string
  readonly customerId: number | null
  readonly audienceStudioIds: readonly number[]
  readonly onlyIntegrationId: number | null
  readonly occurredAt: Temporal.Instant
}

/** An endpoint that takes events now. `eventTypes` null = all types that no other endpoint of the integration names. */
export interface ReceivingEndpoint {
  readonly id: number
  readonly integrationId: number
  readonly eventTypes: readonly string[] | null
}

/** An active or suspended activation with webhook access. */
export interface ReceivingActivation {
  readonly id: number
  readonly integrationId: number
  readonly studioId: number
  readonly webhooksEnabledAt: Temporal.Instant
}

export interface Receivers {
  readonly endpoints: readonly ReceivingEndpoint[]
  readonly activations: readonly ReceivingActivation[]
  /** Whether an integration may not see a person. */
  readonly isBlocked: (customerId: number, integrationId: number) => boolean
}

export interface PlannedDelivery {
  readonly endpointId: number
  readonly activationId: number
}

const optIn: ReadonlySet<string> = new Set(optInEventTypes)
/** The type of the event that informs an integration of its block; a receiver of this event is blocked already. */
const announcesBlock: EventType = 'CUSTOMER_ACCESS_DISABLED'

/** The endpoints of one integration that get events of this type: those that name it, else the catch-all ones. */
export function chooseEndpoints<E extends Pick<ReceivingEndpoint, 'eventTypes'>>(
  type: string,
  endpoints: readonly E[],
): readonly E[] {
  const naming = endpoints.filter(({ eventTypes }) => eventTypes?.includes(type))
  if (naming.length > 0 || optIn.has(type)) return naming
  return endpoints.filter(({ eventTypes }) => eventTypes === null)
}

/** Who receives an event: for each studio of its audience, each activation there, each of its endpoints. */
export function planDeliveries(event: AnnouncedEvent, receivers: Receivers): readonly PlannedDelivery[] {
  return receivers.activations
    .filter((activation) => receives(activation, event, receivers.isBlocked))
    .flatMap(({ id, integrationId }) => {
      const endpoints = receivers.endpoints.filter((endpoint) => endpoint.integrationId === integrationId)
      return chooseEndpoints(event.type, endpoints).map((endpoint) => ({ endpointId: endpoint.id, activationId: id }))
    })
}

function receives(
  { studioId, integrationId, webhooksEnabledAt }: ReceivingActivation,
  event: AnnouncedEvent,
  isBlocked: Receivers['isBlocked'],
): boolean {
  if (!event.audienceStudioIds.includes(studioId)) return false
  if (event.onlyIntegrationId !== null && event.onlyIntegrationId !== integrationId) return false
  // No backlog: what happened before the partner was ready is never delivered.
  if (isAfter(webhooksEnabledAt, event.occurredAt)) return false
  if (event.customerId === null || event.type === announcesBlock) return true
  return !isBlocked(event.customerId, integrationId)
}
