import type { presentCategories } from '../studios/index.ts'
import { nonNull } from '../platform/values/defined.ts'
import type { MembershipOffer, MembershipOfferExtended } from './api-schemas.ts'
import type { OfferModuleRecord, OfferRecord } from './catalogue/offer-store.ts'
import {
  type OfferContext,
  presentIncludedModule,
  presentOfferModule,
  presentRateCode,
  presentTextBlocks,
} from './present-parts.ts'
import { presentExtendedTerm, presentTerm } from './present-terms.ts'

const IMAGE_SECONDS = 2 * 3600

/** An offer as the list shows it. */
export function presentOffer(offer: OfferRecord, context: OfferContext): MembershipOffer {
  return {
    ...presentBasics(offer, context),
    terms: listActiveTerms(offer).map((term) => presentTerm(term, offer, context)),
  }
}

type Category = ReturnType<typeof presentCategories>[number]

/** An offer with all that a buyer decides on; `category` are the hours in which its members may come. */
export function presentExtendedOffer(
  offer: OfferRecord,
  context: OfferContext,
  category: Category | undefined,
): MembershipOfferExtended {
  const listModules = (kind: OfferModuleRecord['kind']) => offer.modules.filter((module) => module.kind === kind)
  const selectable = listModules('SELECTABLE')
  return {
    ...presentBasics(offer, context),
    includedModules: listModules('INCLUDED').map((module) => presentIncludedModule(module, context)),
    contractSignaturesRequired: offer.signaturesRequired,
    allowedPaymentChoices: [...offer.paymentChoices],
    maximumNumberOfSelectableModules: offer.maxSelectable,
    contractTextBlocks: presentTextBlocks(offer.textBlocks, context),
    ...(selectable.length > 0
      ? { selectableModules: selectable.map((module) => presentOfferModule(module, context)) }
      : {}),
    terms: listActiveTerms(offer).map((term) => presentExtendedTerm(term, offer, context)),
    ...(category ? { timeRestrictions: presentRestrictions(category) } : {}),
  }
}

/** Only they can be signed. */
export function listActiveTerms(offer: OfferRecord) {
  return offer.terms.filter(({ active }) => active)
}

function presentBasics(offer: OfferRecord, { link }: OfferContext) {
  const { id, name, description, subDescription, footnote, imageKey, limitedFrom, limitedTo } = offer
  return {
    id,
    description,
    name,
    ...nonNull({
      subDescription,
      imageUrl: imageKey === null ? null : link(imageKey, 'inline', IMAGE_SECONDS),
      footnote,
    }),
    preUseType: offer.preUseType,
    ...(limitedFrom && limitedTo
      ? { limitedOfferingPeriod: { startDate: limitedFrom.toString(), endDate: limitedTo.toString() } }
      : {}),
    rateCodes: offer.rateCodes.map(presentRateCode),
  }
}

function presentRestrictions({ categoryId, name, openingHours }: Category) {
  return { openingHoursCategory: { categoryId, name }, availabilities: openingHours }
}
