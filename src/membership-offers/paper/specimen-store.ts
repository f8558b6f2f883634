import { and, eq, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../../platform/database/database.ts'
import { files } from '../../platform/tables.ts'
import { isAmong } from '../catalogue/frequency-store.ts'
import type { OfferRecord, TextBlockRecord } from '../catalogue/offer-store.ts'
import { membershipOffers, offerSpecimens } from '../tables.ts'

/** An offer, and those of its texts that an answer shows. */
export interface ShownOffer {
  readonly offer: OfferRecord
  readonly texts: readonly TextBlockRecord[]
}

/** The stored specimen of a contract. */
export interface Specimen {
  readonly fileId: number
  readonly fileName: string
}

export type SpecimenRow = Specimen & { readonly offerId: number; readonly fingerprint: Buffer }

const specimenRows = prepared((db) => {
  const { offerId, studioId, fileId, fingerprint } = offerSpecimens
  return db
    .select({ offerId, fileId, fingerprint, fileName: files.originalName })
    .from(offerSpecimens)
    .innerJoin(files, eq(files.id, fileId))
    .where(and(eq(studioId, sql.placeholder('studioId')), isAmong(offerId)))
    .prepare('offers_list_specimens')
})

/** The specimens of offers as a studio sells them, whatever they were made from. */
export function listSpecimens(
  db: Queryable,
  { studioId, offerIds }: { readonly studioId: number; readonly offerIds: readonly number[] },
): Promise<SpecimenRow[]> {
  return specimenRows(db).execute({ studioId, ids: offerIds })
}

interface SpecimenKey {
  readonly offerId: number
  readonly studioId: number
}

/** The specimen of an offer in a studio, if there is one. Whatever else makes one for this offer waits until the unit ends. */
export async function lockSpecimen(tx: Tx, { offerId, studioId }: SpecimenKey) {
  const { id } = membershipOffers
  await tx.select({ id }).from(membershipOffers).where(eq(id, offerId)).for('no key update')
  const [row] = await tx
    .select({ fileId: offerSpecimens.fileId, fingerprint: offerSpecimens.fingerprint })
    .from(offerSpecimens)
    .where(and(eq(offerSpecimens.offerId, offerId), eq(offerSpecimens.studioId, studioId)))
  return row
}

/** Puts a specimen in its place; what was there gives way. */
export async function saveSpecimen(
  tx: Tx,
  specimen: SpecimenKey & { readonly fileId: number; readonly fingerprint: Buffer },
  now: Temporal.Instant,
) {
  const { fileId, fingerprint } = specimen
  await tx
    .insert(offerSpecimens)
    .values({ ...specimen, createdAt: now })
    .onConflictDoUpdate({
      target: [offerSpecimens.tenantId, offerSpecimens.offerId, offerSpecimens.studioId],
      set: { fileId, fingerprint, createdAt: now },
    })
}
