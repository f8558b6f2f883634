import { diffValues } from '../platform/units/audit-values.ts'
import { badRequest, conflict, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import { isAfter } from '../platform/time/order.ts'
import { readMoney } from '../platform/values/money.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { findStudio } from '../studios/index.ts'
import { insertOffer, lockOffer, lockOffers, type NewOffer, type OfferChanges, updateOfferRow } from './offer-store.ts'

/** Staff add an offer of a studio. The price is decimal text in the studio's currency; left out = free. */
export async function createOnlineOffer(work: UnitOfWork, offer: NewOffer): Promise<number> {
  const { studioId } = offer
  await refuseImpossible(work, studioId, offer)
  const id = await insertOffer(work.tx, offer, work.now)
  const entity = { entityKind: 'onlineOffer', entityId: id, studioId }
  work.audit({ action: 'onlineOffer.created', ...entity, diff: diffValues({}, offer) })
  return id
}

/** Staff change an offer; what was bought before stays as it was. With `version`, refuses what another writer changed since. */
export async function updateOnlineOffer(work: UnitOfWork, offerId: number, changes: OfferChanges, version?: number) {
  const before = await lockOffer(work.tx, offerId)
  if (!before) throw notFound('onlineOffer', offerId)
  if (version !== undefined && version !== before.version) throw conflict('errormessage.concurrentModification')
  await refuseImpossible(work, before.studioId, { ...before, ...changes })
  const diff = diffValues(before, changes)
  if (Object.keys(diff).length === 0) return
  await updateOfferRow(work.tx, offerId, changes, work.now)
  const entity = { entityKind: 'onlineOffer', entityId: offerId, studioId: before.studioId }
  work.audit({ action: 'onlineOffer.updated', ...entity, diff })
}

/**
 * Puts the offers of a studio in an order; those that are not named follow in the order that they had. Answers all of
 * them. An offer of another studio is unknown.
 */
export async function orderOffers(work: UnitOfWork, studioId: number, offerIds: readonly number[]): Promise<number[]> {
  const present = await lockOffers(work.tx, studioId)
  const named = [...new Set(offerIds)]
  const unknown = named.find((offerId) => !present.some(({ id }) => id === offerId))
  if (unknown !== undefined) throw notFound('onlineOffer', unknown)
  const rest = present.map(({ id }) => id).filter((id) => !named.includes(id))
  const ordered = [...named, ...rest]
  for (const [position, offerId] of ordered.entries()) await updateOnlineOffer(work, offerId, { position })
  return ordered
}

async function refuseImpossible(work: UnitOfWork, studioId: number, offer: Omit<NewOffer, 'studioId'>) {
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  if (offer.name.trim() === '') throw refuseFields([violation('name', 'required')])
  const least = (field: 'quantity' | 'periodOfUseValue' | 'redeemWithinValue' | 'perCustomerLimit') => {
    if ((offer[field] ?? 1) < 1) throw refuseFields([violation(field, 'min', { type: 'DECIMAL', value: 1 })])
  }
  for (const field of ['quantity', 'periodOfUseValue', 'redeemWithinValue', 'perCustomerLimit'] as const) least(field)
  if (offer.saleFrom && offer.saleTo && isAfter(offer.saleFrom, offer.saleTo)) {
    const args = [offer.saleFrom, offer.saleTo].map((day) => ({ type: 'DATE', value: day.toString() }) as const)
    throw badRequest('errormessage.validation.dateOrder', { args, reference: 'saleFrom' })
  }
  if (offer.price === undefined || offer.price === null) return
  if (readMoney(offer.price, studio.currency, 'price').minor < 0n) {
    throw refuseFields([violation('price', 'min', { type: 'DECIMAL', value: 0 })])
  }
}
