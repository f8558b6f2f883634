import type { PartnerView } from '../../platform/units/work.ts'
import type { MembershipOfferExtended } from '../api-schemas.ts'
import { openCatalogue } from '../catalogue/catalogue.ts'
import {
  linkFiles,
  listWholeTexts,
  loadVisible,
  type OfferDeps,
  type OfferStudio,
  openOfferContext,
  presentWhole,
} from '../offers.ts'
import { withSpecimens } from '../present-parts.ts'
import { listDestinationIds, type SwitchConfig } from './switch-store.ts'
import { nonNull } from '../../platform/values/defined.ts'

/** What a way shows of itself and where it leads, in a studio with the prices of this studio. */
export async function presentDestinations(
  view: PartnerView,
  { config, studio }: { readonly config: SwitchConfig; readonly studio: OfferStudio },
  deps: OfferDeps,
): Promise<MembershipOfferExtended[]> {
  const catalogue = await openCatalogue(view.db, studio.id)
  const context = await openOfferContext(view, deps, catalogue.studio)
  const offerIds = await listDestinationIds(view.db, { configId: config.id, today: context.today })
  const sold = await loadVisible(catalogue, offerIds)
  const contextFor = await withSpecimens(
    context,
    sold.map((offer) => ({ offer, texts: listWholeTexts(offer) })),
  )
  return Promise.all(sold.map((offer) => presentWhole(view, offer, contextFor(offer))))
}

const BANNER_SECONDS = 15 * 60

/** Text and picture above a way. */
export function presentBanner(
  view: PartnerView,
  { bannerText, imageKey }: SwitchConfig,
  deps: OfferDeps,
): { bannerText?: string; imageUrl?: string } {
  const link = linkFiles(view, deps)
  return {
    ...nonNull({ bannerText }),
    ...(imageKey === null ? {} : { imageUrl: link(imageKey, 'inline', BANNER_SECONDS) }),
  }
}
