import { conflict, notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import { type DeliveryFilter, listDeliveries, listReplayable, replayRows } from './delivery-store.ts'
import { cancelDeliveries } from './endpoint-store.ts'

/** As many as one unit of work replays; a larger span takes several. */
const MOST_AT_ONCE = 10_000

/** How many deliveries a replay of this filter would start over, at most 10 000. */
export async function countReplayable(view: View, filter: DeliveryFilter): Promise<number> {
  return (await listReplayable(view.db, filter, MOST_AT_ONCE)).length
}

/**
 * Delivers again what is dead or was delivered: same uuid, same body, a whole new series of attempts. Deliveries of
 * ended activations and deleted endpoints are passed over. Answers how many were started over.
 */
export async function replayDeliveries(work: UnitOfWork, filter: DeliveryFilter): Promise<number> {
  const ids = await replayRows(work.tx, await listReplayable(work.tx, filter, MOST_AT_ONCE), work.now)
  for (const id of ids) {
    work.audit({ action: 'webhookDelivery.replayed', entityKind: 'webhook_delivery', entityId: id })
  }
  return ids.length
}

/** Delivers one delivery again; a conflict when it is not finished or its partner may not be called any more. */
export async function replayDelivery(work: UnitOfWork, deliveryId: number) {
  const count = await replayDeliveries(work, { ids: [deliveryId] })
  if (count === 0) throw await refusal(work, deliveryId, 'PENDING')
}

/** Gives up a delivery that is not finished. */
export async function cancelDelivery(work: UnitOfWork, deliveryId: number) {
  const count = await cancelDeliveries(work.tx, { id: deliveryId }, work.now)
  if (count === 0) throw await refusal(work, deliveryId, 'CANCELLED')
  work.audit({ action: 'webhookDelivery.cancelled', entityKind: 'webhook_delivery', entityId: deliveryId })
}

async function refusal(work: UnitOfWork, deliveryId: number, to: string) {
  const [delivery] = await listDeliveries(work.tx, { ids: [deliveryId] }, { limit: 1 })
  if (!delivery) return notFound('webhookDelivery', deliveryId)
  return conflict('errormessage.webhookDelivery.statusTransition', {
    args: [
      { type: 'ENUM', value: delivery.state },
      { type: 'ENUM', value: to },
    ],
  })
}
