import { sql } from 'drizzle-orm'
import { boolean, check, index, jsonb, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytes, instant, ref } from '../platform/database/columns.ts'
import { files } from '../platform/tables.ts'
import { aggregateTable, belongsTo, byReference, keyedTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { customers } from '../customers/customer-table.ts'

/** The groups of a customer's data that an app may ask to change. */
export const dataGroups = ['CONTACT_DATA', 'ADDRESS_DATA', 'MASTER_DATA', 'PAYMENT_DATA'] as const
/** Everything that a customer may ask for; what is not a data group is kept with the contracts. */
export const amendmentKinds = [...dataGroups, 'CONTRACT_CANCELATION', 'MODULE_CANCELATION', 'IDLE_PERIOD'] as const
export const amendmentModes = ['READ', 'CHANGES_REQUIRE_VERIFICATION', 'CHANGES_WITHOUT_VERIFICATION'] as const

/** Field name → value; null = none. */
type Values = Readonly<Record<string, string | null>>

/** What customers of a studio may change by themselves; a kind without a row is READ. */
export const amendmentConfigs = keyedTable(
  'amendment_configs',
  {
    studioId: ref('studio_id').notNull(),
    kind: text('kind', { enum: amendmentKinds }).notNull(),
    mode: text('mode', { enum: amendmentModes }).notNull(),
    requireSignature: boolean('require_signature').notNull().default(false),
  },
  (t) => [
    primaryKey({ name: 'amendment_configs_pk', columns: [t.tenantId, t.studioId, t.kind] }),
    check('amendment_configs_signature_of_payment', sql`${t.kind} = 'PAYMENT_DATA' or not ${t.requireSignature}`),
    belongsTo(t, t.studioId, studios),
  ],
)

/**
 * A wish to change one group of a customer's data. `studio_id` = whose staff decide. `base` holds the group as it was,
 * `proposed` as it shall be; bank data are sealed as JSON instead. Nothing of both outlives the person.
 */
export const customerAmendments = aggregateTable(
  'customer_amendments',
  {
    customerId: ref('customer_id').notNull(),
    studioId: ref('studio_id').notNull(),
    kind: text('kind', { enum: dataGroups }).notNull(),
    status: text('status', {
      enum: ['PENDING', 'APPLIED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN', 'SUPERSEDED', 'CANCELLED'],
    }).notNull(),
    base: jsonb('base').$type<Values>(),
    proposed: jsonb('proposed').$type<Values>(),
    baseEnc: bytes('base_enc'),
    proposedEnc: bytes('proposed_enc'),
    changedFields: text('changed_fields').array().notNull(),
    signatureFileId: ref('signature_file_id'),
    requestedBy: text('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull(),
    decidedAt: instant('decided_at'),
    decidedBy: text('decided_by'),
    reason: text('reason'),
  },
  (t) => [
    uniqueIndex('customer_amendments_one_pending')
      .on(t.tenantId, t.customerId, t.kind)
      .where(sql`${t.status} = 'PENDING'`),
    index('customer_amendments_customer').on(t.tenantId, t.customerId, t.id),
    index('customer_amendments_inbox').on(t.tenantId, t.studioId, t.status, t.requestedAt),
    check('customer_amendments_decided', sql`(${t.status} = 'PENDING') = (${t.decidedAt} is null)`),
    check('customer_amendments_rejected_with_reason', sql`${t.status} <> 'REJECTED' or ${t.reason} is not null`),
    check(
      'customer_amendments_bank_data_sealed',
      sql`case when ${t.kind} = 'PAYMENT_DATA' then num_nonnulls(${t.base}, ${t.proposed}) = 0
        else num_nonnulls(${t.baseEnc}, ${t.proposedEnc}, ${t.signatureFileId}) = 0 end`,
    ),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.signatureFileId, files),
    byReference(t, t.signatureFileId),
  ],
)
