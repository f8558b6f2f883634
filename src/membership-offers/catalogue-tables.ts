import { primaryKey, uuid } from 'drizzle-orm/pg-core'
import { keyedTable } from '../platform/database/tenant-table.ts'

/**
 * The state in which the catalogue of the tenant is. Triggers give it another one with every change of a table that offers are read
 * from, and none ever comes back: what was read at a version holds for as long as the version is the same.
 */
export const catalogueVersions = keyedTable('catalogue_versions', { version: uuid('version').notNull() }, (t) => [
  primaryKey({ name: 'catalogue_versions_pk', columns: [t.tenantId] }),
])
