import { and, count, eq, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { studios } from '../studios/tables.ts'
import { paymentInstruments } from './tables.ts'

/** Takes holder, account and signature out of all instruments of a customer and puts them out of use. */
export async function blankInstruments(tx: Tx, customerId: number, now: Temporal.Instant) {
  await tx
    .update(paymentInstruments)
    .set({
      state: 'REPLACED',
      isRunDefault: false,
      usableInShop: false,
      tokenSha256: null,
      holder: null,
      accountEnc: null,
      accountHmac: null,
      accountPartHmac: null,
      bic: null,
      bank: null,
      providerRef: null,
      brand: null,
      last4: null,
      expiry: null,
      signatureFileId: null,
      updatedAt: now,
    })
    .where(eq(paymentInstruments.customerId, customerId))
}

export async function deleteInstruments(tx: Tx, customerId: number) {
  await tx.delete(paymentInstruments).where(eq(paymentInstruments.customerId, customerId))
}

/** The instrument that a customer was charged by until now gives way to another one, or to none. */
export async function replaceRunDefault(
  tx: Tx,
  customerId: number,
  instrumentId: number | null,
  now: Temporal.Instant,
) {
  await tx
    .update(paymentInstruments)
    .set({ state: 'REPLACED', isRunDefault: false, updatedAt: now, version: sql`${paymentInstruments.version} + 1` })
    .where(
      and(
        eq(paymentInstruments.customerId, customerId),
        paymentInstruments.isRunDefault,
        ...(instrumentId === null ? [] : [ne(paymentInstruments.id, instrumentId)]),
      ),
    )
}

interface Activation {
  readonly customerId: number
  readonly entityId: number
  /** Null where the instrument needs no mandate. */
  readonly mandateRef: string | null
  readonly isRunDefault: boolean
}

/** A draft becomes the customer's; one that is in use already keeps its mandate. */
export async function activateInstrument(
  tx: Tx,
  instrumentId: number,
  { customerId, entityId, mandateRef, isRunDefault }: Activation,
  now: Temporal.Instant,
) {
  await tx
    .update(paymentInstruments)
    .set({
      state: 'ACTIVE',
      customerId,
      entityId,
      isRunDefault,
      mandateRef: sql`coalesce(${paymentInstruments.mandateRef}, ${mandateRef})`,
      updatedAt: now,
      version: sql`${paymentInstruments.version} + 1`,
    })
    .where(eq(paymentInstruments.id, instrumentId))
}

/** Lets a customer choose an instrument for purchases. */
export async function shareInstrument(tx: Tx, instrumentId: number, customerId: number, now: Temporal.Instant) {
  await tx
    .update(paymentInstruments)
    .set({
      state: 'ACTIVE',
      customerId,
      usableInShop: true,
      updatedAt: now,
      version: sql`${paymentInstruments.version} + 1`,
    })
    .where(
      and(
        eq(paymentInstruments.id, instrumentId),
        or(isNull(paymentInstruments.customerId), eq(paymentInstruments.customerId, customerId)),
      ),
    )
}

/** How many mandates a customer has ever given. */
export async function countMandates(db: Queryable, customerId: number): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(paymentInstruments)
    .where(and(eq(paymentInstruments.customerId, customerId), isNotNull(paymentInstruments.mandateRef)))
  return row?.count ?? 0
}

export async function findStudioNumber(db: Queryable, studioId: number): Promise<number> {
  const [row] = await db.select({ number: studios.number }).from(studios).where(eq(studios.id, studioId))
  return row?.number ?? 0
}
