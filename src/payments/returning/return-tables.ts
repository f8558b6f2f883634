import { sql } from 'drizzle-orm'
import { check, integer, primaryKey } from 'drizzle-orm/pg-core'
import { currency, instant, money, ref } from '../../platform/database/columns.ts'
import { belongsTo, keyedTable } from '../../platform/database/tenant-table.ts'
import { studios } from '../../studios/tables.ts'

/** What a studio does about payments that were taken back; one without a row charges nothing and tries twice more. */
export const paymentReturnSettings = keyedTable(
  'payment_return_settings',
  {
    studioId: ref('studio_id').notNull(),
    /** What a customer pays for a return; 0: nothing. */
    fee: money('fee').notNull().default('0'),
    currency: currency('currency').notNull(),
    /** How often payment runs collect a claim again from the account or card that has returned it. */
    retries: integer('retries').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'payment_return_settings_pk', columns: [t.tenantId, t.studioId] }),
    check('payment_return_settings_fee_positive', sql`${t.fee} >= 0`),
    check(
      'payment_return_settings_fee_digits',
      sql`${t.fee} = round(${t.fee}, palestra_currency_digits(${t.currency}))`,
    ),
    check('payment_return_settings_retries', sql`${t.retries} between 0 and 9`),
    belongsTo(t, t.studioId, studios),
  ],
)
