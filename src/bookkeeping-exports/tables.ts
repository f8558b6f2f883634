import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { integrations } from '../integrations/tables.ts'
import { bytes, instant, plainDate, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'

export const exportFormats = ['SINGLE', 'AGGREGATED'] as const
export const fileFormats = ['JSON', 'CSV', 'XLSX'] as const
export const exportLocales = ['ENGLISH', 'GERMAN'] as const
export const csvProfiles = ['PLAIN', 'DATEV_EXTF'] as const

/** The journal of a studio for its tax advisor, as a file. One is written at a time per studio; the others wait. */
export const taxExports = aggregateTable(
  'tax_exports',
  {
    studioId: ref('studio_id').notNull(),
    fromDate: plainDate('from_date').notNull(),
    toDate: plainDate('to_date').notNull(),
    format: text('format', { enum: exportFormats }).notNull(),
    fileFormat: text('file_format', { enum: fileFormats }).notNull(),
    /** Null: that of the studio. */
    locale: text('locale', { enum: exportLocales }),
    state: text('state', { enum: ['CREATED', 'RUNNING', 'READY', 'FAILED'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Of the process that writes it, until when in real time. */
    leaseToken: uuid('lease_token'),
    leaseUntil: instant('lease_until'),
    /** The file may be gone: it is kept for 90 days. */
    fileId: ref('file_id'),
    sha256: bytes('sha256'),
    rows: integer('rows'),
    /** Which integration asked for it; null: staff. */
    integrationId: ref('integration_id'),
    /** Why it failed, without values of people. */
    error: text('error'),
  },
  (t) => [
    index('tax_exports_studio').on(t.tenantId, t.studioId, t.id),
    uniqueIndex('tax_exports_one_running').on(t.tenantId, t.studioId).where(sql`${t.state} = 'RUNNING'`),
    index('tax_exports_waiting').on(t.tenantId, t.id).where(sql`${t.state} in ('CREATED', 'RUNNING')`),
    check('tax_exports_days_ordered', sql`${t.fromDate} <= ${t.toDate}`),
    check('tax_exports_ready_has_file', sql`(${t.state} = 'READY') = (num_nonnulls(${t.sha256}, ${t.rows}) = 2)`),
    check(
      'tax_exports_running_leased',
      sql`(${t.state} = 'RUNNING') = (num_nonnulls(${t.leaseToken}, ${t.leaseUntil}) = 2)`,
    ),
    check('tax_exports_failed_says_why', sql`(${t.state} = 'FAILED') = (${t.error} is not null)`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.integrationId, integrations),
  ],
)

/** How a studio wants its CSV files; a studio without a row wants them plain. */
export const taxExportSettings = keyedTable(
  'tax_export_settings',
  {
    studioId: ref('studio_id').notNull(),
    csvProfile: text('csv_profile', { enum: csvProfiles }).notNull(),
  },
  (t) => [
    primaryKey({ name: 'tax_export_settings_pk', columns: [t.tenantId, t.studioId] }),
    belongsTo(t, t.studioId, studios),
  ],
)
