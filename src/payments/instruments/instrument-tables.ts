import { sql } from 'drizzle-orm'
import { boolean, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { customers } from '../../customers/customer-table.ts'
import { bytes, plainDate, ref } from '../../platform/database/columns.ts'
import { files } from '../../platform/tables.ts'
import { aggregateTable, belongsTo, byReference } from '../../platform/database/tenant-table.ts'
import { paymentIdentities } from '../identity-tables.ts'

export const instrumentTypes = [
  'SEPA',
  'BACS',
  'ACH',
  'CH_DD',
  'LSV',
  'CREDIT_CARD',
  'PAYPAL',
  'TWINT',
  'IDEAL',
  'BANCONTACT',
] as const

/**
 * A bank account, card or wallet that can be charged. Account numbers are encrypted; equality search goes through the
 * keyed hashes. A DRAFT was given in a session whose token nobody has used yet. The reference of `entity_id` stands in the
 * migrations.
 */
export const paymentInstruments = aggregateTable(
  'payment_instruments',
  {
    tokenSha256: bytes('token_sha256'),
    identity: uuid('identity'),
    customerId: ref('customer_id'),
    /** Whose creditor id the mandate names. */
    entityId: ref('entity_id'),
    type: text('type', { enum: instrumentTypes }).notNull(),
    state: text('state', { enum: ['DRAFT', 'ACTIVE', 'REPLACED', 'INVALID', 'EXPIRED'] }).notNull(),
    /** The one that payment runs use. */
    isRunDefault: boolean('is_run_default').notNull().default(false),
    usableInShop: boolean('usable_in_shop').notNull().default(false),
    holder: text('holder'),
    accountEnc: bytes('account_enc'),
    accountHmac: bytes('account_hmac'),
    /** The account without its bank code, or the last four digits of a card. */
    accountPartHmac: bytes('account_part_hmac'),
    bic: text('bic'),
    bank: text('bank'),
    /** What the provider calls a card or wallet; null for bank accounts. */
    providerRef: text('provider_ref'),
    brand: text('brand'),
    last4: text('last4'),
    /** The last day on which a card is valid. */
    expiry: plainDate('expiry'),
    mandateRef: text('mandate_ref'),
    signedOn: plainDate('signed_on'),
    /** The mandate allows one collection and ends with it. */
    isOneOff: boolean('is_one_off').notNull().default(false),
    signatureFileId: ref('signature_file_id'),
    firstCollectedOn: plainDate('first_collected_on'),
    lastCollectedOn: plainDate('last_collected_on'),
  },
  (t) => [
    uniqueIndex('payment_instruments_token_unique').on(t.tenantId, t.tokenSha256),
    uniqueIndex('payment_instruments_one_run_default').on(t.tenantId, t.customerId).where(sql`${t.isRunDefault}`),
    uniqueIndex('payment_instruments_mandate_ref_unique').on(t.tenantId, t.entityId, t.mandateRef),
    index('payment_instruments_customer').on(t.tenantId, t.customerId),
    index('payment_instruments_account').on(t.tenantId, t.accountHmac),
    index('payment_instruments_account_part').on(t.tenantId, t.accountPartHmac),
    index('payment_instruments_identity').on(t.tenantId, t.identity),
    belongsTo(t, t.identity, paymentIdentities),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.signatureFileId, files),
    byReference(t, t.signatureFileId),
  ],
)
