import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { PartnerWork, UnitOfWork } from '../platform/units/work.ts'
import { findOpenErasureRequest, insertErasureRequest, refuseRequest } from './privacy-request-store.ts'
import { lockOwnCustomer } from '../customers/index.ts'

/** Passes a person's wish to be forgotten on to the staff; repeating it answers the wish that waits already. */
export async function requestErasure(work: PartnerWork, customerId: number) {
  await lockOwnCustomer(work, customerId)
  const open = await findOpenErasureRequest(work.db, customerId)
  if (open) return open
  const { studio, integration } = work.caller
  const wish = { customerId, studioId: studio.id, integrationId: integration.id }
  const requestId = await insertErasureRequest(work.tx, wish, work.now)
  work.audit({
    action: 'erasureRequest.created',
    entityKind: 'customer',
    entityId: customerId,
    studioId: studio.id,
    diff: { requestId: [null, requestId] },
  })
  return { requestId, requestedAt: work.now }
}

/** Staff turn a wish down, for a reason that the person has a right to know. */
export async function refuseErasureRequest(work: UnitOfWork, requestId: number, reason: string) {
  if (reason.trim() === '') throw refuseFields([violation('reason', 'required')])
  if (!(await refuseRequest(work.tx, requestId, reason.trim(), work.now))) throw notFound('privacyRequest', requestId)
  work.audit({ action: 'erasureRequest.refused', entityKind: 'privacyRequest', entityId: requestId })
}
