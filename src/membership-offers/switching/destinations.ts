import type { PartnerView } from '../../platform/units/work.ts'
import type { MembershipOfferExtended } from '../api-schemas.ts'
import { loadOffers } from '../catalogue/offer-store.ts'
import { type OfferDeps, type OfferStudio, openOfferContext, presentWhole } from '../offers.ts'
import { withSpecimens } from '../present-parts.ts'
import { listActiveTerms } from '../present-offers.ts'
import { listDestinationIds, type SwitchConfig } from './switch-store.ts'
import { nonNull } from '../../platform/values/defined.ts'

/** What a way shows of itself and where it leads, in a studio with the prices of this studio. */
export async function presentDestinations(
  view: PartnerView,
  { config, studio }: { readonly config: SwitchConfig; readonly studio: OfferStudio },
  deps: OfferDeps,
): Promise<MembershipOfferExtended[]> {
  const context = await openOfferContext(view, deps, studio)
  const offerIds = await listDestinationIds(view.db, { configId: config.id, today: context.today })
  const offers = await loadOffers(view.db, { studioId: studio.id, offerIds })
  const sold = offers.filter((offer) => listActiveTerms(offer).length > 0)
  const contextFor = await withSpecimens(context, sold)
  return Promise.all(sold.map((offer) => presentWhole(view, offer, contextFor(offer))))
}

const BANNER_SECONDS = 15 * 60

/** Text and picture above a way. */
export async function presentBanner(
  view: PartnerView,
  { bannerText, imageKey }: SwitchConfig,
  deps: OfferDeps,
): Promise<{ bannerText?: string; imageUrl?: string }> {
  const { link } = await openOfferContext(view, deps)
  return {
    ...nonNull({ bannerText }),
    ...(imageKey === null ? {} : { imageUrl: link(imageKey, 'inline', BANNER_SECONDS) }),
  }
}
