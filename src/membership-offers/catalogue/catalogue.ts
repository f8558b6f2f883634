import type { Queryable } from '../../platform/database/database.ts'
import { notFound } from '../../platform/errors/errors.ts'
import { LatestUsed } from '../../platform/values/latest-used.ts'
import { findOfferIdOfTerm, listPublishedOfferIds, loadOffers, type OfferRecord } from './offer-store.ts'
import { findCatalogueVersion, findSellingStudio, type SellingStudio } from './catalogue-store.ts'

/** An offer takes 10 to 100 kB, mostly for its texts. */
const offers = new LatestUsed<OfferRecord>(200)
const ids = new LatestUsed<readonly number[]>(2000)

/**
 * What a studio sells, as the catalogue is now. What was read of a version is kept in memory, and is good for all who find this version in the
 * database: no version ever comes back, in no other tenant, database or process, so nothing has to be forgotten.
 */
export class Catalogue {
  readonly studio: SellingStudio
  readonly #db: Queryable
  readonly #version: string | null

  constructor(db: Queryable, { studio, version }: { readonly studio: SellingStudio; readonly version: string | null }) {
    this.#db = db
    this.studio = studio
    this.#version = version
  }

  /** The offers in the order of `offerIds`, with the prices of the studio; unknown ones are left out. */
  async loadOffers(offerIds: readonly number[]): Promise<readonly OfferRecord[]> {
    const found = new Map<number, OfferRecord | undefined>(offerIds.map((id) => [id, offers.get(this.#nameOffer(id))]))
    const missing = offerIds.filter((id) => found.get(id) === undefined)
    if (missing.length > 0) {
      const read = await loadOffers(this.#db, { studioId: this.studio.id, offerIds: missing })
      const isWhole = await this.#isUnchanged()
      for (const offer of read) {
        found.set(offer.id, offer)
        if (isWhole) offers.set(this.#nameOffer(offer.id), offer)
      }
    }
    return offerIds.flatMap((id) => found.get(id) ?? [])
  }

  /** Which offers a partner of the studio may sell on a day, in the order in which they are shown. */
  listPublishedIds(day: Temporal.PlainDate): Promise<readonly number[]> {
    const { id: studioId } = this.studio
    return this.#findIds(`published ${studioId} ${day.toString()}`, () =>
      listPublishedOfferIds(this.#db, { studioId, today: day }),
    )
  }

  /** The offer that has this term. */
  async findOfferId(termId: number): Promise<number | undefined> {
    const [offerId] = await this.#findIds(`term ${termId}`, async () => {
      const found = await findOfferIdOfTerm(this.#db, termId)
      return found === undefined ? [] : [found]
    })
    return offerId
  }

  /** Nothing is not remembered: clients may ask for any number of terms that do not exist. */
  async #findIds(name: string, read: () => Promise<readonly number[]>): Promise<readonly number[]> {
    const key = `${this.#version} ${name}`
    const known = ids.get(key)
    if (known) return known
    const found = await read()
    if (found.length > 0 && (await this.#isUnchanged())) ids.set(key, found)
    return found
  }

  /** What was read in several statements belongs to one version when this is still the version after the last of them. */
  async #isUnchanged(): Promise<boolean> {
    return this.#version !== null && (await findCatalogueVersion(this.#db)) === this.#version
  }

  #nameOffer(offerId: number): string {
    return `${this.#version} ${this.studio.id} ${offerId}`
  }
}

/** The catalogue as a studio of the tenant sells from it now. */
export async function openCatalogue(db: Queryable, studioId: number): Promise<Catalogue> {
  const found = await findSellingStudio(db, studioId)
  if (!found) throw notFound('studio', studioId)
  return new Catalogue(db, found)
}
