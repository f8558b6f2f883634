import { index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { currency, instant, money } from '../../platform/database/columns.ts'
import { aggregateTable } from '../../platform/database/tenant-table.ts'
import { behaviours } from './sandbox-rules.ts'

/**
 * What the sandbox remembers of a charge, as a provider of card payments does. `action_key` opens the page on which the
 * payer approves or declines.
 */
export const sandboxCharges = aggregateTable(
  'sandbox_charges',
  {
    key: uuid('key').notNull(),
    behaviour: text('behaviour', { enum: behaviours }).notNull(),
    /** 0 stores an instrument only. */
    amount: money('amount').notNull(),
    currency: currency('currency').notNull(),
    state: text('state', {
      enum: ['ACTION_REQUIRED', 'AUTHORISED', 'DECLINED', 'CAPTURED', 'VOIDED', 'DISPUTED'],
    }).notNull(),
    actionKey: uuid('action_key').notNull().default(sql`gen_random_uuid()`),
    /** When a capture that was asked for is done. */
    capturedAt: instant('captured_at'),
  },
  (t) => [
    uniqueIndex('sandbox_charges_key_unique').on(t.tenantId, t.key),
    uniqueIndex('sandbox_charges_action_key_unique').on(t.actionKey),
    index('sandbox_charges_disputed')
      .on(t.tenantId, t.capturedAt)
      .where(sql`${t.behaviour} = 'DISPUTED' and ${t.state} = 'CAPTURED'`),
  ],
)
