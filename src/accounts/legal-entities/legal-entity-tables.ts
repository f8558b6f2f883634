import { sql } from 'drizzle-orm'
import { boolean, char, check, index, integer, numeric, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { currency, money, plainDate, ref } from '../../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable, tenantTable } from '../../platform/database/tenant-table.ts'

/** What an account of the books is for. The ledger books by role; the number is for bookkeeping alone. */
export const accountRoles = [
  'RECEIVABLE',
  'RECEIVABLE_AGENCY',
  'CONSUMPTION_CREDIT',
  'VOUCHER_LIABILITY',
  'CASH',
  'BANK_TRANSIT',
  'PSP_CLEARING',
  'AGENCY_CLEARING',
  'REVENUE',
  'TAX_OUTPUT',
  'DUNNING_INCOME',
  'FEE_INCOME',
  'BAD_DEBT',
  'BANK_FEES',
] as const

/**
 * A legal entity that keeps books, in one currency, for one or more studios. Studios that name none share the default legal entity
 * of their currency.
 */
export const legalEntities = aggregateTable(
  'legal_entities',
  {
    name: text('name').notNull(),
    countryCode: char('country_code', { length: 2 }).notNull(),
    currency: currency('currency').notNull(),
    isDefault: boolean('is_default').notNull().default(false),
    /** 1 to 12. */
    fiscalYearStart: integer('fiscal_year_start').notNull().default(1),
    /** How far below zero the consumption credit of a customer may go. */
    overdraftLimit: money('overdraft_limit').notNull().default('0'),
    /** For instance `GmbH`. */
    legalForm: text('legal_form'),
    vatNumber: text('vat_number'),
    /** Whether it gets the tax back that it pays to others. */
    deductsInputTax: boolean('deducts_input_tax').notNull().default(false),
    ...bankAccount(),
    /** The number of the tax advisor with DATEV, and that of the client with the advisor. */
    datevConsultant: text('datev_consultant'),
    datevClient: text('datev_client'),
    /** Digits of the accounts of the books. */
    datevAccountLength: integer('datev_account_length').notNull().default(4),
  },
  (t) => [
    uniqueIndex('legal_entities_one_default').on(t.tenantId, t.currency).where(sql`${t.isDefault}`),
    check('legal_entities_fiscal_year_month', sql`${t.fiscalYearStart} between 1 and 12`),
    check('legal_entities_overdraft_positive', sql`${t.overdraftLimit} >= 0`),
    check('legal_entities_datev_consultant_form', sql`${t.datevConsultant} ~ '^[1-9][0-9]{3,6}$'`),
    check('legal_entities_datev_client_form', sql`${t.datevClient} ~ '^[1-9][0-9]{0,4}$'`),
    check('legal_entities_datev_account_length', sql`${t.datevAccountLength} between 4 and 8`),
  ],
)

/** Where others pay to. It is printed on bills, so it is no secret. */
function bankAccount() {
  return {
    accountHolder: text('account_holder'),
    iban: text('iban'),
    bic: text('bic'),
    bankName: text('bank_name'),
  }
}

/** A kind of tax, such as the standard rate; its rate changes with time. */
export const taxCodes = tenantTable(
  'tax_codes',
  {
    entityId: ref('entity_id').notNull(),
    name: text('name').notNull(),
    /** The one of what names no other. */
    isDefault: boolean('is_default').notNull().default(false),
    /** What bookkeeping receives besides the account; null where the account says the tax itself. */
    taxKey: text('tax_key'),
  },
  (t) => [
    check('tax_codes_key_form', sql`${t.taxKey} ~ '^[0-9]{1,4}$'`),
    uniqueIndex('tax_codes_name_unique').on(t.tenantId, t.entityId, t.name),
    uniqueIndex('tax_codes_one_default').on(t.tenantId, t.entityId).where(sql`${t.isDefault}`),
    belongsTo(t, t.entityId, legalEntities),
  ],
)

/** The rate of a tax code in percent, from a day on until the next one. */
export const taxRates = keyedTable(
  'tax_rates',
  {
    taxCodeId: ref('tax_code_id').notNull(),
    validFrom: plainDate('valid_from').notNull(),
    rate: numeric('rate', { precision: 7, scale: 4 }).notNull(),
    /** Claims that wait of customers behind this id are still to be taxed anew by it; null: of nobody. */
    retaxAfter: ref('retax_after'),
  },
  (t) => [
    primaryKey({ name: 'tax_rates_pk', columns: [t.tenantId, t.taxCodeId, t.validFrom] }),
    check('tax_rates_percent', sql`${t.rate} between 0 and 100`),
    belongsTo(t, t.taxCodeId, taxCodes),
  ],
)

/** An account of the books. Revenue and tax have one for each tax code. */
export const ledgerAccounts = aggregateTable(
  'ledger_accounts',
  {
    entityId: ref('entity_id').notNull(),
    role: text('role', { enum: accountRoles }).notNull(),
    number: text('number').notNull(),
    taxCodeId: ref('tax_code_id'),
  },
  (t) => [
    uniqueIndex('ledger_accounts_role_unique').on(t.tenantId, t.entityId, t.role, sql`coalesce(${t.taxCodeId}, 0)`),
    index('ledger_accounts_tax_code').on(t.tenantId, t.taxCodeId),
    check('ledger_accounts_number_form', sql`${t.number} ~ '^[0-9A-Za-z.-]{1,20}$'`),
    belongsTo(t, t.entityId, legalEntities),
    belongsTo(t, t.taxCodeId, taxCodes),
  ],
)
