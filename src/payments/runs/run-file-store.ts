import { and, asc, eq, sql } from 'drizzle-orm'
import { debtClaims } from '../../accounts/tables.ts'
import { findStudioBooks } from '../../accounts/index.ts'
import { customers } from '../../customers/customer-table.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { findSettings } from '../settings-store.ts'
import { paymentInstruments, paymentRunItemClaims, paymentRunItems } from '../tables.ts'
import { isItsInstrument } from './run-store.ts'
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

/** What the file says of each collection; accounts are sealed. */
export function listDebits(db: Queryable, { runId, sequenceType, after, limit }: DebitQuestion) {
  const text = sql<string>`(select string_agg(distinct claim.description, ', ' order by claim.description)
    from ${paymentRunItemClaims} part join ${debtClaims} claim
      on claim.tenant_id = part.tenant_id and claim.id = part.claim_id
    where part.tenant_id = ${paymentRunItems.tenantId} and part.item_id = ${paymentRunItems.id} and part.is_live)`
  return db
    .select({
      customerId: paymentRunItems.customerId,
      endToEndId: paymentRunItems.endToEndId,
      amount: paymentRunItems.amount,
      currency: paymentRunItems.currency,
      mandateRef: paymentInstruments.mandateRef,
      signedOn: paymentInstruments.signedOn,
      holder: paymentInstruments.holder,
      firstName: customers.firstName,
      lastName: customers.lastName,
      accountEnc: paymentInstruments.accountEnc,
      bic: paymentInstruments.bic,
      text,
    })
    .from(paymentRunItems)
    .innerJoin(paymentInstruments, isItsInstrument)
    .innerJoin(
      customers,
      and(eq(customers.tenantId, paymentRunItems.tenantId), eq(customers.id, paymentRunItems.customerId)),
    )
    .where(
      and(
        eq(paymentRunItems.runId, runId),
        sql`${paymentRunItems.state} = 'EXPORTED'`,
        eq(paymentRunItems.sequenceType, sequenceType),
        sql`${paymentRunItems.customerId} > ${after}`,
      ),
    )
    .orderBy(asc(paymentRunItems.customerId))
    .limit(limit)
}

export type DebitRow = Awaited<ReturnType<typeof listDebits>>[number]
