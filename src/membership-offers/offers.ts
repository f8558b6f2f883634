import { findCategoryTimes, findStudio, presentCategories } from '../studios/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import { fileLink } from '../platform/files/links.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { PartnerView } from '../platform/units/work.ts'
import type { MembershipOffer, MembershipOfferExtended } from './api-schemas.ts'
import { listPublishedOfferIds, loadOffers, type OfferRecord } from './catalogue/offer-store.ts'
import { listActiveTerms, presentExtendedOffer, presentOffer } from './present-offers.ts'
import { findSpecimens } from './paper/specimens.ts'
import { type OfferContext, withSpecimens } from './present-parts.ts'
import { isDestination } from './switching/switch-store.ts'
import { Speaker } from './wording.ts'
import { defined } from '../platform/values/defined.ts'

/** What answers about offers take besides their view. */
export type OfferDeps = Pick<ModuleDeps, 'secrets' | 'publicUrl' | 'texts' | 'files' | 'real' | 'log'>

/** What a partner of the studio may sell today, in the order in which the studio shows it. */
export async function listOffers(view: PartnerView, deps: OfferDeps): Promise<MembershipOffer[]> {
  const context = await openOfferContext(view, deps)
  const offers = await loadVisibleOffers(view, context.today)
  return offers.map((offer) => presentOffer(offer, context))
}

/** One of these offers, or one to which members of the studio may switch; any other is unknown. */
export async function findOffer(view: PartnerView, offerId: number, deps: OfferDeps): Promise<MembershipOfferExtended> {
  const context = await openOfferContext(view, deps)
  const [offer] = await loadVisibleOffers(view, context.today, offerId)
  if (!offer) throw notFound('membershipOffer', offerId)
  const contextFor = await withSpecimens(context, [offer])
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
async function loadVisibleOffers({ db, caller }: PartnerView, today: Temporal.PlainDate, offerId?: number) {
  const { id: studioId } = caller.studio
  const published = await listPublishedOfferIds(db, { studioId, today, ...defined({ offerId }) })
  const isReached =
    published.length === 0 && offerId !== undefined && (await isDestination(db, { studioId, offerId, today }))
  const offerIds = isReached ? [offerId] : published
  const offers = await loadOffers(db, { studioId, offerIds })
  return offers.filter((offer) => listActiveTerms(offer).length > 0)
}

/** The studio that sells. */
export type OfferStudio = Pick<PartnerView['caller']['studio'], 'id' | 'zone' | 'currency'>

/** Language of the caller, currency and day of the studio that sells: left out, the one that asks. */
export async function openOfferContext(
  view: Pick<PartnerView, 'db' | 'caller' | 'now'>,
  deps: OfferDeps,
  { id, zone, currency }: OfferStudio = view.caller.studio,
): Promise<OfferContext> {
  const { db, caller, now } = view
  const [studio, overrides] = await Promise.all([findStudio(db, id), deps.texts.of(caller.tenantId, db)])
  return {
    currency,
    today: dateIn(now, zone),
    showsVolume: studio?.showContractVolume ?? true,
    speaker: new Speaker({ language: caller.language, overrides }),
    findSpecimens: (offers) => findSpecimens(view, { offers, studioId: id }, deps),
    link: (fileId, disposition, seconds) =>
      fileLink(deps, { tenantSlug: caller.tenant.slug, fileId, disposition }, now, seconds),
  }
}
