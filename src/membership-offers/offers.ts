import { findCategoryTimes, presentCategories } from '../studios/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import { fileLink } from '../platform/files/links.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { PartnerView } from '../platform/units/work.ts'
import type { MembershipOffer, MembershipOfferExtended } from './api-schemas.ts'
import { type Catalogue, openCatalogue } from './catalogue/catalogue.ts'
import type { OfferRecord, TextBlockRecord } from './catalogue/offer-store.ts'
import { findSellingStudio, type SellingStudio } from './catalogue/catalogue-store.ts'
import { listActiveTerms, presentExtendedOffer, presentOffer } from './present-offers.ts'
import { findSpecimens } from './paper/specimens.ts'
import { type OfferContext, withSpecimens } from './present-parts.ts'
import { isDestination } from './switching/switch-store.ts'
import { Speaker } from './wording.ts'

/** What answers about offers take besides their view. */
export type OfferDeps = Pick<ModuleDeps, 'secrets' | 'publicUrl' | 'texts' | 'files' | 'real' | 'log'>

/** What a partner of the studio may sell today, in the order in which the studio shows it. */
export async function listOffers(view: PartnerView, deps: OfferDeps): Promise<MembershipOffer[]> {
  const catalogue = await openCatalogue(view.db, view.caller.studio.id)
  const context = await openOfferContext(view, deps, catalogue.studio)
  const offers = await loadVisible(catalogue, await catalogue.listPublishedIds(context.today))
  return offers.map((offer) => presentOffer(offer, context))
}

/** One of these offers, or one to which members of the studio may switch; any other is unknown. */
export async function findOffer(view: PartnerView, offerId: number, deps: OfferDeps): Promise<MembershipOfferExtended> {
  const catalogue = await openCatalogue(view.db, view.caller.studio.id)
  const context = await openOfferContext(view, deps, catalogue.studio)
  const { today } = context
  const published = await catalogue.listPublishedIds(today)
  const { id: studioId } = catalogue.studio
  const isReached = published.includes(offerId) || (await isDestination(view.db, { studioId, offerId, today }))
  const [offer] = await loadVisible(catalogue, isReached ? [offerId] : [])
  if (!offer) throw notFound('membershipOffer', offerId)
  const contextFor = await withSpecimens(context, [{ offer, texts: listWholeTexts(offer) }])
  return presentWhole(view, offer, contextFor(offer))
}

/** An offer with the hours in which its members may come. */
export async function presentWhole(
  { db }: Pick<PartnerView, 'db'>,
  offer: OfferRecord,
  context: OfferContext,
): Promise<MembershipOfferExtended> {
  const { openingHourCategoryId: categoryId } = offer
  const times = categoryId === null ? [] : await findCategoryTimes(db, categoryId)
  return presentExtendedOffer(offer, context, presentCategories(times)[0])
}

/** An offer without a term that can be signed is not shown. */
export async function loadVisible(catalogue: Catalogue, offerIds: readonly number[]): Promise<OfferRecord[]> {
  const offers = await catalogue.loadOffers(offerIds)
  return offers.filter((offer) => listActiveTerms(offer).length > 0)
}

/** The texts that `presentWhole` shows. */
export function listWholeTexts({ textBlocks, modules }: OfferRecord): readonly TextBlockRecord[] {
  return [
    ...textBlocks.filter(({ onlyWithVoucher }) => !onlyWithVoucher),
    ...modules.flatMap(({ consent }) => consent ?? []),
  ]
}

/** The studio that sells. */
export type OfferStudio = Pick<PartnerView['caller']['studio'], 'id' | 'zone' | 'currency'>

type OfferView = Pick<PartnerView, 'db' | 'caller' | 'now'>

/** Language of the caller, currency and day of the studio that sells: left out, the one that asks. */
export async function openOfferContext(
  view: OfferView,
  deps: OfferDeps,
  selling?: SellingStudio,
): Promise<OfferContext> {
  const { db, caller, now } = view
  const [studio, overrides] = await Promise.all([selling ?? requireStudio(view), deps.texts.of(caller.tenantId, db)])
  return {
    currency: studio.currency,
    today: dateIn(now, studio.zone),
    showsVolume: studio.showContractVolume,
    speaker: new Speaker({ language: caller.language, overrides }),
    findSpecimens: (shown) => findSpecimens(view, { shown, studio }, deps),
    link: linkFiles(view, deps),
  }
}

async function requireStudio({ db, caller }: OfferView): Promise<SellingStudio> {
  const found = await findSellingStudio(db, caller.studio.id)
  if (!found) throw notFound('studio', caller.studio.id)
  return found.studio
}

/** Makes links to files of the tenant. */
export function linkFiles({ caller, now }: Pick<OfferView, 'caller' | 'now'>, deps: OfferDeps): OfferContext['link'] {
  const { slug: tenantSlug } = caller.tenant
  return (fileId, disposition, seconds) => fileLink(deps, { tenantSlug, fileId, disposition }, now, seconds)
}
