import type { Paper, PaperBlock } from '../../platform/paper/paper.ts'
import { readRichText } from '../../platform/paper/rich-text.ts'
import type { OfferModuleRecord, OfferRecord } from '../catalogue/offer-store.ts'
import { planContract, planOfferModule } from '../catalogue/price-plan.ts'
import type { TermRecord } from '../catalogue/term-store.ts'
import { listActiveTerms } from '../present-offers.ts'
import type { Speaker } from '../wording.ts'
import { describePage, describeStudio, type PaperStudio } from './contract-paper.ts'
import { describeFees, describeModules, describeTerms } from './plan-paper.ts'

/** A plan needs days; a specimen shows none of them. */
const anyDay = Temporal.PlainDate.from('2000-01-01')

interface SpecimenContext {
  readonly currency: string
  readonly speaker: Speaker
}

/** What the contract of an offer says before a member signs it on a day: each variant of the offer, and its texts. */
export function writeSpecimen(
  offer: OfferRecord,
  studio: PaperStudio & { readonly currency: string },
  speaker: Speaker,
): Paper {
  const context = { currency: studio.currency, speaker }
  const included = offer.modules.filter(({ kind }) => kind === 'INCLUDED')
  const texts = [
    ...offer.textBlocks.filter(({ onlyWithVoucher }) => !onlyWithVoucher),
    ...included.flatMap(({ consent }) => consent ?? []),
  ]
  const once = [...new Map(texts.map((block) => [block.id, block])).values()]
  return {
    title: speaker.say('contracttext.paper.title'),
    language: speaker.language,
    createdAt: offer.updatedAt,
    watermark: speaker.say('contracttext.paper.specimen'),
    footer: describePage(speaker),
    blocks: [
      { kind: 'note', text: speaker.say('contracttext.paper.specimenNote') },
      ...describeStudio(studio, speaker),
      { kind: 'heading', text: speaker.say('contracttext.paper.membership') },
      { kind: 'rows', rows: [[speaker.say('contracttext.paper.offer'), offer.name]] },
      ...listActiveTerms(offer).flatMap((term, at) => describeVariant(term, at, { offer, ...context })),
      ...listModules(speaker.say('contracttext.paper.modules'), included, context),
      ...listModules(
        speaker.say('contracttext.paper.selectable', String(offer.maxSelectable)),
        offer.modules.filter(({ kind }) => kind === 'SELECTABLE'),
        context,
      ),
      ...once.flatMap(({ title, text }): PaperBlock[] => [
        { kind: 'heading', text: title },
        { kind: 'prose', paragraphs: readRichText(text) },
      ]),
    ],
  }
}

function describeVariant(
  term: TermRecord,
  at: number,
  { offer, ...context }: SpecimenContext & { readonly offer: OfferRecord },
): PaperBlock[] {
  const { speaker, currency } = context
  const days = { start: anyDay, useFrom: anyDay, signedOn: anyDay }
  const plan = planContract(term, { ...days, currency, preUse: offer.preUseType, modules: [] })
  return [
    { kind: 'heading', text: `${speaker.say('contracttext.paper.variant', String(at + 1))}: ${term.rateName}` },
    ...describeTerms(plan, listLaterRates(term), speaker),
    ...describeFees(plan.flatFees, speaker),
    ...listModules(
      speaker.say('contracttext.paper.optional'),
      offer.modules.filter(({ termId }) => termId === term.id),
      context,
    ),
  ]
}

function listLaterRates({ subsequent }: TermRecord): string[] {
  return subsequent ? [subsequent.rateName, ...listLaterRates(subsequent)] : []
}

function listModules(heading: string, modules: readonly OfferModuleRecord[], { currency, speaker }: SpecimenContext) {
  const plans = modules.map((module) => planOfferModule(module, { start: anyDay, signedOn: anyDay, currency }))
  return describeModules(heading, plans, { speaker })
}
