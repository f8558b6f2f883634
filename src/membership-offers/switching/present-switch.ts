import { presentMoney } from '../../platform/api/values.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { type OfferDeps, openOfferContext } from '../offers.ts'
import { withSpecimens } from '../present-parts.ts'
import { presentVolume } from '../present-terms.ts'
import { compareLines } from '../pricing/contract-lines.ts'
import {
  findUnit,
  listConsents,
  listPreviewTexts,
  type PreviewContext,
  presentLine,
} from '../selling/present-preview.ts'
import { openHouseSpeaker } from '../selling/previews.ts'
import type { Quote } from '../selling/quotes.ts'
import { findSwitchDues, type SwitchCredit } from './switch-dues.ts'
import type { MembershipSwitchPreview } from './switch-preview-schema.ts'

/** A switch as it was judged. */
export interface JudgedSwitch {
  readonly quote: Quote
  readonly credits: readonly SwitchCredit[]
  /** Of the contract before. */
  readonly rateName: string
}

/** What a switch would cost that was made now; `view` is one of the studio that sells. */
export async function presentSwitch(
  view: Pick<PartnerView, 'db' | 'caller' | 'now'>,
  order: JudgedSwitch,
  deps: OfferDeps,
): Promise<MembershipSwitchPreview> {
  const { quote } = order
  const [offerContext, houseSpeaker] = await Promise.all([openOfferContext(view, deps), openHouseSpeaker(view, deps)])
  const { offer } = quote
  const contextFor = await withSpecimens(offerContext, [{ offer, texts: listPreviewTexts(quote) }])
  const context: PreviewContext = { ...contextFor(offer), houseSpeaker }
  const { unit, isForAge } = findUnit(quote, quote.term.frequency)
  return {
    ...(context.showsVolume ? { contractVolumeInformation: presentVolume(quote.plan) } : {}),
    ...(isForAge ? { ageAdjustedPrice: presentMoney(unit) } : {}),
    moduleConsentTextBlocks: listConsents(quote, context),
    paymentPreview: presentSwitchPayments(order, context),
  }
}

type Described = Pick<PreviewContext, 'houseSpeaker'>

/** What falls due in the initial term of the new contract, what is given back of the one before, and what is due on signing. */
export function presentSwitchPayments({ quote, credits, rateName }: JudgedSwitch, context: Described) {
  const { lines, isCreditMandatory, due } = findSwitchDues(quote.plan, credits)
  const shown = [
    ...lines.map((line) => ({ order: line, shown: presentLine(line, quote, context) })),
    ...credits.map((credit) => ({
      order: { due: credit.due, type: 'CONTRACT_FEE' as const, componentId: 0 },
      shown: presentCredit(credit, { rateName, isCreditMandatory }, context),
    })),
  ].toSorted((a, b) => compareLines(a.order, b.order))
  return {
    paymentSchedule: shown.map((each) => each.shown),
    dueOnSigningAmount: presentMoney(due),
  }
}

function presentCredit(
  { amount, due, from, to }: SwitchCredit,
  { rateName, isCreditMandatory }: { readonly rateName: string; readonly isCreditMandatory: boolean },
  { houseSpeaker }: Described,
) {
  return {
    dueDate: due.toString(),
    description: houseSpeaker.say('offertext.line.credit', rateName, houseSpeaker.day(from), houseSpeaker.day(to)),
    type: 'CONTRACT_FEE' as const,
    amount: presentMoney(amount),
    mandatoryOnSigning: isCreditMandatory,
  }
}
