import { chooseDisposition, type Disposition } from '../platform/files/links.ts'
import { defined, nonNull } from '../platform/values/defined.ts'
import type { IncludedModule, MembershipOfferTextBlock, OfferModule } from './api-schemas.ts'
import type { OfferModuleRecord, OfferRecord, OfferTextBlockRecord, TextBlockRecord } from './catalogue/offer-store.ts'
import { toTerm } from './catalogue/price-plan.ts'
import type { ShownOffer, Specimen } from './paper/specimen-store.ts'
import { type FrequencyContext, presentFreeFrequency, presentFrequency } from './present-frequencies.ts'

/** What an answer about offers depends on besides the offers. */
export interface OfferContext extends FrequencyContext {
  /** In the studio. */
  readonly today: Temporal.PlainDate
  /** Whether the studio says what a contract costs in all. */
  readonly showsVolume: boolean
  /** The specimens of the contracts of offers, for those of which a text that is shown attaches one. */
  readonly findSpecimens: (shown: readonly ShownOffer[]) => Promise<ReadonlyMap<number, Specimen>>
  /** That of the offer which is shown. */
  readonly specimen?: Specimen
  /** A link to a file that lives so many seconds. */
  readonly link: (fileId: number, disposition: Disposition, seconds: number) => string
}

const ATTACHMENT_SECONDS = 5 * 3600

/** The context of each of some offers, of which the texts that are shown may attach a specimen of its contract. */
export async function withSpecimens<C extends OfferContext>(
  context: C,
  shown: readonly ShownOffer[],
): Promise<(offer: OfferRecord) => C> {
  const specimens = await context.findSpecimens(shown)
  return ({ id }) => ({ ...context, ...defined({ specimen: specimens.get(id) }) })
}

/** A module that comes with the offer. */
export function presentIncludedModule(module: OfferModuleRecord, context: OfferContext): IncludedModule {
  return {
    ...presentModule(module, context),
    rateCodes: module.rateCodes.map(presentRateCode),
  }
}

/** A module that may be chosen: one with a price shows it, a selectable one is free of charge. */
export function presentOfferModule(module: OfferModuleRecord, context: OfferContext): OfferModule {
  const { frequency } = module
  const paymentFrequency = frequency ? presentFrequency(frequency, context) : presentFreeFrequency(context.speaker)
  return { ...presentModule(module, context), paymentFrequency }
}

export function presentRateCode({ name, identifier }: OfferModuleRecord['rateCodes'][number]) {
  return { name, identifier }
}

function presentModule({ id, module, consent }: OfferModuleRecord, context: OfferContext) {
  const { imageKey } = module
  return {
    id,
    name: module.name,
    description: module.description ?? '',
    ...(imageKey === null ? {} : { imageUrl: context.link(imageKey, 'inline', ATTACHMENT_SECONDS) }),
    term: presentModuleTerm(module),
    ...presentTrial(module),
    ...(consent ? { consentTextBlock: { ...presentTextBlock(consent, context), rateBundleModuleId: id } } : {}),
  }
}

function presentModuleTerm(module: OfferModuleRecord['module']) {
  const cancelationPeriod = toTerm(module.cancelationPeriodValue, module.cancelationPeriodUnit)
  const inRenewals = toTerm(module.extensionCancelationPeriodValue, module.extensionCancelationPeriodUnit)
  return {
    // A renewal by a contract of its own is a renewal to whom the offer is made.
    extensionType: module.extensionType === 'NEW' ? ('TERM_EXTENSION' as const) : module.extensionType,
    ...defined({
      term: toTerm(module.termValue, module.termUnit),
      termExtension: toTerm(module.extensionTermValue, module.extensionTermUnit),
      cancelationPeriod,
      extensionCancelationPeriod: inRenewals ?? cancelationPeriod,
    }),
  }
}

function presentTrial({ trialTermValue, trialTermUnit, trialDescription }: OfferModuleRecord['module']) {
  const trialPeriod = toTerm(trialTermValue, trialTermUnit)
  return trialPeriod ? { trialPeriod: { trialPeriod, description: trialDescription ?? '' } } : {}
}

/** The blocks of a contract; those that only a voucher brings are shown where one is redeemed. */
export function presentTextBlocks(
  blocks: readonly OfferTextBlockRecord[],
  context: OfferContext,
  onlyWithVoucher = false,
): MembershipOfferTextBlock[] {
  return blocks
    .filter((block) => block.onlyWithVoucher === onlyWithVoucher)
    .map((block) => ({ ...presentTextBlock(block, context), order: block.sort }))
}

export function presentTextBlock(block: TextBlockRecord, context: OfferContext): MembershipOfferTextBlock {
  return {
    id: block.id,
    title: block.title,
    text: block.text,
    hasSignature: block.hasSignature,
    showCommunicationPrivacyOptions: block.showCommunicationPrivacyOptions,
    attachmentType: block.attachmentType,
    ...nonNull({ attachedExternalUrlDto: presentUrl(block), attachedDocument: presentDocument(block, context) }),
    confirmationRequired: block.confirmationRequired,
  }
}

function presentUrl({ url, urlTitle }: TextBlockRecord) {
  return url === null ? null : { title: urlTitle ?? url, url }
}

function presentDocument({ attachmentType, documentId, document }: TextBlockRecord, context: OfferContext) {
  const { link, specimen } = context
  if (attachmentType === 'CONTRACT_PDF_PREVIEW' && specimen) {
    return { fileName: specimen.fileName, url: link(specimen.fileId, 'attachment', ATTACHMENT_SECONDS) }
  }
  if (documentId === null || document === null) return null
  const { fileName, mime } = document
  return { fileName, url: link(documentId, chooseDisposition(mime), ATTACHMENT_SECONDS) }
}
