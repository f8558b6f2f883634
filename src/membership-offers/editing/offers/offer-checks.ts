import { inArray, isNotNull } from 'drizzle-orm'
import type { Tx } from '../../../platform/database/database.ts'
import type { Violation } from '../../../platform/errors/errors.ts'
import { membershipOfferTerms, modules, rates, textBlocks } from '../../tables.ts'
import { scaleFaults } from '../amounts-rules.ts'
import { findCurrencies, findRateCurrency } from '../currency-store.ts'
import { moduleFrequencyFaults } from '../modules/module-rules.ts'
import { hourCategoryFaults, studioFaults, taxCodeFaults } from '../reference-store.ts'
import { fault } from '../refusals.ts'
import { type Reference, referenceFaults } from '../rows.ts'
import type { OfferDocument } from './offer-schemas.ts'
import { leadsBack } from './offer-rules.ts'

/** What is wrong about an offer beside everything else of the catalogue. */
export async function surroundingFaults(tx: Tx, offer: OfferDocument): Promise<Violation[]> {
  const unknown = await unknownFaults(tx, offer)
  // The rules below read what the ids name.
  if (unknown.length > 0) return unknown
  return [
    ...(await moduleFaults(tx, offer)),
    ...(await followerFaults(tx, offer)),
    ...(await currencyFaults(tx, offer)),
  ]
}

async function unknownFaults(tx: Tx, { terms, modules: free, ...offer }: OfferDocument): Promise<Violation[]> {
  const freeOnes = free.map((module, at) => ({ ...module, path: `modules[${at}]` }))
  const paid = terms.flatMap((term, at) =>
    term.modules.map((module, n) => ({ ...module, path: `terms[${at}].modules[${n}]` })),
  )
  const all = [...freeOnes, ...paid]
  const studioIds: Reference[] = [
    ...offer.publications.map(({ studioId }, at): Reference => [`publications[${at}].studioId`, studioId]),
    ...terms.flatMap((term, at) =>
      term.studioPrices.map(({ studioId }, n): Reference => [`terms[${at}].studioPrices[${n}].studioId`, studioId]),
    ),
  ]
  const blocks: Reference[] = [
    ...offer.textBlocks.map(({ textBlockId }, at): Reference => [`textBlocks[${at}].textBlockId`, textBlockId]),
    ...all.map(({ path, textBlockId }): Reference => [`${path}.textBlockId`, textBlockId]),
  ]
  return [
    ...(await referenceFaults(tx, rates, [['rateId', offer.rateId]])),
    ...(await hourCategoryFaults(tx, [['openingHourCategoryId', offer.openingHourCategoryId]])),
    ...(await studioFaults(tx, studioIds)),
    ...(await referenceFaults(tx, textBlocks, blocks)),
    ...(await taxCodeFaults(
      tx,
      terms.flatMap((term, at) =>
        term.flatFees.map(({ taxCode }, n) => [`terms[${at}].flatFees[${n}].taxCode`, taxCode] as const),
      ),
    )),
    ...(await referenceFaults(
      tx,
      modules,
      all.map(({ path, moduleId }): Reference => [`${path}.moduleId`, moduleId]),
    )),
    ...(await referenceFaults(
      tx,
      membershipOfferTerms,
      terms.map(({ subsequentTermId }, at): Reference => [`terms[${at}].subsequentTermId`, subsequentTermId]),
    )),
  ]
}

/** A module that costs something must fit its own term, and the rate where it is billed with it. */
async function moduleFaults(tx: Tx, { terms }: OfferDocument): Promise<Violation[]> {
  const moduleIds = terms.flatMap((term) => term.modules.map(({ moduleId }) => moduleId))
  const rows = moduleIds.length === 0 ? [] : await tx.select().from(modules).where(inArray(modules.id, moduleIds))
  return terms.flatMap(({ paymentFrequency, studioPrices, modules: paid }, at) =>
    paid.flatMap(({ moduleId, paymentFrequency: price }, n) => {
      const module = rows.find(({ id }) => id === moduleId)
      const mains = [paymentFrequency, ...studioPrices.map((each) => each.paymentFrequency)]
      return module
        ? moduleFrequencyFaults(`terms[${at}].modules[${n}].paymentFrequency`, price, { module, mains })
        : []
    }),
  )
}

/** Terms that follow each other must end somewhere. */
async function followerFaults(tx: Tx, { terms }: OfferDocument): Promise<Violation[]> {
  const { id, subsequentTermId } = membershipOfferTerms
  const rows = await tx.select({ id, subsequentTermId }).from(membershipOfferTerms).where(isNotNull(subsequentTermId))
  const next = new Map(rows.map((row) => [row.id, row.subsequentTermId ?? 0]))
  for (const term of terms) {
    if (term.id === undefined) continue
    if (term.subsequentTermId === undefined) next.delete(term.id)
    else next.set(term.id, term.subsequentTermId)
  }
  return terms.flatMap((term, at) =>
    term.id !== undefined && leadsBack(term.id, next) ? [fault(`terms[${at}].subsequentTermId`, 'termsLeadBack')] : [],
  )
}

/** Amounts must be possible in the currency of each studio in which the offer is sold. */
async function currencyFaults(tx: Tx, offer: OfferDocument): Promise<Violation[]> {
  const sold = offer.publications.map(({ studioId }) => studioId)
  const priced = offer.terms.flatMap(({ studioPrices }) => studioPrices.map(({ studioId }) => studioId))
  const currencies = await findCurrencies(tx, [...sold, ...priced])
  const ofRate = sold.length === 0 ? await findRateCurrency(tx, offer.rateId) : []
  const where = [...sold.flatMap((id) => currencies.get(id) ?? []), ...ofRate]
  return offer.terms.flatMap(({ studioPrices, paymentFrequency, ...term }, at) => {
    const own = new Set(studioPrices.map(({ studioId }) => studioId))
    const elsewhere = sold.filter((id) => !own.has(id)).flatMap((id) => currencies.get(id) ?? [])
    return [
      ...scaleFaults(`terms[${at}]`, term, where),
      ...scaleFaults(`terms[${at}].paymentFrequency`, paymentFrequency, [...elsewhere, ...ofRate]),
      ...studioPrices.flatMap((price, n) =>
        scaleFaults(`terms[${at}].studioPrices[${n}]`, price, [currencies.get(price.studioId) ?? []].flat()),
      ),
    ]
  })
}
