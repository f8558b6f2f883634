import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Tx } from '../../../platform/database/database.ts'
import type { UnitOfWork } from '../../../platform/units/work.ts'
import {
  bonusPeriods,
  flatFees,
  membershipOfferModules,
  membershipOffers,
  membershipOfferTerms,
  priceRules,
  termStudioPrices,
} from '../../tables.ts'
import { auditDocument } from '../audit.ts'
import { dropUnusedFrequencies } from '../frequency-writing.ts'
import { offerHooks } from '../../hooks.ts'
import { refuseFaults, refuseInUse } from '../refusals.ts'
import { listIds, lockCatalogue, lockRow, refuseForeign } from '../rows.ts'
import { surroundingFaults } from './offer-checks.ts'
import { describeOffer } from './offer-documents.ts'
import { offerFaults } from './offer-rules.ts'
import type { OfferDocument } from './offer-schemas.ts'
import { type WantedModule, writeModules, writeOffer, writeTerm } from './offer-writing.ts'

/**
 * Adds an offer, or makes the one that the document names exactly as it says. Contracts keep what they were signed with.
 * A term that the document leaves out goes; one that was ever sold stays and cannot be signed any more.
 */
export async function saveOffer(work: UnitOfWork, offer: OfferDocument): Promise<number> {
  const { tx } = work
  refuseFaults(offerFaults(offer))
  await lockCatalogue(work)
  const { id } = offer
  if (id !== undefined) await lockRow(tx, membershipOffers, { ...offer, id }, 'membershipOffer')
  await refuseForeignParts(tx, offer)
  refuseFaults(await surroundingFaults(tx, offer))
  const before = id === undefined ? undefined : await describeOffer(tx, id)
  const frequencies = id === undefined ? [] : await listFrequencyIds(tx, id)
  const offerId = await writeOffer(work, offer)
  const termIds = []
  for (const [position, term] of offer.terms.entries()) termIds.push(await writeTerm(work, { offerId, position }, term))
  await writeModules(work, offerId, listModules(offer, termIds))
  await removeTerms(work, offerId, termIds)
  await dropUnusedFrequencies(tx, frequencies)
  auditDocument(work, { kind: 'membershipOffer', id: offerId, before, after: await describeOffer(tx, offerId) })
  return offerId
}

async function refuseForeignParts(tx: Tx, { id, terms, modules }: OfferDocument) {
  const known = id ?? 0
  const termIds = await listIds(tx, membershipOfferTerms, membershipOfferTerms.offerId, known)
  const moduleIds = await listIds(tx, membershipOfferModules, membershipOfferModules.offerId, known)
  const givenIds = (entries: readonly { readonly id?: number | undefined }[]) => entries.map((entry) => entry.id)
  refuseForeign(givenIds(terms), termIds, 'terms')
  refuseForeign(givenIds(modules), moduleIds, 'modules')
  for (const [at, term] of terms.entries()) refuseForeign(givenIds(term.modules), moduleIds, `terms[${at}].modules`)
}

function listModules({ modules, terms }: OfferDocument, termIds: readonly number[]): WantedModule[] {
  const free = modules.map((module) => ({ ...module, termId: null }))
  const paid = terms.flatMap((term, at) =>
    term.modules.map((module) => ({ ...module, kind: 'OPTIONAL' as const, termId: termIds[at] ?? null })),
  )
  return [...free, ...paid]
}

/** The payment frequencies that are a price of the offer now. */
async function listFrequencyIds(tx: Tx, offerId: number): Promise<number[]> {
  const { paymentFrequencyId: ofModule } = membershipOfferModules
  const inModules = await tx
    .select({ id: ofModule })
    .from(membershipOfferModules)
    .where(and(eq(membershipOfferModules.offerId, offerId), isNotNull(ofModule)))
  const terms = await tx.select().from(membershipOfferTerms).where(eq(membershipOfferTerms.offerId, offerId))
  const termIds = terms.map(({ id }) => id)
  const ofTerm = [...termIds, 0]
  const fees = await tx.select().from(flatFees).where(inArray(flatFees.termId, ofTerm))
  const prices = await tx.select().from(termStudioPrices).where(inArray(termStudioPrices.termId, ofTerm))
  const named = [...terms, ...fees, ...prices].map(({ paymentFrequencyId }) => paymentFrequencyId)
  return [...named, ...inModules.flatMap(({ id }) => id ?? [])]
}

/** Terms that are no longer among those of the offer. */
async function removeTerms({ tx, now }: UnitOfWork, offerId: number, kept: readonly number[]) {
  const all = await listIds(tx, membershipOfferTerms, membershipOfferTerms.offerId, offerId)
  const gone = all.filter((id) => !kept.includes(id))
  if (gone.length === 0) return
  const { id, active, subsequentTermId } = membershipOfferTerms
  // A sale that is under way is waited for and then counts.
  await tx.select({ id }).from(membershipOfferTerms).where(inArray(id, gone)).for('update')
  const sold = new Set(await offerHooks().listSoldTerms(tx, gone))
  const unsold = gone.filter((id) => !sold.has(id))
  const soldIds = [...sold, 0]
  await tx
    .update(membershipOfferTerms)
    .set({ active: false, updatedAt: now })
    .where(and(inArray(id, soldIds), eq(active, true)))
  if (unsold.length === 0) return
  const followed = await tx
    .select({ id: subsequentTermId })
    .from(membershipOfferTerms)
    .where(inArray(subsequentTermId, unsold))
  if (followed[0]) throw refuseInUse(`terms ${followed[0].id}`)
  for (const table of [flatFees, priceRules, bonusPeriods, termStudioPrices])
    await tx.delete(table).where(inArray(table.termId, unsold))
  await tx.delete(membershipOfferTerms).where(inArray(id, unsold))
}
