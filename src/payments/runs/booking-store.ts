import { and, asc, eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { paymentInstruments, paymentRunItemClaims, paymentRunItems, paymentRuns } from '../tables.ts'
import { isItsInstrument } from './run-store.ts'

/** An item whose money is to be booked, with the run that it belongs to. */
export type DueItem = Awaited<ReturnType<typeof takeItems>>[number]

/** Which items of a run are taken next. */
export interface ItemQuestion {
  readonly runId: number
  /** Those of customers behind this id. */
  readonly after: number
  readonly limit: number
  /** What is in hand is finished, although staff have stopped the run meanwhile. */
  readonly isInHand?: boolean
}

const question = ({ runId, after, isInHand = false }: ItemQuestion) =>
  and(
    eq(paymentRunItems.runId, runId),
    sql`${paymentRunItems.state} = 'EXPORTED' and ${paymentRunItems.error} is null`,
    sql`${paymentRunItems.customerId} > ${after}`,
    sql`exists (select from ${paymentRuns} r where r.tenant_id = ${paymentRunItems.tenantId}
      and r.id = ${paymentRunItems.runId} and r.state = 'SUBMITTED' and (r.stopped_at is null or ${isInHand}))`,
  )

/** Takes the next items of a submitted run for the present transaction; those that failed or that another one has are left out. */
export function takeItems(tx: Tx, asked: ItemQuestion) {
  const { id, customerId, instrumentId, amount, currency, endToEndId, providerKey } = paymentRunItems
  return tx
    .select({ id, customerId, instrumentId, amount, currency, endToEndId, providerKey })
    .from(paymentRunItems)
    .where(question(asked))
    .orderBy(asc(customerId))
    .limit(asked.limit)
    .for('update', { skipLocked: true })
}

/** The next cards of a submitted run. */
export function listCards(db: Queryable, asked: ItemQuestion) {
  const { id, customerId, amount, currency, providerKey } = paymentRunItems
  return db
    .select({ id, customerId, amount, currency, providerKey, providerRef: paymentInstruments.providerRef })
    .from(paymentRunItems)
    .innerJoin(paymentInstruments, isItsInstrument)
    .where(question(asked))
    .orderBy(asc(customerId))
    .limit(asked.limit)
}

/** Items that could not be booked are tried again. */
export async function reviveItems(tx: Tx, runId: number) {
  await tx
    .update(paymentRunItems)
    .set({ error: null })
    .where(and(eq(paymentRunItems.runId, runId), sql`${paymentRunItems.error} is not null`))
}

/** What items collect of which claims. */
export async function listParts(db: Queryable, itemId: number) {
  const { claimId, amount } = paymentRunItemClaims
  return db
    .select({ claimId, amount })
    .from(paymentRunItemClaims)
    .where(and(eq(paymentRunItemClaims.itemId, itemId), paymentRunItemClaims.isLive))
    .orderBy(asc(claimId))
}

/** Whether a collection from a mandate was booked and has stayed. */
export async function isLastingMandate(db: Queryable, instrumentId: number): Promise<boolean> {
  const rows = await db
    .select({ id: paymentRunItems.id })
    .from(paymentRunItems)
    .where(and(eq(paymentRunItems.instrumentId, instrumentId), eq(paymentRunItems.state, 'BOOKED')))
    .limit(1)
  return rows.length > 0
}
