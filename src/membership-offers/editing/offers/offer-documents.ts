import { asc, eq, inArray } from 'drizzle-orm'
import type { Queryable } from '../../../platform/database/database.ts'
import { notFound } from '../../../platform/errors/errors.ts'
import { loadFrequencies, requireFrequency } from '../../catalogue/frequency-store.ts'
import { loadOffers, type OfferModuleRecord, type OfferRecord } from '../../catalogue/offer-store.ts'
import type { TermRecord } from '../../catalogue/term-store.ts'
import {
  bonusPeriods,
  flatFees,
  membershipOffers,
  membershipOfferTerms,
  offerPublications,
  offerTextBlocks,
  priceRules,
  termStudioPrices,
} from '../../tables.ts'
import { toDocument } from '../documents.ts'
import { describeFrequency } from '../frequency-writing.ts'
import type { OfferDocument } from './offer-schemas.ts'

/** No studio has this id: terms have the price that holds where no studio has one of its own. */
const noStudio = 0

/** An offer as a document has it; what `import` reads is what this shows. */
export async function describeOffer(db: Queryable, offerId: number): Promise<OfferDocument> {
  const [offer] = await loadOffers(db, { studioId: noStudio, offerIds: [offerId] })
  if (!offer) throw notFound('membershipOffer', offerId)
  const [publications, prices] = await Promise.all([listPublications(db, offerId), loadStudioPrices(db, offer)])
  const { terms, modules, textBlocks, paymentChoices, id, version } = offer
  return {
    id,
    version,
    ...toDocument(membershipOffers, offer, ['imageKey']),
    paymentChoices: [...paymentChoices],
    publications,
    textBlocks: textBlocks.map((block) =>
      toDocument(offerTextBlocks, { ...block, textBlockId: block.id }, ['offerId', 'sort']),
    ),
    modules: modules
      .filter(({ termId }) => termId === null)
      .map(({ kind, ...module }) => ({ ...describeModule(module), kind })),
    terms: terms.map((term) => describeTerm(term, modules, prices)),
  } as unknown as OfferDocument
}

function listPublications(db: Queryable, offerId: number) {
  const { studioId, channel, position } = offerPublications
  return db
    .select({ studioId, channel, position })
    .from(offerPublications)
    .where(eq(offerPublications.offerId, offerId))
    .orderBy(asc(studioId))
}

type StudioPrices = Awaited<ReturnType<typeof loadStudioPrices>>

async function loadStudioPrices(db: Queryable, { terms }: OfferRecord) {
  const termIds = terms.map(({ id }) => id)
  const rows = await db
    .select()
    .from(termStudioPrices)
    .where(inArray(termStudioPrices.termId, termIds))
    .orderBy(asc(termStudioPrices.studioId))
  const frequencies = await loadFrequencies(
    db,
    rows.map(({ paymentFrequencyId }) => paymentFrequencyId),
  )
  return rows.map(({ termId, studioId, paymentFrequencyId }) => ({
    termId,
    studioId,
    paymentFrequency: describeFrequency(requireFrequency(frequencies, paymentFrequencyId)),
  }))
}

function describeTerm(term: TermRecord, modules: readonly OfferModuleRecord[], prices: StudioPrices) {
  return {
    id: term.id,
    ...toDocument(membershipOfferTerms, term, ['offerId', 'position', 'paymentFrequencyId']),
    paymentFrequency: describeFrequency(term.frequency),
    studioPrices: prices.filter(({ termId }) => termId === term.id).map(({ termId: _own, ...price }) => price),
    priceRules: term.rules.map((rule) => describeRule(rule)),
    flatFees: term.fees.map(({ frequency, ...fee }) => ({
      ...toDocument(flatFees, fee, ['termId', 'paymentFrequencyId']),
      paymentFrequency: describeFrequency(frequency),
    })),
    bonusPeriods: term.bonuses.map((bonus) => toDocument(bonusPeriods, bonus, ['termId'])),
    modules: modules
      .filter(({ termId }) => termId === term.id)
      .map((module) => ({
        ...describeModule(module),
        ...(module.frequency ? { paymentFrequency: describeFrequency(module.frequency) } : {}),
      })),
  }
}

function describeRule(rule: TermRecord['rules'][number]) {
  const document = toDocument(priceRules, rule, ['termId', 'position'])
  // A percentage need not have two decimals.
  return rule.chargeAdjustmentType === 'RELATIVE' ? { ...document, value: rule.value.replace(/\.?0+$/, '') } : document
}

function describeModule({ id, module, consent }: Pick<OfferModuleRecord, 'id' | 'module' | 'consent'>) {
  return { id, moduleId: module.id, ...(consent ? { textBlockId: consent.id } : {}) }
}
