import { eq, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import { catalogueVersions } from '../tables.ts'

const settings = {
  id: studios.id,
  zone: studios.timeZone,
  currency: studios.currency,
  languageTag: studios.languageTag,
  name: studios.name,
  street: studios.street,
  houseNumber: studios.houseNumber,
  zip: studios.zip,
  city: studios.city,
  email: studios.email,
  backdateDays: studios.backdateDays,
  advanceMonths: studios.advanceMonths,
  maxPreuseDays: studios.maxPreuseDays,
  showContractVolume: studios.showContractVolume,
}

const sellingStudio = prepared((db) =>
  db
    .select({ studio: settings, version: catalogueVersions.version })
    .from(studios)
    .leftJoin(catalogueVersions, eq(catalogueVersions.tenantId, studios.tenantId))
    .where(eq(studios.id, sql.placeholder('studioId')))
    .prepare('offers_find_selling_studio'),
)

/** What decides besides the catalogue on what a studio sells, and how its answers and documents name it. */
export type SellingStudio = Awaited<ReturnType<ReturnType<typeof sellingStudio>['execute']>>[number]['studio']

/** A studio, and the version that the catalogue of its tenant has now; null where nothing was ever sold. */
export async function findSellingStudio(db: Queryable, studioId: number) {
  const [row] = await sellingStudio(db).execute({ studioId })
  return row
}

const catalogueVersion = prepared((db) =>
  db.select({ version: catalogueVersions.version }).from(catalogueVersions).prepare('offers_find_catalogue_version'),
)

/** The version that the catalogue of the tenant has now. */
export async function findCatalogueVersion(db: Queryable): Promise<string | undefined> {
  const [row] = await catalogueVersion(db).execute()
  return row?.version
}
