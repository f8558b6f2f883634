import { inArray, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { Tx } from '../../platform/database/database.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import type { FrequencyRecord } from '../catalogue/frequency-store.ts'
import {
  ageAdjustments,
  flatFees,
  membershipOfferModules,
  membershipOfferTerms,
  modulePaymentFrequencies,
  paymentFrequencies,
  paymentFrequencyEntries,
  termStudioPrices,
} from '../tables.ts'
import { toColumns, toDocument } from './documents.ts'
import type { FrequencyDocument } from './part-schemas.ts'
import { replaceRows, saveRow } from './rows.ts'

/** A payment frequency as a document has it. */
export function describeFrequency({ entries, ages, ...row }: FrequencyRecord): FrequencyDocument {
  return {
    ...toDocument(paymentFrequencies, row),
    entries: entries.map((entry) => toDocument(paymentFrequencyEntries, entry, ['paymentFrequencyId'])),
    ages: ages.map((age) => toDocument(ageAdjustments, age, ['paymentFrequencyId'])),
  } as unknown as FrequencyDocument
}

/** Adds a payment frequency, or makes the one of this id exactly so. Returns its id. */
export async function saveFrequency(
  { tx, now }: Pick<UnitOfWork, 'tx' | 'now'>,
  id: number | undefined,
  document: FrequencyDocument,
): Promise<number> {
  const frequencyId = await saveRow({ tx, now }, paymentFrequencies, id, toColumns(paymentFrequencies, document))
  const owner = { paymentFrequencyId: frequencyId }
  const entries = document.entries.map((entry) => toColumns(paymentFrequencyEntries, entry, owner))
  const ages = document.ages.map((age) => toColumns(ageAdjustments, age, owner))
  const { paymentFrequencyId: ofEntry } = paymentFrequencyEntries
  await replaceRows(tx, paymentFrequencyEntries, { column: ofEntry, ownerId: frequencyId }, { rows: entries, now })
  const { paymentFrequencyId: ofAge } = ageAdjustments
  await replaceRows(tx, ageAdjustments, { column: ofAge, ownerId: frequencyId }, { rows: ages, now })
  return frequencyId
}

/** Removes those of the payment frequencies that are the price of nothing any more. */
export async function dropUnusedFrequencies(tx: Tx, ids: readonly number[]) {
  if (ids.length === 0) return
  const used = (table: typeof membershipOfferTerms | typeof termStudioPrices | typeof flatFees) =>
    tx
      .select({ id: sql<number>`${table.paymentFrequencyId}`.as('id') })
      .from(table)
      .where(inArray(table.paymentFrequencyId, [...ids]))
  const ofModules = (table: typeof membershipOfferModules | typeof modulePaymentFrequencies) =>
    tx
      .select({ id: sql<number>`${table.paymentFrequencyId}`.as('id') })
      .from(table)
      .where(inArray(table.paymentFrequencyId, [...ids]))
  const rows = await unionAll(
    used(membershipOfferTerms),
    used(termStudioPrices),
    used(flatFees),
    ofModules(membershipOfferModules),
    ofModules(modulePaymentFrequencies),
  )
  const kept = new Set(rows.map(({ id }) => Number(id)))
  const gone = ids.filter((id) => !kept.has(id))
  if (gone.length === 0) return
  await tx.delete(paymentFrequencyEntries).where(inArray(paymentFrequencyEntries.paymentFrequencyId, gone))
  await tx.delete(ageAdjustments).where(inArray(ageAdjustments.paymentFrequencyId, gone))
  await tx.delete(paymentFrequencies).where(inArray(paymentFrequencies.id, gone))
}
