import { isVisibleCustomer, reachableSight } from '../customers/index.ts'
import { parsePosition, positionSlice } from '../platform/api/slices.ts'
import { notFound } from '../platform/errors/errors.ts'
import { fileLink } from '../platform/files/links.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { dateIn, readDay } from '../platform/time/zoned-time.ts'
import type { PartnerView } from '../platform/units/work.ts'
import * as api from './api.ts'
import { findOffer } from './offer-store.ts'
import { type OfferContext, presentOffer, presentPurchase } from './present.ts'
import { findPurchase, listOnSale, listPurchases } from './purchase-store.ts'
import { isOnSale } from './purchase-rules.ts'
import { buyPass } from './purchases.ts'

export function onlineOfferRoutes({ read, write }: Operations, deps: ModuleDeps) {
  read(api.getPurchasableOnlineOffers, async (view, { query: { offset, sliceSize } }) => {
    const skipped = parsePosition(offset)
    const sale = { studioId: view.caller.studio.id, today: today(view) }
    const offers = await listOnSale(view.db, sale, { skipped, limit: sliceSize + 1 })
    const context = openContext(view, deps)
    return positionSlice(
      offers.map((offer) => presentOffer(offer, context)),
      sliceSize,
      skipped,
    )
  })
  read(api.getPurchasableOnlineOffer, async (view, { params: { offerId } }) => {
    const offer = await findOffer(view.db, offerId)
    if (offer?.studioId !== view.caller.studio.id || !isOnSale(offer, today(view))) {
      throw notFound('onlineOffer', offerId)
    }
    return presentOffer(offer, openContext(view, deps))
  })
  write(api.postOnlineOfferPurchase, async (work, { body }) => {
    const { validFrom, ...wish } = body
    const first = readDay(validFrom)
    const passId = await buyPass(work, { ...wish, validFrom: first })
    return presentPurchase(await findPurchase(work.tx, passId))
  })
  read(api.getPurchasedOnlineOffers, async (view, { params: { customerId } }) => {
    if (!(await isVisibleCustomer(view.db, reachableSight(view), customerId))) throw notFound('customer', customerId)
    return (await listPurchases(view.db, customerId)).map(presentPurchase)
  })
}

const today = ({ now, caller }: PartnerView) => dateIn(now, caller.studio.zone)

function openContext({ caller, now }: PartnerView, deps: ModuleDeps): OfferContext {
  const picture = { tenantSlug: caller.tenant.slug, disposition: 'inline' } as const
  return { currency: caller.studio.currency, link: (fileId) => fileLink(deps, { ...picture, fileId }, now) }
}
