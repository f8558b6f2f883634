import { chooseLanguage } from '../../platform/errors/localisation.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { openOfferContext } from '../offers.ts'
import { Speaker } from '../wording.ts'
import type { Wish } from './order-rules.ts'
import { presentPreview } from './present-preview.ts'
import type { SignupPreview } from './preview-schemas.ts'
import { makeQuote } from './quotes.ts'

/** What a membership would cost that was signed now; the same rules refuse as when it is signed. */
export async function previewMembership(
  view: PartnerView,
  wish: Wish,
  order: Parameters<typeof makeQuote>[2],
  deps: Pick<ModuleDeps, 'secrets' | 'publicUrl' | 'texts'>,
): Promise<SignupPreview> {
  const { quote, code } = await makeQuote(view, wish, order)
  const [context, overrides] = await Promise.all([
    openOfferContext(view, deps),
    deps.texts.of(view.caller.tenantId, view.db),
  ])
  const { studio, tenant } = view.caller
  const language = chooseLanguage(undefined, studio.languageTag, tenant.defaultLanguage)
  return presentPreview(quote, code, { ...context, houseSpeaker: new Speaker({ language, overrides }) })
}
