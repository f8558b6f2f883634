import { chooseLanguage } from '../../platform/errors/localisation.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import type { PartnerView, StudioView } from '../../platform/units/work.ts'
import { type OfferDeps, openOfferContext } from '../offers.ts'
import { withSpecimens } from '../present-parts.ts'
import { Speaker } from '../wording.ts'
import type { Wish } from './order-rules.ts'
import { listPreviewTexts, presentPreview } from './present-preview.ts'
import type { SignupPreview } from './preview-schemas.ts'
import { makeQuote } from './quotes.ts'

/** What a membership would cost that was signed now; the same rules refuse as when it is signed. */
export async function previewMembership(
  view: PartnerView,
  wish: Wish,
  order: Parameters<typeof makeQuote>[2],
  deps: OfferDeps,
): Promise<SignupPreview> {
  const { quote, code, studio } = await makeQuote(view, wish, order)
  const [context, houseSpeaker] = await Promise.all([
    openOfferContext(view, deps, studio),
    openHouseSpeaker(view, deps),
  ])
  const { offer } = quote
  const contextFor = await withSpecimens(context, [{ offer, texts: listPreviewTexts(quote) }])
  return presentPreview(quote, code, { ...contextFor(offer), houseSpeaker })
}

/** What claims are called, in the language of the studio and the words of the tenant. */
export interface LineWords {
  readonly preUse: string
  nameRate(rateName: string): string
}

export async function openLineWords(
  view: Pick<StudioView, 'db' | 'caller'>,
  deps: Pick<ModuleDeps, 'texts'>,
): Promise<LineWords> {
  const speaker = await openHouseSpeaker(view, deps)
  return {
    preUse: speaker.say('offertext.line.preUse'),
    nameRate: (rateName) => speaker.say('offertext.line.contract', rateName),
  }
}

/** Speaks the language of the studio, in the words of the tenant. */
export async function openHouseSpeaker(
  { db, caller }: Pick<StudioView, 'db' | 'caller'>,
  deps: Pick<ModuleDeps, 'texts'>,
) {
  const { studio, tenant, tenantId } = caller
  const language = chooseLanguage(undefined, studio.languageTag, tenant.defaultLanguage)
  return new Speaker({ language, overrides: await deps.texts.of(tenantId, db) })
}
