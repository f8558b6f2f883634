import { eq, inArray } from 'drizzle-orm'
import type { UnitOfWork } from '../../../platform/units/work.ts'
import {
  bonusPeriods,
  flatFees,
  membershipOfferModules,
  membershipOffers,
  membershipOfferTerms,
  offerPaymentChoices,
  offerPublications,
  offerTextBlocks,
  priceRules,
  termStudioPrices,
} from '../../tables.ts'
import { toColumns } from '../documents.ts'
import { saveFrequency } from '../frequency-writing.ts'
import { insertRow, replaceRows, saveRow } from '../rows.ts'
import type { OfferDocument, TermDocument } from './offer-schemas.ts'

type Work = Pick<UnitOfWork, 'tx' | 'now'>

/** Writes the offer itself with where it is sold, how it is paid and what is signed. Returns its id. */
export async function writeOffer(work: Work, offer: OfferDocument): Promise<number> {
  const { tx, now } = work
  const { terms: _terms, modules: _modules, paymentChoices, publications, textBlocks, ...own } = offer
  // The picture has a command of its own.
  const { imageKey: _picture, ...columns } = toColumns(membershipOffers, own)
  const offerId = await saveRow(work, membershipOffers, offer.id, columns)
  const of = { offerId }
  const choices = paymentChoices.map((choice) => ({ ...of, choice }))
  await replaceRows(
    tx,
    offerPaymentChoices,
    { column: offerPaymentChoices.offerId, ownerId: offerId },
    { rows: choices, now },
  )
  const shown = publications.map((publication) => toColumns(offerPublications, publication, of))
  await replaceRows(
    tx,
    offerPublications,
    { column: offerPublications.offerId, ownerId: offerId },
    { rows: shown, now },
  )
  const blocks = textBlocks.map((block, sort) => toColumns(offerTextBlocks, block, { ...of, sort }))
  await replaceRows(tx, offerTextBlocks, { column: offerTextBlocks.offerId, ownerId: offerId }, { rows: blocks, now })
  return offerId
}

/** Writes a term at its position. Returns its id. */
export async function writeTerm(
  work: Work,
  { offerId, position }: { readonly offerId: number; readonly position: number },
  term: TermDocument,
): Promise<number> {
  const current = term.id === undefined ? undefined : await findTermPrice(work, term.id)
  const paymentFrequencyId = await saveFrequency(work, current, term.paymentFrequency)
  const columns = toColumns(membershipOfferTerms, term, { offerId, position, paymentFrequencyId })
  const termId = await saveRow(work, membershipOfferTerms, term.id, columns)
  await writeStudioPrices(work, termId, term)
  await writeFees(work, termId, term)
  const { tx, now } = work
  const rules = term.priceRules.map((rule, at) => toColumns(priceRules, rule, { termId, position: at }))
  await replaceRows(tx, priceRules, { column: priceRules.termId, ownerId: termId }, { rows: rules, now })
  const bonuses = term.bonusPeriods.map((bonus) => toColumns(bonusPeriods, bonus, { termId }))
  await replaceRows(tx, bonusPeriods, { column: bonusPeriods.termId, ownerId: termId }, { rows: bonuses, now })
  return termId
}

async function findTermPrice({ tx }: Work, termId: number): Promise<number | undefined> {
  const { id, paymentFrequencyId } = membershipOfferTerms
  const [row] = await tx.select({ paymentFrequencyId }).from(membershipOfferTerms).where(eq(id, termId))
  return row?.paymentFrequencyId
}

async function writeStudioPrices(work: Work, termId: number, { studioPrices }: TermDocument) {
  const { tx, now } = work
  const before = await tx.select().from(termStudioPrices).where(eq(termStudioPrices.termId, termId))
  const rows = []
  for (const { studioId, paymentFrequency } of studioPrices) {
    const known = before.find((row) => row.studioId === studioId)?.paymentFrequencyId
    rows.push({ termId, studioId, paymentFrequencyId: await saveFrequency(work, known, paymentFrequency) })
  }
  await replaceRows(tx, termStudioPrices, { column: termStudioPrices.termId, ownerId: termId }, { rows, now })
}

/** Fees keep their row as long as they keep their identifier. */
async function writeFees(work: Work, termId: number, { flatFees: wanted }: TermDocument) {
  const { tx, now } = work
  const before = await tx.select().from(flatFees).where(eq(flatFees.termId, termId))
  const gone = before.filter((row) => !wanted.some(({ identifier }) => identifier === row.identifier))
  if (gone.length > 0) {
    await tx.delete(flatFees).where(
      inArray(
        flatFees.id,
        gone.map(({ id }) => id),
      ),
    )
  }
  // At most one is the starter package, and it may move from one fee to the other.
  await tx.update(flatFees).set({ starterPackage: false }).where(eq(flatFees.termId, termId))
  for (const { paymentFrequency, ...fee } of wanted) {
    const row = before.find(({ identifier }) => identifier === fee.identifier)
    const paymentFrequencyId = await saveFrequency(work, row?.paymentFrequencyId, paymentFrequency)
    const columns = toColumns(flatFees, fee, { termId, paymentFrequencyId })
    if (row) await tx.update(flatFees).set(columns).where(eq(flatFees.id, row.id))
    else await insertRow(tx, flatFees, columns, now)
  }
}

type ModuleRow = typeof membershipOfferModules.$inferSelect

/** A module of an offer as it will be. */
export interface WantedModule {
  readonly id?: number | undefined
  readonly termId: number | null
  readonly kind: ModuleRow['kind']
  readonly moduleId: number
  readonly textBlockId?: number | undefined
  readonly paymentFrequency?: TermDocument['paymentFrequency']
}

/** Makes the modules of an offer exactly these; clients keep the ids by which they choose them. */
export async function writeModules(work: Work, offerId: number, wanted: readonly WantedModule[]) {
  const { tx, now } = work
  const before = await tx.select().from(membershipOfferModules).where(eq(membershipOfferModules.offerId, offerId))
  const gone = before.filter((row) => !wanted.some(({ id }) => id === row.id)).map(({ id }) => id)
  if (gone.length > 0) await tx.delete(membershipOfferModules).where(inArray(membershipOfferModules.id, gone))
  for (const [position, { id, paymentFrequency, textBlockId = null, ...module }] of wanted.entries()) {
    const known = before.find((row) => row.id === id)?.paymentFrequencyId ?? undefined
    const paymentFrequencyId = paymentFrequency ? await saveFrequency(work, known, paymentFrequency) : null
    const columns = { ...module, offerId, textBlockId, position, paymentFrequencyId }
    if (id === undefined) await insertRow(tx, membershipOfferModules, columns, now)
    else await tx.update(membershipOfferModules).set(columns).where(eq(membershipOfferModules.id, id))
  }
}
