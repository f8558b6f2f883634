import { services } from '../../entitlements/tables.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { openingHourCategories, studios } from '../../studios/tables.ts'
import { type Reference, referenceFaults } from './rows.ts'

/** Ids that are no studio of the tenant. */
export const studioFaults = (db: Queryable, references: readonly Reference[]) =>
  referenceFaults(db, studios, references)

/** Ids that are no category of opening hours of the tenant. */
export const hourCategoryFaults = (db: Queryable, references: readonly Reference[]) =>
  referenceFaults(db, openingHourCategories, references)

/** Ids that are no service of the tenant. */
export const serviceFaults = (db: Queryable, references: readonly Reference[]) =>
  referenceFaults(db, services, references)
