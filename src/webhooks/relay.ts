import { listBlocks } from '../customers/index.ts'
import type { Database, Queryable } from '../platform/database/database.ts'
import type { Clock } from '../platform/time/tenant-clock.ts'
import { planDeliveries, type Receivers } from './receiver-rules.ts'
import {
  insertDeliveries,
  listReceivingActivations,
  listReceivingEndpoints,
  lockWaitingEvents,
  markFannedOut,
  tryHoldRelay,
  type WaitingEvent,
} from './relay-store.ts'

/** How many events one step takes at most. */
export const RELAY_BATCH = 1000

/**
 * Turns the oldest waiting events of a tenant into deliveries, all or nothing. Answers how many: none when
 * there are none, or when another process is at it.
 */
export async function relayEvents(database: Database, clock: Clock, tenantId: number): Promise<number> {
  const now = await clock.now(tenantId)
  return database.transaction(tenantId, async (tx) => {
    if (!(await tryHoldRelay(tx, tenantId))) return 0
    const events = await lockWaitingEvents(tx, RELAY_BATCH)
    if (events.length === 0) return 0
    const receivers = await findReceivers(tx, events)
    const deliveries = events.flatMap((event) =>
      planDeliveries(event, receivers).map((delivery) => ({ ...delivery, event })),
    )
    const ids = events.map(({ id }) => id)
    await Promise.all([
      deliveries.length > 0 ? insertDeliveries(tx, deliveries, now) : undefined,
      markFannedOut(tx, ids, now),
    ])
    return events.length
  })
}

async function findReceivers(db: Queryable, events: readonly WaitingEvent[]): Promise<Receivers> {
  const endpoints = await listReceivingEndpoints(db)
  if (endpoints.length === 0) return { endpoints, activations: [], isBlocked: () => false }
  const studioIds = new Set(events.flatMap(({ audienceStudioIds }) => audienceStudioIds))
  const customerIds = new Set(events.map(({ customerId }) => customerId).filter((id) => id !== null))
  const activations = await listReceivingActivations(db, [...studioIds])
  const blocks = customerIds.size === 0 ? [] : await listBlocks(db, [...customerIds])
  const blocked = new Set(blocks.map(({ customerId, integrationId }) => `${customerId}:${integrationId}`))
  return {
    endpoints,
    activations,
    isBlocked: (customerId, integrationId) => blocked.has(`${customerId}:${integrationId}`),
  }
}
