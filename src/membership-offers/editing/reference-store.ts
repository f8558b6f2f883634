import { services } from '../../entitlements/tables.ts'
import { listTaxCodeNames } from '../../accounts/index.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { type Violation, violation } from '../../platform/errors/errors.ts'
import { openingHourCategories, studios } from '../../studios/tables.ts'
import { type Reference, referenceFaults } from './rows.ts'

/** Ids that are no studio of the tenant. */
export const studioFaults = (db: Queryable, references: readonly Reference[]) =>
  referenceFaults(db, studios, references)

/** Ids that are no category of opening hours of the tenant. */
export const hourCategoryFaults = (db: Queryable, references: readonly Reference[]) =>
  referenceFaults(db, openingHourCategories, references)

/** Names of tax codes that no books of the tenant have. */
export async function taxCodeFaults(
  db: Queryable,
  named: readonly (readonly [reference: string, taxCode: string | undefined])[],
): Promise<Violation[]> {
  if (named.every(([, taxCode]) => taxCode === undefined)) return []
  const known = await listTaxCodeNames(db)
  return named.flatMap(([reference, taxCode]) =>
    taxCode === undefined || known.includes(taxCode)
      ? []
      : [violation(reference, 'enum', { type: 'ENUM', value: known })],
  )
}

/** Ids that are no service of the tenant. */
export const serviceFaults = (db: Queryable, references: readonly Reference[]) =>
  referenceFaults(db, services, references)
