import type { OfferModuleRecord, Quote } from '../../membership-offers/index.ts'

/** A text that belongs to a contract. Confirmed and to be signed: it must be signed; confirmed alone: the call confirms it. */
export interface AgreedText {
  readonly textBlockId: number
  readonly title: string
  readonly text: string
  readonly mustBeConfirmed: boolean
  readonly mustBeSigned: boolean
}

/** The texts of the offer, those of a voucher only where one is redeemed, and the consents of the modules; each once. */
export function listAgreedTexts(
  { offer, voucher }: Pick<Quote, 'offer' | 'voucher'>,
  modules: readonly OfferModuleRecord[],
): AgreedText[] {
  const blocks = [
    ...offer.textBlocks.filter(({ onlyWithVoucher }) => !onlyWithVoucher || voucher !== undefined),
    ...modules.flatMap(({ consent }) => consent ?? []),
  ]
  const once = new Map(blocks.map((block) => [block.id, block]))
  return [...once.values()].map(({ id, title, text, hasSignature, confirmationRequired }) => ({
    textBlockId: id,
    title,
    text,
    mustBeConfirmed: confirmationRequired,
    mustBeSigned: hasSignature && confirmationRequired,
  }))
}
