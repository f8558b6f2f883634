import { and, asc, eq, sql } from 'drizzle-orm'
import { debtClaims } from '../../accounts/tables.ts'
import { findStudioBooks } from '../../accounts/index.ts'
import { customers } from '../../customers/customer-table.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { findSettings } from '../settings-store.ts'
import { paymentInstruments, paymentRunItemClaims, paymentRunItems } from '../tables.ts'
import type { SequenceType } from './mandate-use-rules.ts'
import type { Creditor } from './pain-008.ts'

/** Who collects direct debits of SEPA for a studio; undefined while the bank would not know. */
export async function findCreditor(db: Queryable, studioId: number): Promise<Creditor | undefined> {
  const books = await findStudioBooks(db, studioId)
  const settings = await findSettings(db, studioId)
  if (!books?.iban || !settings?.creditorId) return undefined
  const { accountHolder, name, iban, bic } = books
  return { name: accountHolder ?? name, iban, bic, creditorId: settings.creditorId.replaceAll(/\s/g, '') }
}

/** A page of what a run collects by one sequence type, by customer. */
export interface DebitQuestion {
  readonly runId: number
  readonly sequenceType: SequenceType
  readonly after: number
  readonly limit: number
}

/**
 * What the file says of each collection; accounts are sealed. The page is taken first, and what belongs to each of its rows is
 * looked up by key: without a limit the database would join as it likes, see ADR 0020.
 */
export function listDebits(db: Queryable, { runId, sequenceType, after, limit }: DebitQuestion) {
  const { id, customerId, instrumentId, endToEndId, amount, currency } = paymentRunItems
  const page = db
    .select({ id, customerId, instrumentId, endToEndId, amount, currency })
    .from(paymentRunItems)
    .where(
      and(
        eq(paymentRunItems.runId, runId),
        sql`${paymentRunItems.state} = 'EXPORTED'`,
        eq(paymentRunItems.sequenceType, sequenceType),
        sql`${customerId} > ${after}`,
      ),
    )
    .orderBy(asc(customerId))
    .limit(limit)
    .as('page')
  const { mandateRef, signedOn, holder, accountEnc, bic } = paymentInstruments
  const mandate = db
    .select({ mandateRef, signedOn, holder, accountEnc, bic })
    .from(paymentInstruments)
    .where(eq(paymentInstruments.id, page.instrumentId))
    .limit(1)
    .as('mandate')
  const payer = db
    .select({ firstName: customers.firstName, lastName: customers.lastName })
    .from(customers)
    .where(eq(customers.id, page.customerId))
    .limit(1)
    .as('payer')
  const text = sql<string>`(select string_agg(distinct claim.description, ', ' order by claim.description)
      filter (where part.is_live)
    from ${paymentRunItemClaims} part
      cross join lateral (select c.description from ${debtClaims} c where c.id = part.claim_id limit 1) claim
    where part.item_id = ${page.id})`
  return db
    .select({
      customerId: page.customerId,
      endToEndId: page.endToEndId,
      amount: page.amount,
      currency: page.currency,
      mandateRef: mandate.mandateRef,
      signedOn: mandate.signedOn,
      holder: mandate.holder,
      accountEnc: mandate.accountEnc,
      bic: mandate.bic,
      firstName: payer.firstName,
      lastName: payer.lastName,
      text,
    })
    .from(page)
    .crossJoinLateral(mandate)
    .crossJoinLateral(payer)
    .orderBy(asc(page.customerId))
}

export type DebitRow = Awaited<ReturnType<typeof listDebits>>[number]
