import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { benefitUsages } from '../benefits/tables.ts'
import { customers } from '../customers/customer-table.ts'
import { bytes, id, instant, money, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, byReference, keyedTable, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { integrations } from '../integrations/tables.ts'
import type { DeviceConfig } from './config-rules.ts'

export const deviceModels = ['GENERIC_CARD_READER', 'GENERIC_VENDING_READER', 'GENERIC_TIME_READER'] as const
export type DeviceModel = (typeof deviceModels)[number]

/** Hardware of a studio that calls the Device API. It has a token exactly while it is ACTIVE. */
export const devices = aggregateTable(
  'devices',
  {
    studioId: ref('studio_id').notNull(),
    /** Null: any integration with the scope may see and activate it. */
    integrationId: ref('integration_id'),
    name: text('name').notNull(),
    model: text('model', { enum: deviceModels }).notNull(),
    state: text('state', { enum: ['NEW', 'ACTIVE', 'INACTIVE'] }).notNull(),
    tokenHash: bytes('token_hash'),
    tokenEnc: bytes('token_enc'),
    config: jsonb('config').$type<DeviceConfig>().notNull(),
    /** Real time. */
    lastSeenAt: instant('last_seen_at'),
  },
  (t) => [
    // Across tenants on purpose: the token decides which tenant is meant, so no two tenants may hold the same one.
    uniqueIndex('devices_token_hash_unique').on(t.tokenHash),
    index('devices_studio').on(t.tenantId, t.studioId, t.id),
    check(
      'devices_token_while_active',
      sql`(${t.state} = 'ACTIVE') = (${t.tokenHash} is not null) and (${t.tokenHash} is null) = (${t.tokenEnc} is null)`,
    ),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.integrationId, integrations),
  ],
)

/** What a vending machine sells: one product per shelf. A product that was replaced stays as history. */
export const deviceProducts = aggregateTable(
  'device_products',
  {
    deviceId: ref('device_id').notNull(),
    shelf: text('shelf').notNull(),
    product: text('product').notNull(),
    /** In the currency of the studio. */
    price: money('price').notNull(),
    /** Years. */
    minAge: integer('min_age'),
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    uniqueIndex('device_products_one_per_shelf').on(t.tenantId, t.deviceId, t.shelf).where(sql`${t.active}`),
    check('device_products_price_positive', sql`${t.price} > 0`),
    check('device_products_age', sql`${t.minAge} between 1 and 120`),
    belongsTo(t, t.deviceId, devices),
  ],
)

/** The durations that a time device offers, with their prices in the currency of the studio. */
export const deviceIntervals = tenantTable(
  'device_intervals',
  {
    deviceId: ref('device_id').notNull(),
    durationSeconds: integer('duration_seconds').notNull(),
    price: money('price').notNull(),
  },
  (t) => [
    uniqueIndex('device_intervals_one_per_duration').on(t.tenantId, t.deviceId, t.durationSeconds),
    check('device_intervals_positive', sql`${t.durationSeconds} > 0 and ${t.price} >= 0`),
    belongsTo(t, t.deviceId, devices),
  ],
)

export const liveStates = ['IDENTIFIED', 'RESERVED'] as const

/**
 * A purchase at a vending machine from identification to payment, or a top-up there. `price` is in the currency of the
 * studio, for a top-up its amount. Shelf and price stay when a reservation expires: a late completion needs them.
 * `ledger_entry_id` gets its reference with `journal_entries`.
 */
export const vendingTransactions = aggregateTable(
  'vending_transactions',
  {
    deviceId: ref('device_id').notNull(),
    transactionId: uuid('transaction_id').notNull(),
    customerId: ref('customer_id').notNull(),
    kind: text('kind', { enum: ['VENDING', 'REVALUE'] }).notNull(),
    state: text('state', { enum: [...liveStates, 'COMPLETED', 'EXPIRED'] }).notNull(),
    expiresAt: instant('expires_at'),
    shelf: text('shelf'),
    price: money('price'),
    ledgerEntryId: ref('ledger_entry_id'),
    late: boolean('late').notNull().default(false),
  },
  (t) => [
    uniqueIndex('vending_transactions_id_unique').on(t.tenantId, t.transactionId, t.kind),
    uniqueIndex('vending_transactions_one_live')
      .on(t.tenantId, t.customerId)
      .where(sql`${t.state} in ('IDENTIFIED', 'RESERVED')`),
    index('vending_transactions_expiry')
      .on(t.tenantId, t.expiresAt)
      .where(sql`${t.state} in ('IDENTIFIED', 'RESERVED')`),
    index('vending_transactions_device').on(t.tenantId, t.deviceId, t.id),
    check('vending_transactions_expire', sql`(${t.kind} = 'VENDING') = (${t.expiresAt} is not null)`),
    check('vending_transactions_shelf_priced', sql`${t.shelf} is null or ${t.price} is not null`),
    check('vending_transactions_reserved', sql`${t.state} <> 'RESERVED' or ${t.shelf} is not null`),
    check('vending_transactions_top_up', sql`${t.kind} = 'VENDING' or (${t.state} = 'COMPLETED' and ${t.price} > 0)`),
    check('vending_transactions_late', sql`not ${t.late} or ${t.state} = 'COMPLETED'`),
    belongsTo(t, t.deviceId, devices),
    belongsTo(t, t.customerId, customers),
    byReference(t, t.customerId),
  ],
)

/**
 * One use of a time device. `price` in the currency of the studio, 0 when a benefit paid. `ledger_entry_id` gets its
 * reference with `journal_entries`.
 */
export const deviceUsages = tenantTable(
  'device_usages',
  {
    deviceId: ref('device_id').notNull(),
    customerId: ref('customer_id').notNull(),
    /** Null where only the benefit counts. */
    durationSeconds: integer('duration_seconds'),
    price: money('price').notNull(),
    benefitUsageId: ref('benefit_usage_id'),
    ledgerEntryId: ref('ledger_entry_id'),
    at: instant('at').notNull(),
  },
  (t) => [
    index('device_usages_customer').on(t.tenantId, t.deviceId, t.customerId, t.at.desc()),
    check('device_usages_duration_positive', sql`${t.durationSeconds} > 0`),
    check('device_usages_price_counted', sql`${t.price} >= 0`),
    belongsTo(t, t.deviceId, devices),
    belongsTo(t, t.customerId, customers),
    byReference(t, t.customerId),
    belongsTo(t, t.benefitUsageId, benefitUsages),
    byReference(t, t.benefitUsageId),
  ],
)

export const mediumKinds = ['NUMBER', 'BARCODE', 'PIN', 'WALLET_PASS', 'QR_CODE'] as const
export type MediumKind = (typeof mediumKinds)[number]

/** DONE: something was changed; GRANTED: nothing had to be; REPEATED: the effect was there already. */
export const outcomes = ['DONE', 'GRANTED', 'REPEATED', 'REFUSED', 'NOT_IDENTIFIED'] as const
export type Outcome = (typeof outcomes)[number]

/**
 * Every decision of a device, without any value that was read. Lines of decisions that change nothing are written in
 * batches after the answer, therefore without references that would lock rows.
 */
export const deviceAccessLog = keyedTable(
  'device_access_log',
  {
    id: id(),
    deviceId: ref('device_id').notNull(),
    customerId: ref('customer_id'),
    /** What was asked for: the purpose of a card reader, the step of a purchase. */
    action: text('action').notNull(),
    outcome: text('outcome', { enum: outcomes }).notNull(),
    /** The error code without its prefix. */
    reason: text('reason'),
    dryRun: boolean('dry_run').notNull(),
    mediumKind: text('medium_kind', { enum: mediumKinds }),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'device_access_log_pk', columns: [t.tenantId, t.id] }),
    index('device_access_log_device').on(t.tenantId, t.deviceId, t.id),
    index('device_access_log_done').on(t.tenantId, t.deviceId, t.customerId, t.at).where(sql`${t.outcome} = 'DONE'`),
    index('device_access_log_customer').on(t.tenantId, t.customerId, t.at),
    index('device_access_log_expiry').on(t.tenantId, t.at),
  ],
)

export const parkingLots = aggregateTable(
  'parking_lots',
  { studioId: ref('studio_id').notNull(), name: text('name').notNull(), capacity: integer('capacity').notNull() },
  (t) => [
    uniqueIndex('parking_lots_name_unique').on(t.tenantId, t.studioId, t.name),
    check('parking_lots_capacity_counted', sql`${t.capacity} >= 0`),
    belongsTo(t, t.studioId, studios),
  ],
)

/** A stay is open until its car leaves. */
export const parkingStays = tenantTable(
  'parking_stays',
  {
    lotId: ref('lot_id').notNull(),
    customerId: ref('customer_id').notNull(),
    enteredAt: instant('entered_at').notNull(),
    leftAt: instant('left_at'),
  },
  (t) => [
    uniqueIndex('parking_stays_one_open').on(t.tenantId, t.customerId, t.lotId).where(sql`${t.leftAt} is null`),
    index('parking_stays_open').on(t.tenantId, t.lotId).where(sql`${t.leftAt} is null`),
    check('parking_stays_order', sql`${t.enteredAt} <= ${t.leftAt}`),
    belongsTo(t, t.lotId, parkingLots),
    belongsTo(t, t.customerId, customers),
    byReference(t, t.customerId),
  ],
)
