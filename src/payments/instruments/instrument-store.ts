import { and, asc, count, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import { returnedId } from '../../platform/database/returned-id.ts'
import { prepared, type Queryable, type Tx } from '../../platform/database/database.ts'
import { assignFile } from '../../platform/files/store.ts'
import { customers } from '../../customers/index.ts'
import { studios } from '../../studios/tables.ts'
import { paymentInstruments } from '../tables.ts'

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

/** A draft becomes the customer's, with its signature; one that is in use already keeps its mandate. */
export async function activateInstrument(
  tx: Tx,
  instrumentId: number,
  { customerId, entityId, mandateRef, isRunDefault }: Activation,
  now: Temporal.Instant,
) {
  const [row] = await tx
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
    .returning({ signatureFileId: paymentInstruments.signatureFileId })
  if (row?.signatureFileId) await assignFile(tx, row.signatureFileId, customerId)
}

/** A card that paid once and was not kept: it belongs to its customer, and cannot be charged again. */
export async function retireDraft(tx: Tx, instrumentId: number, customerId: number, now: Temporal.Instant) {
  await tx
    .update(paymentInstruments)
    .set({ state: 'EXPIRED', customerId, updatedAt: now, version: sql`${paymentInstruments.version} + 1` })
    .where(and(eq(paymentInstruments.id, instrumentId), eq(paymentInstruments.state, 'DRAFT')))
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

export type InstrumentRow = typeof paymentInstruments.$inferSelect
type NewDraft = Pick<typeof paymentInstruments.$inferInsert, 'identity' | 'type'> &
  Partial<
    Pick<
      typeof paymentInstruments.$inferInsert,
      | 'holder'
      | 'accountEnc'
      | 'accountHmac'
      | 'accountPartHmac'
      | 'bic'
      | 'bank'
      | 'brand'
      | 'last4'
      | 'expiry'
      | 'providerRef'
      | 'signedOn'
      | 'isOneOff'
      | 'signatureFileId'
    >
  >

/** Adds what a payer has given in a session; it is nobody's until the token of the session is used. */
export async function insertDraft(tx: Tx, draft: NewDraft, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(paymentInstruments)
    .values({ ...draft, state: 'DRAFT', createdAt: now, updatedAt: now })
    .returning({ id: paymentInstruments.id })
  return returnedId(rows)
}

export async function findInstrument(db: Queryable, instrumentId: number): Promise<InstrumentRow | undefined> {
  const [row] = await db.select().from(paymentInstruments).where(eq(paymentInstruments.id, instrumentId))
  return row
}

/** What a customer can choose to pay with again. */
export function listChoosable(db: Queryable, customerId: number): Promise<InstrumentRow[]> {
  const isShown = or(paymentInstruments.isRunDefault, paymentInstruments.usableInShop)
  return db
    .select()
    .from(paymentInstruments)
    .where(and(eq(paymentInstruments.customerId, customerId), eq(paymentInstruments.state, 'ACTIVE'), isShown))
    .orderBy(asc(paymentInstruments.id))
}

/** All instruments that a customer has ever had, as staff see them, oldest first. */
export function listPaymentInstruments(db: Queryable, customerId: number) {
  const { id, type, state, isRunDefault, usableInShop, holder, bic, bank, brand, last4, expiry } = paymentInstruments
  const { mandateRef, signedOn, isOneOff, firstCollectedOn, lastCollectedOn } = paymentInstruments
  return db
    .select({
      id,
      type,
      state,
      isRunDefault,
      usableInShop,
      holder,
      bic,
      bank,
      brand,
      last4,
      expiry,
      mandateRef,
      signedOn,
      isOneOff,
      firstCollectedOn,
      lastCollectedOn,
    })
    .from(paymentInstruments)
    .where(eq(paymentInstruments.customerId, customerId))
    .orderBy(asc(id))
}

/** What a mandate takes of the home studio. */
export async function findHomeStudio(db: Queryable, customerId: number) {
  const [row] = await db
    .select({ studioId: studios.id, currency: studios.currency, timeZone: studios.timeZone })
    .from(customers)
    .innerJoin(studios, and(eq(studios.tenantId, customers.tenantId), eq(studios.id, customers.studioId)))
    .where(eq(customers.id, customerId))
  return row
}

/** What a customer is charged by. */
export async function findRunDefault(db: Queryable, customerId: number): Promise<InstrumentRow | undefined> {
  const [row] = await runDefault(db).execute({ customerId })
  return row
}

const runDefault = prepared((db) =>
  db
    .select()
    .from(paymentInstruments)
    .where(
      and(
        eq(paymentInstruments.customerId, sql.placeholder('customerId')),
        paymentInstruments.isRunDefault,
        eq(paymentInstruments.state, 'ACTIVE'),
      ),
    )
    .prepare('payments_find_run_default'),
)

/** Instruments in use whose account, or the part of it at the bank, has one of these hashes, by customer. */
export function listInstrumentsByHash(
  db: Queryable,
  {
    in: where,
    hashes,
    type,
  }: { readonly in: 'WHOLE' | 'PART'; readonly hashes: readonly Buffer[]; readonly type: string },
): Promise<InstrumentRow[]> {
  const column = where === 'WHOLE' ? paymentInstruments.accountHmac : paymentInstruments.accountPartHmac
  return db
    .select()
    .from(paymentInstruments)
    .where(
      and(
        inArray(column, [...hashes]),
        eq(paymentInstruments.state, 'ACTIVE'),
        sql`${paymentInstruments.type} = ${type}`,
      ),
    )
    .orderBy(asc(paymentInstruments.customerId), asc(paymentInstruments.id))
}

/** Puts an instrument out of use that was not before. */
export async function endInstrumentRow(tx: Tx, instrumentId: number, now: Temporal.Instant) {
  await tx
    .update(paymentInstruments)
    .set({
      state: 'INVALID',
      isRunDefault: false,
      usableInShop: false,
      updatedAt: now,
      version: sql`${paymentInstruments.version} + 1`,
    })
    .where(eq(paymentInstruments.id, instrumentId))
}

/** Puts the instruments of a customer that may be charged out of use; answers which these were. */
export async function invalidateInstrumentRows(tx: Tx, customerId: number, now: Temporal.Instant): Promise<number[]> {
  const rows = await tx
    .update(paymentInstruments)
    .set({ state: 'INVALID', isRunDefault: false, usableInShop: false, updatedAt: now })
    .where(and(eq(paymentInstruments.customerId, customerId), eq(paymentInstruments.state, 'ACTIVE')))
    .returning({ id: paymentInstruments.id })
  return rows.map(({ id }) => id)
}
